import { expect, it } from "vitest";
import { renderReply } from "./render-reply.ts";
import { documentText, line } from "./reply.ts";

const PIPE = { isTerminal: false, hasColour: false, columns: 80 };
const REPLY = {
  exitCode: 0,
  out: [line("out"), documentText("doc")],
  err: [line("err")],
  after: [line("after")],
  json: { content: "a\u001B\u009B\u202E\u{E0041}é" },
};

it("puts text on its streams", () => {
  expect(renderReply(REPLY, { json: false, stdout: PIPE, stderr: PIPE })).toEqual({
    stdout: "out\ndoc",
    stderr: "err\n",
    after: "after\n",
  });
});

it("prints JSON alone", () => {
  const rendered = renderReply(REPLY, { json: true, stdout: PIPE, stderr: PIPE });
  expect(rendered.stderr).toBe("");
  expect(rendered.stdout).toContain("\u009B");
  expect(JSON.parse(rendered.stdout)).toEqual(REPLY.json);
});

it("escapes what a terminal would obey, and no value changes", () => {
  const { stdout } = renderReply(REPLY, {
    json: true,
    stdout: { ...PIPE, isTerminal: true },
    stderr: PIPE,
  });
  expect(stdout).toBe('{\n  "content": "a\\u001b\\u009b\\u202e\\udb40\\udc41é"\n}\n');
  expect(JSON.parse(stdout)).toEqual(REPLY.json);
});
