import { hash } from "node:crypto";
import { ARTIFACT_FORMAT, byCodeUnit } from "@chub/registry";
import type { ManifestFile } from "@chub/registry";

/** The content of `manifest.json`: every file with its digest, and one digest over all. No clock, no version of the program. */
export function manifestOf(files: readonly ManifestFile["files"][number][]): ManifestFile {
  const sorted = files
    .map(({ path, size, sha256 }) => ({ path, size, sha256 }))
    .sort((a, b) => byCodeUnit(a.path, b.path));
  const lines = sorted.map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  return {
    format: ARTIFACT_FORMAT,
    generator: "@chub/compiler",
    digest: hash("sha256", lines.join(""), "hex"),
    files: sorted,
  };
}
