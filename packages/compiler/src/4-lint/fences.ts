import type { Code } from "mdast";

/** The opening fence of a code block, e.g. "```"; null for an indented block. */
export function fenceOf(text: string, code: Code): string | null {
  const start = code.position?.start.offset ?? 0;
  return /^(?:`{3,}|~{3,})/.exec(text.slice(start, start + 40))?.[0] ?? null;
}

/** Whether a fenced block ends with its closing fence; not so when the file or the container ends first. */
export function isClosed(text: string, code: Code, fence: string): boolean {
  const block = text.slice(code.position?.start.offset ?? 0, code.position?.end.offset ?? 0);
  const lastLine = block.slice(block.lastIndexOf("\n") + 1);
  if (lastLine.length === block.length) return false;
  const closing = /(`{3,}|~{3,})[ \t]*$/.exec(lastLine)?.[1] ?? "";
  return closing.length >= fence.length && closing[0] === fence[0];
}

/** Text range of the language of a fence; the opening fence when it has none. */
export function languagePlace(text: string, code: Code, fence: string): readonly [number, number] {
  const start = code.position?.start.offset ?? 0;
  if (code.lang === null || code.lang === undefined) return [start, start + fence.length];
  const at = text.indexOf(code.lang, start + fence.length);
  return at === -1 ? [start, start + fence.length] : [at, at + code.lang.length];
}
