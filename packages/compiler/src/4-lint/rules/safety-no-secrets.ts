import { defineRule } from "../rule.ts";
import { secretsIn } from "../secret-formats.ts";

export const safetyNoSecrets = defineRule({
  id: "safety/no-secrets",
  code: "CHUB5110",
  severity: "error",
  suppressible: false,
  anyFile: true,
  summary: "No token or key that looks live.",
  why: "A published secret is used within minutes; and a realistic one teaches agents to write secrets into code.",
  help: "Revoke it if it is real, and write a placeholder such as `YOUR_API_KEY`.",
  check({ text }, report) {
    for (const { start, end, name, proven } of secretsIn(text)) {
      const how = proven ? " with a correct checksum" : "";
      report({ at: [start, end], message: `Unexpected ${name}${how}, expected a placeholder` });
    }
  },
});
