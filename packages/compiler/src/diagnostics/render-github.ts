import type { Diagnostic, Severity } from "./diagnostic.ts";
import { countDiagnostics, type Report, ruleUrl } from "./report.ts";
import { visibleText } from "./visible-text.ts";

export interface GithubOutput {
  /** Workflow commands for standard output. */
  readonly annotations: string;
  /** Markdown for the file that GITHUB_STEP_SUMMARY names; empty when every finding has an annotation. */
  readonly stepSummary: string;
}

/**
 * Annotations for GitHub Actions, the worst first.
 *
 * GitHub shows 10 errors, 10 warnings and 10 notices of a step and drops the rest in silence, so the rest goes to the
 * step summary. Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(report: Report): GithubOutput {
  const shown = SEVERITIES.flatMap((severity) =>
    report.diagnostics.filter((item) => item.severity === severity).slice(0, MOST_PER_SEVERITY),
  );
  const annotated = new Set(shown);
  const rest = report.diagnostics.filter((item) => !annotated.has(item));
  return {
    annotations: shown.map((diagnostic) => annotation(diagnostic, report.prefix)).join(""),
    stepSummary: rest.length === 0 ? "" : summaryOf(report, rest),
  };
}

function annotation(
  { severity, file, range, code, rule, message, help }: Diagnostic,
  prefix: string,
): string {
  const { start, end } = range;
  const properties = [
    ["file", prefix + file],
    ["line", start.line],
    ["endLine", end.line],
    ...(start.line === end.line
      ? [
          ["col", start.column],
          ["endColumn", Math.max(end.column, start.column)],
        ]
      : []),
    ["title", `${code} ${rule}`],
  ].map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const text = `${prefix}${file}:${start.line}:${start.column}: ${message}.${help === undefined ? "" : ` ${help}`}`;
  return `::${COMMANDS[severity]} ${properties.join(",")}::${escapeData(text)}\n`;
}

function summaryOf(report: Report, rest: readonly Diagnostic[]): string {
  const { error, warning, info } = countDiagnostics(report.diagnostics);
  const rows = rest.slice(0, MOST_ROWS).map(({ severity, file, range, code, rule, message }) => {
    const place = `${report.prefix}${file}:${range.start.line}:${range.start.column}`;
    return `| ${severity} | ${cell(place)} | [${code}](${ruleUrl(rule)}) | ${cell(message)} |`;
  });
  const more =
    rest.length > MOST_ROWS
      ? `\n${rest.length - MOST_ROWS} more are in the output of \`chubc lint\`.\n`
      : "";
  return [
    `### chubc: ${error} errors, ${warning} warnings, ${info} notes`,
    "",
    `${rest.length} findings without an annotation:`,
    "",
    "| | place | code | |",
    "|---|---|---|---|",
    ...rows,
    more,
  ].join("\n");
}

function cell(text: string): string {
  return visibleText(text)
    .replaceAll("\n", " ")
    .replace(/[\\`|<>[\]]/g, (character) => `\\${character}`);
}

function escapeData(text: string): string {
  return visibleText(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];
const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};
const MOST_PER_SEVERITY = 10;
/** The step summary is cut at 1 MiB; a row is at most some 500 bytes. */
const MOST_ROWS = 1000;
