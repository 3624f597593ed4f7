import { defineRule } from "../rule.ts";

export const safetyNoExfiltration = defineRule({
  id: "safety/no-exfiltration",
  code: "CHUB5109",
  severity: "error",
  suppressible: false,
  anyFile: true,
  summary: "No command sends keys, tokens or the environment to another machine.",
  why: "No document about a library needs it.",
  help: "Remove the command.",
  check({ text }, report) {
    if (!SENDER.test(text) || !HINT.test(text)) return;
    for (const { 0: found, index: start } of text.matchAll(SENDING)) {
      report({
        at: [start, start + found.trimEnd().length],
        message: "Unexpected command that sends secrets of the reader's machine away",
      });
    }
  },
});

const SENDER = /\bcurl\b|\bwget\b|\bnc\b|\bncat\b|\bsocat\b|\{\{\s*env/;
const HINT =
  /\.ssh|\.aws|\.env\b|\benv\b|printenv|\.netrc|\.npmrc|\.kube|id_rsa|process\.env|os\.environ|\{\{\s*env/;
const SECRET =
  "(?:~|\\$HOME|/root|/home/\\w+)?/?\\.(?:ssh|aws|kube|gnupg|docker|netrc|npmrc|pypirc|git-credentials|config/gcloud)\\b|\\bid_(?:rsa|ed25519)\\b|/etc/(?:passwd|shadow)";
const SENDING = new RegExp(
  [
    `\\b(?:cat|tar|base64|zip|xxd)\\b[^\\n|;]*(?:${SECRET})[^\\n|]*\\|[^\\n]*\\b(?:curl|wget|nc|ncat|socat)\\b[^\\n]*`,
    `\\b(?:env|printenv|set)\\s*\\|[^\\n]*\\b(?:curl|wget|nc|ncat|socat)\\b[^\\n]*`,
    `\\b(?:curl|wget)\\b[^\\n]*(?:\\$\\(|\`)\\s*(?:cat\\s[^\\n)]*(?:${SECRET}|\\.env\\b)|env\\b|printenv\\b)[^\\n]*`,
    `\\b(?:curl|wget)\\b[^\\n]*(?:-d|--data(?:-binary|-raw)?|-F|--form|-T|--upload-file|--post-file)[ =]?["']?(?:\\w+=)?@?(?:${SECRET})[^\\n]*`,
    `https?://[^\\s)"'<>]*\\{\\{\\s*env[^\\n]*`,
  ].join("|"),
  "g",
);
