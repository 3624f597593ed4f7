import { defineRule } from "../rule.ts";
import { ROLE_TAG } from "../agent-phrases.ts";

export const safetyPlainHtml = defineRule({
  id: "safety/plain-html",
  code: "CHUB5105",
  severity: "error",
  suppressible: false,
  summary:
    "HTML outside code is only `details`, `summary`, `br`, `sub`, `sup`, `kbd` or `cite`, without attributes.",
  why: "Other tags and attributes hide text from people, load things, or run code where a page is rendered.",
  help: "Write it in Markdown, or as code when it is an example.",
  check({ html }, report) {
    for (const node of html) {
      for (const [, closing = "", name = "", attributes = ""] of node.value
        .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
        .matchAll(TAG)) {
        const tag = name.toLowerCase();
        if (closing === "/" || ROLE_TAG.test(`<${tag}>`)) continue;
        const active =
          ACTIVE.has(tag) ||
          ACTIVE_ATTRIBUTE.test(attributes) ||
          (tag === "script" && !/\ssrc\s*=\s*["']?https:/i.test(attributes));
        if (active)
          report({
            at: node,
            message: `Unexpected HTML \`<${tag}>\` that hides, loads or runs something`,
          });
        else if (!ALLOWED.has(tag) || !/^\s*(?:open\s*)?\/?\s*$/i.test(attributes)) {
          report({
            at: node,
            severity: "warning",
            message: `Unexpected HTML \`<${tag}>\`, expected Markdown`,
          });
        }
      }
    }
  },
});

const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi;
const ALLOWED: ReadonlySet<string> = new Set("details summary br sub sup kbd cite".split(" "));
const ACTIVE: ReadonlySet<string> = new Set(
  "iframe object embed applet form input button meta base link style svg math template noscript frame frameset".split(
    " ",
  ),
);
const ACTIVE_ATTRIBUTE =
  /\s(?:style|hidden|on[a-z]+|srcdoc|aria-hidden)(?:\s*=|\s|\/|$)|(?:href|src)\s*=\s*["']?\s*(?:javascript|data|vbscript|file):/i;
