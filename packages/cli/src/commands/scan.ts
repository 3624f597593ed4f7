import { scanProject } from "@chub/registry";
import type {
  DocumentedPackage,
  DocumentedText,
  ProjectScan,
  ProjectVersions,
} from "@chub/registry";
import type { Command } from "../command.ts";
import { done, line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";
import { shellQuote } from "../shell-quote.ts";

export const scanCommand: Command = {
  usage: "scan [options]",
  positionals: { name: "argument", minimum: 0, maximum: 0 },
  options: [
    { name: "all", kind: "flag", description: "Also name the dependencies without a document" },
  ],
  examples: [
    { command: "chub scan", does: "What there is to read for this project" },
    { command: "chub scan --json", does: "The same for programs, with every text" },
  ],
  async run(args, ports) {
    const project = await ports.projectVersions();
    const { catalog } = await ports.openReader();
    return scanReply(await scanProject(catalog, project), project, args.flag("all"));
  },
};

function scanReply(scan: ProjectScan, project: ProjectVersions, showsAll: boolean): Reply {
  const { documented, undocumented } = scan;
  const counts = `${documented.length} of ${documented.length + undocumented.length} dependencies have a document`;
  return done({
    out: [
      ...(project.files.length === 0 ? [noProject()] : [line(toned("bold", `${counts}.`))]),
      ...(documented.length === 0 ? [] : [line(), ...table(documented)]),
      ...(showsAll
        ? undocumented.map((key) => line(toned("dim", `  ${shortKey(key)}: no document`)))
        : []),
    ],
    err: project.problems.map((problem) => line(toned("yellow", `Warning: ${problem}`))),
    json: {
      results: documented.map((one) => dependencyJson(one, project)),
      undocumented,
      total: documented.length + undocumented.length,
      documented: documented.length,
      files: project.files,
      problems: project.problems,
    },
  });
}

function noProject(): Line {
  return line(toned("yellow", "No lockfile or manifest here or in a folder above."));
}

/** The nearest text of every package. */
function table(documented: readonly DocumentedPackage[]): Line[] {
  const cells = documented.flatMap(({ key, installed, texts: [nearest] }) =>
    nearest === undefined
      ? []
      : [
          [
            shortKey(key),
            installed,
            `${nearest.version ?? "any"}${DISTANCE[nearest.distance]}`,
            readCommand(nearest),
          ],
        ],
  );
  const widths = [0, 1, 2].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells.map(([name = "", installed = "", text = "", command = ""]) =>
    line(
      `  ${name.padEnd(widths[0] ?? 0)}  ${installed.padEnd(widths[1] ?? 0)}  ${text.padEnd(widths[2] ?? 0)}  `,
      toned("green", command),
    ),
  );
}

function dependencyJson({ key, installed, texts }: DocumentedPackage, project: ProjectVersions) {
  const known = project.packages.find((one) => one.key === key);
  return {
    package: key,
    installed,
    exact: known?.exact ?? false,
    ...(known === undefined ? {} : { file: known.file }),
    texts: texts.map((text) => ({ ...text, command: readCommand(text) })),
  };
}

function readCommand({ address, language }: DocumentedText): string {
  const lang = language === null ? "" : ` --lang ${shellQuote(language)}`;
  return `chub get ${shellQuote(address)}${lang} --match-project`;
}

function shortKey(key: string): string {
  return key.replace(/^pkg:/, "");
}

const DISTANCE = {
  none: "",
  patch: " (another patch)",
  minor: " (another minor)",
  major: " (another major)",
  unknown: " (unknown)",
} as const;
