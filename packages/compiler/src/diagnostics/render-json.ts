import { fingerprintsOf } from "./fingerprint.ts";
import { countDiagnostics, type Report, ruleUrl } from "./report.ts";

/** All diagnostics as one JSON document. */
export function renderJson(report: Report): string {
  const { error, warning, info, fixable } = countDiagnostics(report.diagnostics);
  const summary = { files: report.files, errors: error, warnings: warning, infos: info, fixable };
  return `${JSON.stringify({ format: 1, version: report.version, summary, diagnostics: records(report) }, null, 2)}\n`;
}

/** One JSON object a line for each diagnostic. */
export function renderJsonl(report: Report): string {
  return records(report)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join("");
}

function records(report: Report): readonly object[] {
  const fingerprints = fingerprintsOf(report);
  return report.diagnostics.map(
    ({ code, rule, severity, message, file, range, ...rest }, index) => ({
      code,
      rule,
      severity,
      message,
      file: report.prefix + file,
      range,
      ...rest,
      url: ruleUrl(rule),
      fingerprint: fingerprints[index],
    }),
  );
}
