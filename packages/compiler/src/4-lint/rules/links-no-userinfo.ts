import { defineRule } from "../rule.ts";

export const linksNoUserinfo = defineRule({
  id: "links/no-userinfo",
  code: "CHUB4104",
  severity: "error",
  suppressible: false,
  summary: "Links hold no user name or password.",
  why: "`https://openai.com@evil.test` looks like one site and is another; and a password in a link is published.",
  help: "Remove everything before the `@`.",
  check({ links, images, definitions }, report) {
    for (const node of [...links, ...images, ...definitions]) {
      if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(node.url)) continue;
      report({ at: node, message: "Unexpected user name in a link, expected the host alone" });
    }
  },
});
