import type { Catalog } from "@chub/registry";
import type { StreamTraits } from "./terminal/render-block.ts";

/** Everything of the world a command may touch. */
export interface Ports {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: StreamTraits;
  readonly stderr: StreamTraits;
  readonly files: FilePort;
  /** The configured sources. Errors: ChubError CONFIG, NO_DATA, INTEGRITY, FORMAT_TOO_NEW. */
  readonly openCatalog: () => Promise<Catalog>;
  /** 64 random bits in hex, which no document can foresee. */
  readonly boundary: () => string;
  /** Runs a command of the compiler with its own streams; gives its exit code. */
  readonly runCompiler: (argv: readonly string[]) => Promise<number>;
}

export interface FilePort {
  /** Writes UTF-8, making the folders on the way. Errors: ChubError LOCAL_IO. */
  write(path: string, text: string): void;
  isDirectory(path: string): boolean;
}
