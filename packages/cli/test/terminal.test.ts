import { expect, it } from "vitest";
import { renderReply } from "../src/render-reply.ts";
import { run } from "../src/run.ts";
import type { StreamTraits } from "../src/terminal/render-block.ts";
import { foundStripe, plainPorts, STRIPE } from "./plain-ports.ts";

const TERMINAL: StreamTraits = { isTerminal: true, hasColour: true, columns: 40 };
const PIPE: StreamTraits = { isTerminal: false, hasColour: false, columns: 80 };
const EVIL = "\u001B]0;owned\u0007\u001B[2J\u202Egnp.exe";

it("shows a document on a terminal without its escapes, and stderr in colour", async () => {
  const shown = await show(["get", "stripe/api"], TERMINAL, {
    get: async () =>
      foundStripe({
        parts: [
          { file: "DOC.md", content: `# A\n${EVIL}\n`, startLine: 1, endLine: 2, cut: false },
        ],
      }),
  });
  expect(shown.stdout).toBe("# A\n␛]0;owned␇␛[2J<U+202E>gnp.exe\n");
  expect(shown.stderr).toBe(
    "\u001B[2mstripe/api: version 19.1.0 (recommended), javascript, maintainer, source default, updated 2026-03-01\u001B[22m\n",
  );
});

it("gives the same document to a pipe byte for byte", async () => {
  const content = `\uFEFF# A\r\n${EVIL}\n`;
  const { stdout } = await show(["get", "stripe/api"], PIPE, {
    get: async () =>
      foundStripe({ parts: [{ file: "DOC.md", content, startLine: 1, endLine: 2, cut: false }] }),
  });
  expect(stdout).toBe(content);
});

it("cuts descriptions at the width of a terminal, and never what one copies", async () => {
  const description = `${EVIL} and then very much more text than fits`;
  const entry = {
    ...STRIPE,
    address: "stripe/a-name-longer-than-the-terminal-is-wide",
    record: { ...STRIPE.record, description },
  };
  const { stdout } = await show(["list"], TERMINAL, {
    list: async () => ({ total: 1, offset: 0, entries: [entry] }),
  });
  expect(stdout).toBe(
    [
      "\u001B[1m1 entry\u001B[22m:",
      "",
      "  \u001B[1mstripe/a-name-longer-than-the-terminal-is-wide\u001B[22m  \u001B[34m[doc]\u001B[39m  \u001B[2mjs, py\u001B[22m  \u001B[2m[maintainer]\u001B[22m",
      "      \u001B[2m␛]0;owned␇␛[2J<U+202E>gnp.exe and…\u001B[22m",
      "",
    ].join("\n"),
  );
});

it("gives a pipe whole descriptions, without colour", async () => {
  const { stdout } = await show(["list"], PIPE, {
    list: async () => ({ total: 1, offset: 0, entries: [STRIPE] }),
  });
  expect(stdout).toBe(
    "1 entry:\n\n  stripe/api  [doc]  js, py  [maintainer]\n      Accept payments.\n",
  );
});

it("neutralises a hostile name in an error", async () => {
  const { stderr } = await show(["get", EVIL], TERMINAL, {
    get: async () => ({ outcome: "unknown-id", id: EVIL, suggestions: [EVIL] }),
  });
  const text = stderr.replaceAll("\u001B[31m", "").replaceAll("\u001B[39m", "");
  expect(
    Array.from(text).filter(
      (character) => character !== "\n" && (character < " " || character === "\u202E"),
    ),
  ).toEqual([]);
  expect(stderr.split("\n").length).toBe(2);
});

async function show(
  argv: readonly string[],
  stream: StreamTraits,
  catalog: Parameters<typeof plainPorts>[0],
) {
  const { reply, json } = await run(argv, plainPorts(catalog, { stdout: stream, stderr: stream }));
  return renderReply(reply, { json, stdout: stream, stderr: stream });
}
