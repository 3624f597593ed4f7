import { hash } from "node:crypto";
import { byCodeUnit } from "@chub/registry";

/** sha256 over a set of paths, whatever their order; found once for each set. */
export function digestOfPaths(paths: ReadonlySet<string>): string {
  const known = DIGESTS.get(paths);
  if (known !== undefined) return known;
  const digest = hash("sha256", [...paths].sort(byCodeUnit).join("\n"), "hex");
  DIGESTS.set(paths, digest);
  return digest;
}

const DIGESTS = new WeakMap<ReadonlySet<string>, string>();
