/**
 * The difference of two texts in the unified format, with three lines of context; empty when they are equal.
 *
 * Source: longest common subsequence by dynamic programming, after equal lines at both ends are set aside.
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  const changes = diffLines(splitLines(before), splitLines(after));
  const hunks = hunksOf(changes);
  return hunks.length === 0 ? "" : `--- a/${path}\n+++ b/${path}\n${hunks.join("")}`;
}

interface Change {
  readonly mark: " " | "-" | "+";
  readonly line: string;
}

function splitLines(text: string): readonly string[] {
  return text === "" ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

function diffLines(a: readonly string[], b: readonly string[]): readonly Change[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const same = (lines: readonly string[]): Change[] => lines.map((line) => ({ mark: " ", line }));
  return [
    ...same(a.slice(0, head)),
    ...diffMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...same(a.slice(a.length - tail)),
  ];
}

function diffMiddle(a: readonly string[], b: readonly string[]): readonly Change[] {
  const common = commonLengths(a, b);
  const at = (i: number, j: number): number => common[i * (b.length + 1) + j] ?? 0;
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined && right === undefined) return changes;
    if (left !== undefined && left === right) {
      changes.push({ mark: " ", line: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ mark: "-", line: left });
      i += 1;
    } else {
      changes.push({ mark: "+", line: right ?? "" });
      j += 1;
    }
  }
}

/** Length of the longest common subsequence of the rests of two lists, by where the rests start. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  return common;
}

function hunksOf(changes: readonly Change[]): readonly string[] {
  const hunks: string[] = [];
  let index = 0;
  for (;;) {
    const first = changes.findIndex(({ mark }, at) => at >= index && mark !== " ");
    if (first === -1) return hunks;
    const start = Math.max(index, first - CONTEXT);
    const end = hunkEnd(changes, first);
    hunks.push(hunkText(changes, start, end));
    index = end;
  }
}

/** A hunk goes on while changes are at most twice the context apart. */
function hunkEnd(changes: readonly Change[], first: number): number {
  let last = first;
  for (let at = first; at < changes.length && at - last <= CONTEXT * 2; at += 1)
    if (changes[at]?.mark !== " ") last = at;
  return Math.min(changes.length, last + 1 + CONTEXT);
}

function hunkText(changes: readonly Change[], start: number, end: number): string {
  const count = (part: readonly Change[], mark: "-" | "+"): number =>
    part.filter((change) => change.mark === " " || change.mark === mark).length;
  const part = changes.slice(start, end);
  const head = changes.slice(0, start);
  const span = (mark: "-" | "+"): string => {
    const lines = count(part, mark);
    return `${count(head, mark) + (lines === 0 ? 0 : 1)},${lines}`;
  };
  const body = part.map(
    ({ mark, line }) =>
      `${mark}${line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`}`,
  );
  return `@@ -${span("-")} +${span("+")} @@\n${body.join("")}`;
}

const CONTEXT = 3;
