import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ChubError } from "@chub/registry/errors";

/**
 * Runs a command of the compiler in this process and gives its exit code.
 *
 * The compiler is loaded here and nowhere else. Its command is entered the way a shell enters it, so that
 * `chub lint` and `chubc lint` cannot differ.
 */
export async function runCompiler(argv: readonly string[]): Promise<number> {
  const bin = compilerBin();
  // The name of the script stays: it tells the compiler what its help has to call itself.
  process.argv.splice(2, process.argv.length, ...argv);
  await import(pathToFileURL(bin).href);
  return Number(process.exitCode ?? 0);
}

/** Files of the artifact of a small content tree, by path. Errors: ChubError LOCAL_IO, CONFIG, REQUEST_FAILED. */
export async function compileInMemory(directory: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { folder, manifest } = installedCompiler();
  const library = pathToFileURL(join(folder, manifest.exports["."].default)).href;
  const compiler = (await import(library)) as {
    compileInMemory: (directory: string) => Promise<ReadonlyMap<string, Uint8Array>>;
  };
  return compiler.compileInMemory(directory);
}

function compilerBin(): string {
  const { folder, manifest } = installedCompiler();
  return join(folder, manifest.bin.chubc);
}

interface CompilerManifest {
  readonly bin: { readonly chubc: string };
  readonly exports: { readonly ".": { readonly default: string } };
}

function installedCompiler(): { readonly folder: string; readonly manifest: CompilerManifest } {
  try {
    const path = createRequire(import.meta.url).resolve("@chub/compiler/package.json");
    return {
      folder: dirname(path),
      manifest: JSON.parse(readFileSync(path, "utf8")) as CompilerManifest,
    };
  } catch (cause) {
    throw new ChubError("LOCAL_IO", "The compiler is not installed", {
      hint: "Run `npm install @chub/compiler` next to @chub/cli",
      cause,
    });
  }
}
