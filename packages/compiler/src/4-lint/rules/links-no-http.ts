import { hostOf, isLocalHost } from "../link-url.ts";
import { defineRule } from "../rule.ts";

export const linksNoHttp = defineRule({
  id: "links/no-http",
  code: "CHUB4103",
  severity: "warning",
  fixable: "unsafe",
  summary: "Links to other machines use https.",
  why: "Whoever stands between can change a page that is fetched over http.",
  help: "Use https; link another page when the site does not offer it.",
  check({ links, images, definitions, text }, report) {
    for (const node of [...links, ...images, ...definitions]) {
      const host = node.url.startsWith("http://") ? hostOf(node.url) : null;
      if (host === null || isLocalHost(host)) continue;
      const start = node.position?.start.offset ?? 0;
      const at = text.slice(start, node.position?.end.offset ?? start).lastIndexOf("http://");
      const edits = [{ start: start + at + 4, end: start + at + 4, text: "s" }];
      report({
        at: node,
        message: `Unexpected http link to ${host}, expected https`,
        ...(at !== -1 && { fixes: [{ title: "Use https", kind: "unsafe", edits }] }),
      });
    }
  },
});
