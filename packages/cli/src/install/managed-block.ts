/** How the parts that chub manages in a file of the user are marked. */
export interface BlockMarks {
  readonly start: string;
  readonly end: string;
}

export const MARKDOWN_MARKS: BlockMarks = {
  start: "<!-- chub: start, written by `chub install` -->",
  end: "<!-- chub: end -->",
};
export const TOML_MARKS: BlockMarks = {
  start: "# chub: start, written by `chub install`",
  end: "# chub: end",
};

/** The text with the block in it: in the place of the old one, otherwise at the end after an empty line. */
export function withBlock(text: string, content: string, marks: BlockMarks): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const body = `${marks.start}\n${content.trimEnd()}\n${marks.end}`.replaceAll("\n", newline);
  const old = blockOf(text, marks);
  if (old !== null) return `${text.slice(0, old.start)}${body}${text.slice(old.end)}`;
  return `${text}${gapBefore(text, newline)}${body}${newline}`;
}

/** The text without the block and the empty line before it. */
export function withoutBlock(text: string, marks: BlockMarks): string {
  const old = blockOf(text, marks);
  if (old === null) return text;
  const before = text.slice(0, old.start).replace(/(\r?\n)\r?\n$/, "$1");
  return `${before}${text.slice(old.end).replace(/^\r?\n/, "")}`;
}

function gapBefore(text: string, newline: string): string {
  if (text === "") return "";
  return text.endsWith("\n") ? newline : newline + newline;
}

function blockOf(text: string, marks: BlockMarks): { start: number; end: number } | null {
  const start = text.indexOf(marks.start);
  const end = text.indexOf(marks.end, start);
  return start < 0 || end < 0 ? null : { start, end: end + marks.end.length };
}
