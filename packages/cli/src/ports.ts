import type { Catalog, Configuration } from "@chub/registry";
import type { StreamTraits } from "./terminal/render-block.ts";

/** Everything of the world a command may touch. */
export interface Ports {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: StreamTraits;
  readonly stderr: StreamTraits;
  readonly files: FilePort;
  /** The configuration and its sources. Errors: ChubError CONFIG, LOCAL_IO. */
  readonly openReader: () => Promise<Reader>;
  /** 64 random bits in hex, which no document can foresee. */
  readonly boundary: () => Promise<string>;
  /** Runs a command of the compiler with its own streams; gives its exit code. */
  readonly runCompiler: (argv: readonly string[]) => Promise<number>;
}

export interface Reader {
  readonly configuration: Configuration;
  readonly catalog: Catalog;
}

export interface FilePort {
  /** Writes UTF-8, making the folders on the way. Errors: ChubError LOCAL_IO. */
  write(path: string, text: string): void;
  isDirectory(path: string): boolean;
}
