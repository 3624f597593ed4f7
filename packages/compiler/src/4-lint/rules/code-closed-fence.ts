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
    for (const code of codeBlocks) {
      const fence = fenceOf(text, code);
      const start = code.position?.start.offset ?? 0;
      if (fence === null || isClosed(text, code, fence)) continue;
      report({ at: [start, start + fence.length], message: `Unexpected open code fence, expected a closing \`${fence}\`` });
    }
  },
});
