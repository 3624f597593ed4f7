import { execFileSync } from "node:child_process";
import type { ListRequest, SearchRequest } from "@chub/registry";
import { ChubError } from "@chub/registry";
import { expect, it } from "vitest";
import { run } from "../src/run.ts";
import { plainPorts, STRIPE } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";

it.each([
  [["se"], ["search", "serve"]],
  [["sources", "a"], ["add"]],
  [["feedback", "stri"], ["stripe/api"]],
  [["c"], ["cache", "completion"]],
  [["help", "ge"], ["get"]],
  [
    ["get", "x", "--ma"],
    ["--max-tokens", "--match-project"],
  ],
  [
    ["search", "--type", ""],
    ["doc", "skill"],
  ],
  [["get", "x", "--lang", "javas"], ["javascript"]],
  [
    ["--json", "cache", ""],
    ["status", "clear", "verify"],
  ],
  [
    ["install", "c"],
    ["claude-code", "cline", "codex", "copilot", "cursor"],
  ],
  [
    ["completion", ""],
    ["bash", "zsh", "fish", "pwsh"],
  ],
  [["get", "stri"], ["stripe/api"]],
  [["get", "stripe/"], ["stripe/api"]],
  [["get", "stripe/x"], []],
  [["get", ""], []],
  [["nonsense", ""], []],
])("completes %j", async (words, expected) => {
  const { reply } = await run(["completion", "--line", "--", ...words], ports());
  expect(reply.json).toEqual({ words: expected });
});

it("stays quiet when the sources cannot be read", async () => {
  const broken = plainPorts(
    {},
    {
      openReader: async () => {
        throw new ChubError("NO_DATA", "gone", { hint: "" });
      },
    },
  );
  const { reply } = await run(["completion", "--line", "--", "get", "stri"], broken);
  expect({ exitCode: reply.exitCode, out: reply.out, err: reply.err }).toEqual({
    exitCode: 0,
    out: [],
    err: [],
  });
});

it("gives bash a script that bash reads, and that completes", async () => {
  const { reply } = await run(["completion", "bash"], plainPorts());
  const script = [
    "chub() { printf '%s\\n' search sources; }",
    replyText(reply.out),
    'COMP_WORDS=(chub s); COMP_CWORD=1; _chub; printf "%s " "${COMPREPLY[@]}"',
  ].join("\n");
  expect(execFileSync("bash", ["-c", script], { encoding: "utf8" })).toBe("search sources ");
});

it.each(["zsh", "fish", "pwsh"])("has a script for %s", async (shell) => {
  const { reply } = await run(["completion", shell], plainPorts());
  expect(replyText(reply.out)).toContain("chub completion --line -- ");
});

it("knows no other shell", async () => {
  const { reply } = await run(["completion", "tcsh"], plainPorts());
  expect(reply.json).toMatchObject({
    code: "USAGE",
    error: 'Unknown shell "tcsh"',
    hint: "Known: bash, zsh, fish, pwsh",
  });
});

function ports() {
  const hit = { ...STRIPE, score: 1, sections: [] };
  return plainPorts({
    list: async ({ author }: ListRequest) => ({
      total: 1,
      offset: 0,
      entries: author === "stripe" ? [STRIPE] : [],
    }),
    search: async ({ query }: SearchRequest) => ({
      query,
      total: 1,
      offset: 0,
      hits: [hit],
      suggestions: [],
    }),
  });
}
