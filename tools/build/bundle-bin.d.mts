import type { Metafile } from "esbuild";

export function bundleBin(options: {
  readonly entry: string;
  readonly outfile: string;
  readonly cwd?: string;
  readonly write?: boolean;
}): Promise<Metafile>;
