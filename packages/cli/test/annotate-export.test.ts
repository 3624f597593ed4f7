import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildContent } from "@chub/compiler";
import { annotationsOf, directorySource, openAnnotations, openCatalog } from "@chub/registry";
import { afterAll, beforeAll, expect, it } from "vitest";
import { run } from "../src/run.ts";
import { plainPorts } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

const PATH = "acme/docs/widgets/DOC.md";
const TEXT = `---
name: widgets
description: Acme widgets, and how to call them.
metadata:
  languages: javascript
  versions: 2.0.0
  revision: 1
  updated-on: 2026-03-01
  source: community
  tags: acme
---
# Widgets

Make widgets.

## Create

Call \`create\`.

## Errors

Catch \`WidgetError\`.
`;

let work: string;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "chub-export-"));
  mkdirSync(dirname(join(work, "content", PATH)), { recursive: true });
  writeFileSync(join(work, "content", PATH), TEXT);
  await buildContent({ contentRoot: join(work, "content"), outputPath: join(work, "dist") });
});
afterAll(() => rmSync(work, { recursive: true }));

it("exports notes as a patch that git applies to the content", async () => {
  const catalog = await openCatalog({
    sources: [
      {
        source: directorySource({ name: "acme", kind: "path", directory: join(work, "dist") }),
        tier: "community",
      },
    ],
  });
  const annotations = openAnnotations({
    personal: join(work, "personal"),
    project: join(work, "project"),
  });
  const ports = plainPorts();
  const reader = await ports.openReader();
  const openReader = async () => ({
    ...reader,
    catalog,
    annotations,
    notesOn: (text: Parameters<typeof annotationsOf>[2]) =>
      annotationsOf(annotations, catalog, text),
  });
  let minute = 0;
  const chub = async (...argv: string[]) => {
    const now = `2026-03-01T12:0${minute++}:00.000Z`;
    return (await run(["annotate", ...argv], { ...ports, openReader, now: () => now })).reply;
  };
  const none = await chub("acme/widgets", "--export");
  expect([replyText(none.out), none.json]).toEqual([
    "",
    { id: "acme/widgets", notes: 0, outdated: 0, patch: "" },
  ]);
  await chub("acme/widgets#create", "Sizes above 9 fail.\n\nUse two.", "--kind", "issue");
  await chub("acme/widgets#create", "Second.");
  await chub("acme/widgets", "Good.");
  const exported = await chub("acme/widgets", "--export");
  expect(schemaProblems("cli-annotate", exported.json)).toEqual([]);
  const patch = replyText(exported.out);
  execFileSync("git", ["apply", "-"], { cwd: join(work, "content"), input: patch });
  expect(readFileSync(join(work, "content", PATH), "utf8")).toBe(
    TEXT.replace(
      "Call `create`.\n",
      "Call `create`.\n\n> **Issue:** Sizes above 9 fail.\n>\n> Use two.\n\n> **Note:** Second.\n",
    ).concat("\n> **Note:** Good.\n"),
  );
  expect((await chub("acme/widgets", "x", "--export")).json).toMatchObject({ code: "USAGE" });
  await catalog.close();
});
