import type { OutlineAnswer } from "@chub/registry";
import { outlineLines } from "../entry/entry-detail.ts";
import { done, line, toned } from "../reply.ts";
import type { Reply } from "../reply.ts";
import { outlineJson } from "./found-json.ts";
import { provenanceLines } from "./provenance-line.ts";

export type FoundOutline = Extract<OutlineAnswer, { readonly outcome: "found" }>;

/** Outlines on stdout: a line a section. */
export function outlineReply(found: readonly FoundOutline[]): Reply {
  const json = found.map((answer) => outlineJson(answer, answer.items));
  return done({
    out: found.flatMap(({ entry, items }) => [
      line(toned("bold", entry.address)),
      ...outlineLines(items),
    ]),
    err: found.flatMap((answer) => provenanceLines(answer, undefined)),
    json: found.length === 1 ? json[0] : json,
  });
}
