import { canonicalLanguage } from "@chub/registry";
import type { Code } from "mdast";
import { defineRule } from "../rule.ts";

export const codeNoShellPrompt = defineRule({
  id: "code/no-shell-prompt",
  code: "CHUB3004",
  severity: "warning",
  summary: "Shell blocks hold commands, without prompts and without output.",
  why: "Agents run what stands in a shell block: a prompt is no command, and output run as a command does harm.",
  help: "Remove the prompts and put output into a block of its own, or call the block `console`.",
  check({ codeBlocks }, report) {
    for (const code of codeBlocks) {
      if (!isShell(code)) continue;
      const lines = code.value.split("\n").filter((line) => line.trim() !== "");
      const prompts = lines.filter((line) => PROMPT.test(line)).length;
      if (prompts === 0) continue;
      const others = lines.length - prompts;
      const what = others === 0 ? "shell prompts" : "shell prompts mixed with output";
      report({
        at: code,
        message: `Unexpected ${what} in a \`${code.lang}\` block, expected commands only`,
      });
    }
  },
});

function isShell({ lang }: Code): boolean {
  if (lang === null || lang === undefined || TRANSCRIPTS.has(lang.toLowerCase())) return false;
  return canonicalLanguage(lang) === "bash";
}

/** Fence names that promise a session with prompts and output. */
const TRANSCRIPTS: ReadonlySet<string> = new Set(["console", "shell-session", "terminal"]);
/** `$ command` and `user@host:~$ command`; `$VAR` is a command. */
const PROMPT = /^\s*(?:[\w.-]+@[\w.-]+:\S*)?[$%] +\S/;
