import { exitCodeOf } from "@chub/registry/errors";
import type { SourceUpdate } from "@chub/registry";
import type { Command } from "../command.ts";
import { line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";

export const updateCommand: Command = {
  usage: "update [options]",
  positionals: { name: "argument", minimum: 0, maximum: 0 },
  options: [
    { name: "force", kind: "flag", description: "Ask even when the last answer is still fresh" },
    { name: "full", kind: "flag", description: "Fetch every file, for work without a network" },
  ],
  examples: [
    { command: "chub update", does: "Ask the remote sources for what is new" },
    { command: "chub update --full", does: "Everything, to work offline" },
  ],
  async run(args, ports) {
    const { catalog } = await ports.openReader();
    const full = args.flag("full");
    return updateReply(await catalog.update({ full, force: args.flag("force") || full }), full);
  },
};

/** A source that failed keeps what it had, and the command says so with the exit code of the failure. */
function updateReply(updates: readonly SourceUpdate[], full: boolean): Reply {
  const failures = updates.flatMap((update) =>
    update.outcome === "failed" ? [{ source: update.name, problem: update.problem }] : [],
  );
  const [first] = failures;
  return {
    exitCode: first === undefined ? 0 : exitCodeOf(first.problem.code),
    out:
      updates.length === 0
        ? [line("No remote sources: nothing to update.")]
        : updates.flatMap(updateLines),
    err: failures.map(({ source, problem }) =>
      line(
        toned("red", `Error ${problem.code}: `),
        `${source}: ${problem.message}. ${problem.hint}`,
      ),
    ),
    json: {
      status: first === undefined ? "ok" : "failed",
      mode: full ? "full" : "registry",
      updated: updates.length - failures.length,
      errors: failures.map(({ source, problem }) => ({
        source,
        error: problem.message,
        code: problem.code,
      })),
      sources: updates.map(sourceJson),
    },
  };
}

function updateLines(update: SourceUpdate): Line[] {
  switch (update.outcome) {
    case "failed":
      return [];
    case "fresh":
      return [line(`${update.name}: still fresh, not asked (--force asks)`)];
    case "unchanged":
      return [line(`${update.name}: nothing new`, fetched(update.fetched))];
    case "updated":
      return [line(toned("green", `${update.name}: updated`), fetched(update.fetched))];
  }
}

function fetched(files: number): string {
  if (files === 0) return "";
  return `, ${files} ${files === 1 ? "file" : "files"} fetched`;
}

function sourceJson(update: SourceUpdate) {
  const { name, outcome } = update;
  return { name, outcome, ...(update.outcome === "failed" ? {} : { fetched: update.fetched }) };
}
