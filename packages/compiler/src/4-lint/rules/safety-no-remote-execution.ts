import { defineRule } from "../rule.ts";

export const safetyNoRemoteExecution = defineRule({
  id: "safety/no-remote-execution",
  code: "CHUB5108",
  severity: "warning",
  suppressible: false,
  anyFile: true,
  summary: "No command runs what it has just downloaded.",
  why: "An agent that copies `curl … | sh` runs whatever the other side sends at that moment. Official installers pass review.",
  help: "Prefer a package manager; otherwise let a reviewer confirm that the host belongs to the vendor.",
  check({ text }, report) {
    if (!HINT.test(text)) return;
    for (const { 0: found, index: start } of text.matchAll(PIPED)) {
      report({
        at: [start, start + found.trimEnd().length],
        message: "Unexpected command that runs a download",
      });
    }
  },
});

const HINT = /curl|wget|iwr|irm|Invoke-|urlopen|DownloadString/i;
const SHELL = "(?:sudo\\s+(?:-\\w+\\s+)*)?(?:/bin/|/usr/bin/)?(?:env\\s+)?(?:ba|z|da|k|fi)?sh\\b";
/** Pipes, process substitution, command substitution, PowerShell, Python. */
const PIPED = new RegExp(
  [
    `\\b(?:curl|wget)\\b[^\\n|;&]*https?:[^\\n|;&]*\\|\\s*${SHELL}`,
    `\\b(?:curl|wget)\\b[^\\n|;&]*https?:[^\\n|;&]*\\|\\s*(?:sudo\\s+)?(?:python3?|node|perl|ruby|php)\\b`,
    `${SHELL}\\s+(?:-c\\s+)?(?:<\\(|"?\\$\\()\\s*(?:curl|wget)\\b[^\\n)]*`,
    '\\b(?:eval|source)\\s+(?:"?\\$\\(|<\\()\\s*(?:curl|wget)\\b[^\\n)]*',
    "\\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\\b[^\\n|]*\\|\\s*(?:iex|Invoke-Expression)\\b",
    "\\b(?:iex|Invoke-Expression)\\b[^\\n]*(?:DownloadString|irm|iwr|Invoke-WebRequest)[^\\n]*",
    "\\bexec\\([^\\n]{0,80}urlopen\\([^\\n]*",
  ].join("|"),
  "gi",
);
