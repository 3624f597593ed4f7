import type { Command } from "../command.ts";
import { EXIT } from "../command.ts";
import { parseBuildArgs } from "../build-options.ts";
import { buildSummary } from "../build-summary.ts";
import { keptBuild, prepareBuild } from "../kept-build.ts";
import { CACHE_HELP } from "../run-options.ts";

/** `chubc build`: content in, artifact out. */
export const buildCommand: Command = {
  help: `Compile a content folder into an artifact

Usage: chubc build [content] [options]

  content                The folder that holds the authors' folders. Default: content

Options:
  -o, --output <dir>     Where to put the artifact. Default: dist below the content folder,
                         or \`output\` of chub.config.json
      --base-url <url>   Where the artifact will be served from; written into registry.json
      --validate-only    Check everything, write nothing
      --keep-going       Leave broken files out and build the rest; the exit code is still 1
      --config <file>    Use this chub.config.json
      --json             Print the result as JSON
${CACHE_HELP}
  -h, --help             Show this help

Examples:
  chubc build content                        Writes content/dist
  chubc build content -o dist                Writes dist
  chubc build content --validate-only        Checks, and says what it would build
  chubc build content --json | jq .digest    For programs

The output is replaced as a whole when the build has succeeded, and left alone when it has not.
Exit codes: 0 built, 1 errors in the content, 2 wrong usage or configuration, 6 a file could not be read or written
`,
  async run(args, io) {
    const startedMs = io.elapsedMs();
    const options = parseBuildArgs(args);
    const prepared = prepareBuild(options, io);
    const kept = keptBuild(prepared, io);
    if (kept === null) return (await import("../run-build.ts")).runBuild(prepared, startedMs, io);
    if (options.json) await io.out(kept.json);
    else {
      const elapsedMs = io.elapsedMs() - startedMs;
      await io.out(
        buildSummary(kept.figures, { what: "Unchanged", place: prepared.place, elapsedMs }),
      );
      await io.err(kept.note);
    }
    return EXIT.clean;
  },
};
