import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundleChubc as bundle } from "../bundle-chubc.mjs";

/** `chubc` as it is in the sources, as the program that is published. */
export interface BundledChubc {
  /** Path of the script. */
  readonly script: string;
  remove(): void;
}

/** Bundles the command; Node 20 does not run TypeScript, and what is in dist may be older than the sources. */
export async function bundleChubc(): Promise<BundledChubc> {
  const cache = join(import.meta.dirname, "../node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "chubc-"));
  const script = join(folder, "chubc.cjs");
  await bundle(script);
  return { script, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
