import { exitCodeOf } from "@chub/registry/errors";
import type { SourceStatus } from "@chub/registry";
import type { Command } from "../command.ts";
import { line, toned } from "../reply.ts";
import type { Line } from "../reply.ts";

export const sourcesCommand: Command = {
  usage: "sources",
  positionals: { name: "argument", minimum: 0, maximum: 0 },
  options: [],
  examples: [
    { command: "chub sources", does: "Where documents come from, and whether each can be read" },
  ],
  async run(_, ports) {
    const { catalog } = await ports.openReader();
    const sources = catalog.sources();
    const broken = sources.find(({ problem }) => problem !== undefined)?.problem;
    return {
      exitCode: broken === undefined ? 0 : exitCodeOf(broken.code),
      out: sources.flatMap(sourceLines),
      err: [],
      json: { sources },
    };
  },
};

function sourceLines(source: SourceStatus): Line[] {
  const { name, kind, location, layout, entries, checkedAt, problem } = source;
  const by = layout === "context-hub" ? ", built by Context Hub" : "";
  const age = checkedAt === undefined ? "" : `, current at ${checkedAt}`;
  return [
    line(toned("bold", name), `  ${kind}  ${location}`),
    problem === undefined
      ? line(`  ${entries} entries${by}${age}`)
      : line("  ", toned("red", `${problem.code}: ${problem.message}`)),
  ];
}
