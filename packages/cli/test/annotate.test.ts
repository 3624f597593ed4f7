import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { annotationsOf, openAnnotations } from "@chub/registry";
import type { GetAnswer } from "@chub/registry";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Ports } from "../src/ports.ts";
import { run } from "../src/run.ts";
import { foundStripe, plainPorts } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

let folder: string;
let minutes: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chub-annotate-"));
  minutes = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

it("adds a note to those there are, and shows them with the text and never in it", async () => {
  const saved = await chub(["annotate", "stripe/api", "Needs the raw body"]);
  expect(replyText(saved.out)).toBe("Annotation saved for stripe/api.\n");
  await chub(["annotate", "stripe/api", "Two\nlines", "--kind", "issue"]);
  const { out, err, json } = await chub(["get", "stripe/api"]);
  expect(replyText(out)).toBe(
    [
      "# Stripe",
      "",
      "Text",
      "",
      "",
      "---",
      "[chub 0123456789abcdef: not part of the document]",
      "[Agent note — 2026-03-01T12:01:00.000Z] stripe/api: note, personal, unreviewed",
      "  Needs the raw body",
      "[Agent note — 2026-03-01T12:02:00.000Z] stripe/api: issue, personal, unreviewed",
      "  Two",
      "  lines",
      "",
    ].join("\n"),
  );
  expect(replyText(err)).toContain("The document ends before the line with 0123456789abcdef");
  expect(schemaProblems("cli-get", json)).toEqual([]);
  expect(json).toMatchObject({
    content: "# Stripe\n\nText\n",
    annotation: { id: "stripe/api", note: "Two\nlines", updatedAt: "2026-03-01T12:02:00.000Z" },
    annotations: [{ note: "Needs the raw body" }, { note: "Two\nlines" }],
  });
});

it("shows notes on stderr when stdout or a file is for the document alone", async () => {
  await chub(["annotate", "stripe/api", "Needs the raw body"]);
  for (const options of [
    ["-o", "-"],
    ["-o", "out.md"],
    ["--max-tokens", "50"],
  ]) {
    const { out, err, json } = await chub(["get", "stripe/api", ...options]);
    expect(replyText(out)).toBe(options[1] === "out.md" ? "" : "# Stripe\n\nText\n");
    expect(replyText(err)).toContain("  Needs the raw body\n");
    expect(JSON.stringify(json)).toContain("Needs the raw body");
  }
  const { err, json } = await chub(["get", "stripe/api", "--no-annotations"]);
  expect(replyText(err) + JSON.stringify(json)).not.toContain("raw body");
});

it("shows, lists, replaces and clears, each with its JSON", async () => {
  expect((await chub(["annotate", "stripe/api"])).json).toEqual({ id: "stripe/api", note: null });
  await chub(["annotate", "stripe/api", "one"]);
  await chub(["annotate", "stripe/api", "two", "--project"]);
  const replies = [
    await chub(["annotate", "stripe/api", "three", "--replace"]),
    await chub(["annotate", "stripe/api"]),
    await chub(["annotate", "--list"]),
    await chub(["annotate", "stripe/api", "--clear"]),
    await chub(["annotate", "stripe/api", "--clear"]),
    await chub(["annotate", "--list"]),
  ];
  expect(replies.flatMap(({ json }) => schemaProblems("cli-annotate", json))).toEqual([]);
  expect(replies.map(({ json }) => json)).toMatchObject([
    { note: "three", scope: "personal", kind: "note" },
    { note: "three", annotations: [{ note: "two" }, { note: "three" }] },
    [{ note: "two", scope: "project" }, { note: "three" }],
    { id: "stripe/api", cleared: true, removed: 1 },
    { id: "stripe/api", cleared: false, removed: 0 },
    [{ note: "two" }],
  ]);
  expect(readdirSync(join(folder, "project"))).toEqual(["stripe"]);
});

it("reads the notes that Context Hub left", async () => {
  await chub(["annotate", "stripe/api", "new"]);
  const old = { id: "stripe/api", note: "old", updatedAt: "2025-01-01T00:00:00.000Z" };
  writeFileSync(join(folder, "personal", "stripe--api.json"), JSON.stringify(old));
  const { json } = await chub(["annotate", "--list"]);
  expect(json).toMatchObject([old, { note: "new" }]);
});

it("notes an entry in several languages as a whole, and refuses what is not there", async () => {
  const several: GetAnswer = {
    outcome: "choose-language",
    id: "stripe/api",
    available: ["javascript", "python"],
  };
  expect((await chub(["annotate", "stripe/api", "for all"], several)).exitCode).toBe(0);
  expect((await chub(["annotate", "stripe/api#webhooks", "where?"], several)).exitCode).toBe(2);
  const missing: GetAnswer = { outcome: "unknown-id", id: "no/such", suggestions: [] };
  expect((await chub(["annotate", "no/such", "x"], missing)).exitCode).toBe(3);
  expect((await chub(["annotate", "--list"])).json).toMatchObject([{ note: "for all" }]);
});

it.each([
  [["annotate"], "`chub annotate` needs an address"],
  [["annotate", ""], "`chub annotate` needs an address"],
  [["annotate", "a/b", "--list"], "--list shows all notes and takes no address"],
  [["annotate", "a/b", "x", "--clear"], "--clear takes no note"],
  [["annotate", "a/b", "--replace"], "--replace needs a note"],
  [
    ["annotate", "a/b", "x", "--kind", "rumour"],
    'Option --kind must be one of note, issue, fix, practice, got "rumour"',
  ],
  [["annotate", "a/b", "x", "y"], 'Unexpected argument "y" for `chub annotate`'],
  [["annotate", "a/b", "  "], "Unexpected note: it is empty"],
  [
    ["annotate", "a/b", "hidden \u202E text"],
    "Unexpected note: it has the invisible character U+202E",
  ],
])("refuses %j", async (argv, error) => {
  const reply = await chub(argv);
  expect(reply.json).toMatchObject({ code: "USAGE", exitCode: 2, error });
});

async function chub(argv: readonly string[], answer: GetAnswer = foundStripe()) {
  minutes += 1;
  const ports = plainPorts({ get: async () => answer });
  const reader = await ports.openReader();
  const annotations = openAnnotations({
    personal: join(folder, "personal"),
    project: join(folder, "project"),
  });
  const openReader: Ports["openReader"] = async () => ({
    ...reader,
    annotations,
    notesOn: (text) => annotationsOf(annotations, reader.catalog, text),
  });
  const now = `2026-03-01T12:0${minutes}:00.000Z`;
  return (await run(argv, { ...ports, openReader, now: () => now })).reply;
}
