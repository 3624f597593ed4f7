import { plainText } from "../anchors.ts";
import { hostOf } from "../link-url.ts";
import { defineRule } from "../rule.ts";

export const linksHonestLabel = defineRule({
  id: "links/honest-label",
  code: "CHUB4105",
  severity: "error",
  suppressible: false,
  summary: "A link whose text is a URL leads to that site.",
  why: "Readers trust the address they see.",
  help: "Use the same URL in both places, or words as the text.",
  check({ links }, report) {
    for (const link of links) {
      const shown = hostOf(plainText(link).trim());
      const target = hostOf(link.url);
      if (shown === null || target === shown || bare(target) === bare(shown)) continue;
      report({
        at: link,
        message: `Unexpected target ${target ?? link.url.slice(0, 60)} of a link that shows ${shown}`,
      });
    }
  },
});

function bare(host: string | null): string | null {
  return host === null ? null : host.replace(/^www\./, "");
}
