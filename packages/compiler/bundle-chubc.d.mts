import type { BundledFile } from "../../tools/build/bundle-bin.mjs";

/** Bundles `chubc` and its worker to `outfile` and the folder around it. */
export function bundleChubc(outfile: string): Promise<readonly BundledFile[]>;
