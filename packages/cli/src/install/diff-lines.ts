import { line, toned } from "../reply.ts";
import type { Line } from "../reply.ts";
import type { FileChange } from "./plan.ts";

/** A change as a unified diff with three lines around it; our changes are one run of lines. */
export function diffLines({ path, before, after }: FileChange): Line[] {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const most = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < most && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const from = Math.max(0, start - CONTEXT);
  const trailing = Math.min(end, CONTEXT);
  const counts = (lines: readonly string[]) =>
    `${lines.length === 0 ? 0 : from + 1},${lines.length - end + trailing - from}`;
  return [
    line(toned("bold", `--- ${before === null ? "/dev/null" : path}`)),
    line(toned("bold", `+++ ${after === null ? "/dev/null" : path}`)),
    line(toned("cyan", `@@ -${counts(old)} +${counts(fresh)} @@`)),
    ...fresh.slice(from, start).map((text) => line(` ${text}`)),
    ...old.slice(start, old.length - end).map((text) => line(toned("red", `-${text}`))),
    ...fresh.slice(start, fresh.length - end).map((text) => line(toned("green", `+${text}`))),
    ...fresh
      .slice(fresh.length - end, fresh.length - end + trailing)
      .map((text) => line(` ${text}`)),
  ];
}

function linesOf(text: string | null): readonly string[] {
  if (text === null || text === "") return [];
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}

const CONTEXT = 3;
