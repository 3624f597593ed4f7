import { defineRule } from "../rule.ts";

export const linksNoBareUrl = defineRule({
  id: "links/no-bare-url",
  code: "CHUB4107",
  severity: "info",
  optIn: true,
  fixable: "safe",
  summary: "URLs in prose stand in angle brackets or are the target of a link.",
  why: "Where a bare URL ends is a guess: Markdown parsers disagree about punctuation after it.",
  help: "Write `<https://…>` or `[text](https://…)`.",
  check({ links, text }, report) {
    for (const link of links) {
      const start = link.position?.start.offset ?? 0;
      const end = link.position?.end.offset ?? start;
      const written = text.slice(start, end);
      if (!/^https?:\/\/[^\s<>]+$/i.test(written)) continue;
      const edits = [{ start, end, text: `<${written}>` }];
      report({
        at: link,
        message: `Unexpected bare URL, expected \`<${written.slice(0, 60)}>\``,
        fixes: [{ title: "Put it in angle brackets", kind: "safe", edits }],
      });
    }
  },
});
