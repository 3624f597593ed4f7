import { canonicalLanguage } from "@chub/registry";
import type { Code } from "mdast";
import { fenceOf, isClosed } from "../fences.ts";
import { defineRule } from "../rule.ts";

export const codeClosedFence = defineRule({
  id: "code/closed-fence",
  code: "CHUB3003",
  severity: "warning",
  summary: "Every code fence is closed.",
  why: "Everything after an open fence is code: headings, links and prose are lost.",
  help: "Close the block, or use a longer fence around a block that itself shows fences.",
  check({ codeBlocks, text }, report) {
    let unbalanced = false;
    for (const code of codeBlocks) {
      const fence = fenceOf(text, code);
      if (fence === null) continue;
      const start = code.position?.start.offset ?? 0;
      const at = [start, start + fence.length] as const;
      const inner = innerFence(code, fence);
      if (!isClosed(text, code, fence)) {
        report({ at, message: `Unexpected open code fence, expected a closing "${fence}"` });
      } else if (inner !== null && !unbalanced) {
        // Whatever comes later in the file follows from the first.
        unbalanced = true;
        report({
          at,
          message: `Unexpected opening fence "${inner}" inside a code block, expected this block to be closed before`,
        });
      }
    }
  },
});

/** An opening fence with a language inside a block: the block's own closing fence is missing, or its fence too short. */
function innerFence({ value, lang }: Code, fence: string): string | null {
  if (!value.includes(fence) || SHOWS_FENCES.has(canonicalLanguage(lang ?? "") ?? "")) return null;
  return new RegExp(`^ {0,3}(${fence}[A-Za-z][\\w+-]*)[ \\t]*$`, "m").exec(value)?.[1] ?? null;
}

const SHOWS_FENCES: ReadonlySet<string> = new Set(["markdown", "mdx", "text", "diff"]);
