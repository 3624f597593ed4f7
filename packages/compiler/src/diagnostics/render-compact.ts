import type { Report } from "./report.ts";
import { visibleText } from "./visible-text.ts";

/** One line for each diagnostic, without excerpts: for coding agents and for `grep`. */
export function renderCompact({ diagnostics, prefix }: Report): string {
  return diagnostics
    .map(({ file, range, severity, code, rule, message, help, fixes }) => {
      const place = `${prefix}${file}:${range.start.line}:${range.start.column}`;
      const fixable = fixes?.some(({ kind }) => kind === "safe") === true ? " [--fix]" : "";
      const todo = help === undefined ? "" : ` ${help}`;
      return `${oneLine(`${place}: ${severity} ${code} ${rule}: ${message}.${todo}${fixable}`)}\n`;
    })
    .join("");
}

function oneLine(text: string): string {
  return visibleText(text.replace(/\s*[\r\n]+\s*/g, " "));
}
