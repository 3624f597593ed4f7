import type { Diagnostic, Fix, Severity, SourceRange } from "./diagnostic.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { type Report, ruleUrl } from "./report.ts";
import type { RuleInfo } from "./rule-info.ts";
import { pointAt, lineStartsOf } from "./text-position.ts";

/**
 * The report as SARIF 2.1.0.
 *
 * GitHub keeps the top 5,000 results of a run, so the worst come first and a longer list is cut, which the log says.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: Report): string {
  const used = new Set(report.diagnostics.map(({ rule }) => rule));
  const rules = report.rules.filter(({ id }) => used.has(id));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const fingerprints = fingerprintsOf(report);
  const results = report.diagnostics
    .map((diagnostic, index) => ({ diagnostic, fingerprint: fingerprints[index] ?? "" }))
    .sort((a, b) => RANKS[a.diagnostic.severity] - RANKS[b.diagnostic.severity]);
  const cut = results.length - MOST_RESULTS;
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driverOf(rules, report.version) },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          SRCROOT: { description: { text: "The folder chubc was started in." } },
        },
        invocations: [
          {
            executionSuccessful: true,
            ...(cut > 0 && {
              toolExecutionNotifications: [
                {
                  level: "warning",
                  message: {
                    text: `${cut} of ${results.length} findings are left out: GitHub keeps ${MOST_RESULTS}.`,
                  },
                },
              ],
            }),
          },
        ],
        results: results.slice(0, MOST_RESULTS).map(({ diagnostic, fingerprint }) =>
          resultOf(diagnostic, {
            report,
            fingerprint,
            ruleIndex: indexes.get(diagnostic.rule) ?? -1,
          }),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function driverOf(rules: readonly RuleInfo[], version: string): object {
  return {
    name: "chubc",
    informationUri: "https://github.com/chub-dev/chub",
    version,
    rules: rules.map(({ id, code, severity, summary, why, help }) => ({
      id: code,
      name: id,
      shortDescription: { text: summary },
      fullDescription: { text: why },
      help: { text: help },
      helpUri: ruleUrl(id),
      defaultConfiguration: { level: LEVELS[severity] },
    })),
  };
}

function resultOf(
  { code, severity, message, help, file, range, labels = [], fixes = [] }: Diagnostic,
  { report, fingerprint, ruleIndex }: { report: Report; fingerprint: string; ruleIndex: number },
): object {
  const location = (place: SourceRange, path: string): object => ({
    physicalLocation: { artifactLocation: artifact(report.prefix + path), region: regionOf(place) },
  });
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `${message}.${help === undefined ? "" : ` ${help}`}` },
    locations: [location(range, file)],
    ...(labels.length > 0 && {
      relatedLocations: labels.map((label, id) => ({
        id,
        ...location(label.range, label.file ?? file),
        message: { text: label.message },
      })),
    }),
    partialFingerprints: { "chub/v1": fingerprint },
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => fixOf(fix, file, report)) }),
  };
}

function fixOf({ title, edits }: Fix, file: string, report: Report): object {
  const starts = lineStartsOf(report.textOf(file) ?? "");
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: artifact(report.prefix + file),
        replacements: edits.map(({ start, end, text }) => ({
          deletedRegion: regionOf({ start: pointAt(starts, start), end: pointAt(starts, end) }),
          ...(text !== "" && { insertedContent: { text } }),
        })),
      },
    ],
  };
}

function artifact(path: string): object {
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "SRCROOT" };
}

function regionOf({ start, end }: SourceRange): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};
const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
const MOST_RESULTS = 5000;
