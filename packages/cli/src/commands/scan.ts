import type { Catalog, ProjectVersions, Resolution } from "@chub/registry";
import type { Command } from "../command.ts";
import { documentedDependencies } from "../project/documented-dependencies.ts";
import type { DocumentedBy } from "../project/documented-dependencies.ts";
import { done, line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";
import { shellQuote } from "../shell-quote.ts";

export const scanCommand: Command = {
  usage: "scan [options]",
  positionals: { name: "argument", minimum: 0, maximum: 0 },
  options: [{ name: "all", kind: "flag", description: "Also the dependencies without a document" }],
  examples: [
    { command: "chub scan", does: "What there is to read for this project" },
    { command: "chub scan --json", does: "The same for programs, with every dependency" },
  ],
  async run(args, ports) {
    const project = await ports.projectVersions();
    const { catalog } = await ports.openReader();
    const dependencies = await documentedDependencies(catalog, project);
    const rows = await Promise.all(
      dependencies.flatMap(({ package: one, documents }): (Row | Promise<Row>)[] =>
        documents.length === 0
          ? [rowOf(one, null)]
          : documents.map(async (by) => rowOf(one, await documentFacts(by, catalog, project))),
      ),
    );
    return scanReply(rows, project, args.flag("all"));
  },
};

interface Row {
  readonly package: string;
  readonly version: string;
  readonly exact: boolean;
  readonly file: string;
  readonly document: DocumentFacts | null;
}

interface DocumentFacts {
  readonly address: string;
  readonly language: string | null;
  readonly version: string | null;
  readonly match: string;
  readonly command: string;
}

function rowOf(
  { key, version, exact, file }: ProjectVersions["packages"][number],
  document: DocumentFacts | null,
): Row {
  return { package: key, version, exact, file, document };
}

async function documentFacts(
  { entry, variant }: DocumentedBy,
  catalog: Catalog,
  { versions }: ProjectVersions,
): Promise<DocumentFacts> {
  const language = variant.language === null ? {} : { language: variant.language };
  const answer: Resolution = await catalog.resolve({
    address: entry.address,
    ...language,
    project: versions,
  });
  const lang = variant.language === null ? "" : ` --lang ${shellQuote(variant.language)}`;
  return {
    address: entry.address,
    language: variant.language,
    version: answer.outcome === "found" ? answer.match.served : null,
    match: answer.outcome === "found" ? answer.match.kind : "none",
    command: `chub get ${shellQuote(entry.address)}${lang} --match-project`,
  };
}

function scanReply(rows: readonly Row[], project: ProjectVersions, showsAll: boolean): Reply {
  const packages = new Set(rows.map((row) => row.package));
  const documented = new Set(rows.filter((row) => row.document !== null).map((row) => row.package));
  const shown = rows.filter((row) => showsAll || row.document !== null);
  const counts = `${documented.size} of ${packages.size} dependencies have a document`;
  const nothing = project.files.length === 0 ? [noProject()] : [line(`${counts}.`)];
  return done({
    out:
      shown.length === 0 ? nothing : [line(toned("bold", `${counts}:`)), line(), ...table(shown)],
    err: project.problems.map((problem) => line(toned("yellow", `Warning: ${problem}`))),
    json: {
      results: rows,
      total: packages.size,
      documented: documented.size,
      files: project.files,
      problems: project.problems,
    },
  });
}

function noProject(): Line {
  return line(toned("yellow", "No lockfile or manifest here or in a folder above."));
}

function table(rows: readonly Row[]): Line[] {
  const cells = rows.map((row) => [
    row.package.replace(/^pkg:/, ""),
    `${row.exact ? "" : ">="}${row.version}`,
    row.document === null ? "-" : `${row.document.version ?? "none"} (${row.document.match})`,
    row.document?.command ?? "",
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells.map(([name = "", version = "", text = "", command = ""]) =>
    line(
      `  ${name.padEnd(widths[0] ?? 0)}  ${version.padEnd(widths[1] ?? 0)}  ${text.padEnd(widths[2] ?? 0)}  `,
      toned("green", command),
    ),
  );
}
