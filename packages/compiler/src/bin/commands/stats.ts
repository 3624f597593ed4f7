import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";
import { buildContent } from "../../build-content.ts";
import { contentStats, type ContentStats, type Counted } from "../../content-stats.ts";
import { type Command, EXIT } from "../command.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { usageErrors } from "../usage.ts";

export const statsCommand: Command = {
  help: `Usage: chubc stats [content] [options]

Counts what is in a content tree: entries, languages, tokens, code blocks, age of the texts, findings by rule.
Files with errors count as findings only.

Options:
  --json           Write the figures as JSON
  --markdown       Write them as Markdown tables, for a README
  --today <day>    Day that ages are counted to, ISO 8601. Default: the day of the run
  --config <file>  Configuration instead of the nearest chub.config.json

Examples:
  chubc stats
  chubc stats content --json
  chubc stats --markdown --today 2026-11-24

Exit codes: 0 done, 2 wrong usage or configuration, 6 a file could not be read
`,
  async run(args, io) {
    const { values, positionals } = usageErrors(() =>
      parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }),
    );
    if (positionals.length > 1 || (values.json === true && values.markdown === true)) {
      throw new ChubError("USAGE", "Expected one content folder and one format", {
        hint: "For example `chubc stats content --json`.",
      });
    }
    const today = checkedDay(values.today) ?? io.today;
    const { contentRoot } = loadConfiguration(values.config ?? null, io.cwd);
    const { entries, diagnostics } = await buildContent({
      contentRoot: positionals[0] ?? contentRoot,
      ...(values.config !== undefined && { configPath: values.config }),
      validateOnly: true,
      keepGoing: true,
      today,
    });
    const stats = contentStats(entries, diagnostics, today);
    if (values.json === true) await io.out(`${JSON.stringify(stats, null, 2)}\n`);
    else await io.out(values.markdown === true ? asMarkdown(stats) : asText(stats));
    return EXIT.clean;
  },
};

function checkedDay(day: string | undefined): string | null {
  if (day === undefined || /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day)) {
    return day ?? null;
  }
  throw new ChubError("USAGE", `Unexpected day ${JSON.stringify(day)}`, {
    hint: "Write it as 2026-11-24.",
  });
}

interface Table {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

function tablesOf(stats: ContentStats): readonly Table[] {
  const { docs, skills, files, tokens, code, freshness } = stats;
  const { medianDays, buckets } = freshness;
  return [
    {
      title: "Content",
      rows: [
        ["documents", number(docs)],
        ["skills", number(skills)],
        ["entry files", number(files)],
        ["tokens", number(tokens.total)],
        ["tokens of a file, median", number(tokens.median)],
        ["tokens of a file, most", number(tokens.most)],
        ["code blocks that parse", number(code.passed)],
        ["code blocks that do not", number(code.failed)],
        ["code blocks without a check", number(code.unchecked)],
        ["age of a file, median", medianDays === null ? "unknown" : `${number(medianDays)} days`],
      ],
    },
    { title: "Languages", rows: stats.languages.map(row) },
    { title: "Age", rows: buckets.map(row) },
    {
      title: "Findings",
      rows: stats.findings.map(({ name, count, severity }) => [
        `${name} (${severity})`,
        number(count),
      ]),
    },
  ];
}

const row = ({ name, count }: Counted): readonly [string, string] => [name, number(count)];

/** Groups of three digits with a comma, the same in every locale. */
const number = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");

function asText(stats: ContentStats): string {
  const tables = tablesOf(stats).filter(({ rows }) => rows.length > 0);
  const all = tables.flatMap(({ rows }) => rows);
  const [left, right] = [0, 1].map((i) => Math.max(...all.map((cells) => cells[i]!.length)));
  return tables
    .map(({ title, rows }) => {
      const lines = rows.map(
        ([name, value]) => `  ${name.padEnd(left!)}  ${value.padStart(right!)}\n`,
      );
      return `${title}\n${lines.join("")}`;
    })
    .join("\n");
}

function asMarkdown(stats: ContentStats): string {
  return tablesOf(stats)
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => {
      const lines = rows.map(([name, value]) => `| ${name} | ${value} |\n`);
      return `| ${title} | |\n|---|--:|\n${lines.join("")}`;
    })
    .join("\n");
}

const OPTIONS = {
  config: { type: "string" },
  json: { type: "boolean" },
  markdown: { type: "boolean" },
  today: { type: "string" },
} as const;
