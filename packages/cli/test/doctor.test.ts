import { ChubError } from "@chub/registry";
import type { SourceStatus } from "@chub/registry";
import { expect, it } from "vitest";
import { run } from "../src/run.ts";
import { foundStripe, plainPorts } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

const SOUND: SourceStatus = {
  name: "default",
  kind: "embedded",
  location: "@chub/content",
  layout: "chub",
  entries: 14,
};

it("says that everything is set up", async () => {
  const { reply } = await run(["doctor"], plainPorts({ sources: () => [SOUND] }));
  expect(reply.exitCode).toBe(0);
  expect(schemaProblems("cli-doctor", reply.json)).toEqual([]);
  expect(replyText(reply.out)).toBe(
    [
      "ok       version: chub 1.2.3",
      "ok       configuration: settings and notes are in /home/ada/.chub",
      "ok       source: default: 14 entries in @chub/content",
      "ok       cache: 0 files in /home/ada/.chub/cache",
      "",
    ].join("\n"),
  );
});

it("names what is wrong and what mends it", async () => {
  const problem = { code: "NO_DATA", message: "Cannot reach the host" } as const;
  const broken: SourceStatus = {
    ...SOUND,
    name: "acme",
    kind: "url",
    location: "https://docs.example.com",
    entries: 0,
    problem,
  };
  const ports = plainPorts({
    sources: () => [broken],
    resolve: async () => ({ ...foundStripe(), outcome: "unknown-id", id: "a/b", suggestions: [] }),
  });
  const reader = await ports.openReader();
  const text = { id: "a/b", source: "acme", language: null, version: null, digest: "0".repeat(64) };
  const lock = { ...reader.lock, read: () => ({ texts: [text] }) };
  const openReader = async () => ({
    ...reader,
    lock,
    configuration: { ...reader.configuration, warnings: ["sources ignored"] },
  });
  await run(["install", "codex", "--only", "rule"], ports);
  ports.written.delete("/project/AGENTS.md");
  const { reply } = await run(["doctor"], { ...ports, openReader });
  expect(reply.exitCode).toBe(1);
  expect(schemaProblems("cli-doctor", reply.json)).toEqual([]);
  expect(reply.json).toMatchObject({ status: "failed" });
  expect(
    replyText(reply.out)
      .split("\n")
      .filter((row) => !row.startsWith("ok")),
  ).toEqual([
    "warning  configuration: sources ignored",
    "         mend: Trust the project in your own config.yaml, or remove the keys",
    "error    source: acme: Cannot reach the host",
    "         mend: chub update --force",
    "error    lock: 0 of 1 texts in chub.lock are what they were",
    "         mend: chub lock",
    "warning  agents: AGENTS.md is gone",
    "         mend: chub install codex",
    "",
  ]);
});

it("finds a configuration that cannot be used", async () => {
  const ports = plainPorts(
    {},
    {
      openReader: async () => {
        throw new ChubError("CONFIG", "config.yaml:1:1: one\nconfig.yaml:2:1: two", {
          hint: "Correct the file.",
        });
      },
    },
  );
  const { reply } = await run(["doctor"], ports);
  expect(schemaProblems("cli-doctor", reply.json)).toEqual([]);
  expect(replyText(reply.out)).toBe(
    [
      "ok       version: chub 1.2.3",
      "error    configuration: config.yaml:1:1: one",
      "error    configuration: config.yaml:2:1: two",
      "         mend: Correct the file.",
      "",
    ].join("\n"),
  );
});
