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
  process.argv.splice(1, process.argv.length, bin, ...argv);
  const compiler = (await import(pathToFileURL(bin).href)) as { finished: Promise<void> };
  await compiler.finished;
  return Number(process.exitCode ?? 0);
}

function compilerBin(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve("@chub/compiler/package.json");
    const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: { chubc: string } };
    return join(dirname(manifest), bin.chubc);
  } catch (cause) {
    throw new ChubError("LOCAL_IO", "The compiler is not installed", {
      hint: "Run `npm install @chub/compiler` next to @chub/cli",
      cause,
    });
  }
}
