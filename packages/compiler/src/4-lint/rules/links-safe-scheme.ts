import { isInRanges } from "../code-ranges.ts";
import { schemeOf } from "../link-url.ts";
import { defineRule } from "../rule.ts";

export const linksSafeScheme = defineRule({
  id: "links/safe-scheme",
  code: "CHUB4102",
  severity: "error",
  suppressible: false,
  summary: "Links use https, http or mailto, or are relative.",
  why: "`javascript:`, `data:`, `file:` and the schemes of applications do something on the reader's machine instead of showing a page.",
  help: "Link a page, or write the URL as code when it is an example.",
  check({ links, images, definitions, text, codeRanges }, report) {
    for (const node of [...links, ...images, ...definitions]) {
      const scheme = schemeOf(node.url);
      if (scheme === null || ALLOWED.has(scheme)) continue;
      report({
        at: node,
        message: `Unexpected scheme \`${scheme.slice(0, 40)}:\` of a link, expected https`,
      });
    }
    // To Markdown a tab ends the address; to renderers that drop it, it is a link all the same.
    for (const { 0: found, 1: url = "", index: start } of text.matchAll(
      /\]\(([a-z]+\t[a-z\t]*:[^)\n]*)\)/gi,
    )) {
      if (ALLOWED.has(schemeOf(url) ?? "https") || isInRanges(codeRanges, start)) continue;
      report({
        at: [start, start + found.length],
        message: "Unexpected scheme with a tab inside of a link, expected https",
      });
    }
  },
});

const ALLOWED: ReadonlySet<string> = new Set(["https", "http", "mailto"]);
