import type { Html } from "mdast";
import type { ParsedFile } from "../2-parse/parsed-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { nodesByType } from "./nodes-by-type.ts";

/** A comment that switches rules off for one line: `<!-- chub-disable-next-line rule -- reason -->`. */
export interface Suppression {
  readonly rules: readonly string[];
  /** Null without one. */
  readonly reason: string | null;
  /** 1-based line of the comment itself. */
  readonly line: number;
  /** Line that it covers. */
  readonly covers: number;
  readonly start: number;
  readonly end: number;
}

/** The suppression comments of a document, in document order. Comments inside code are code. */
export function suppressionsOf({ tree, text }: ParsedFile): readonly Suppression[] {
  if (!text.includes(MARK)) return [];
  const nodes = (nodesByType(tree).get("html") ?? []) as readonly Html[];
  return nodes.flatMap((node) => {
    const match = COMMENT.exec(node.value);
    const { position } = node;
    if (match === null || position === undefined) return [];
    const [, scope, rules = "", reason] = match;
    const { line } = position.start;
    return [
      {
        rules: rules.split(/[\s,]+/).filter((rule) => rule !== ""),
        reason: reason?.trim() || null,
        line,
        covers: scope === "next-line" ? position.end.line + 1 : line,
        start: position.start.offset ?? 0,
        end: position.end.offset ?? 0,
      },
    ];
  });
}

/** Whether an HTML node is a suppression comment and nothing else. */
export function isSuppression(html: string): boolean {
  return COMMENT.test(html);
}

/** Whether one of the suppressions covers a diagnostic. */
export function suppressedBy(
  suppressions: readonly Suppression[],
  { rule, code, range }: Diagnostic,
): boolean {
  return suppressions.some(
    ({ rules, covers, reason }) =>
      reason !== null &&
      covers === range.start.line &&
      (rules.includes(rule) || rules.includes(code)),
  );
}

const MARK = "chub-disable-";
const COMMENT =
  /^<!--\s*chub-disable-(next-line|line)\s+((?:(?!--)[\w/,\s-])+?)(?:\s+--\s+([^\n>]{1,200}?))?\s*-->$/;
