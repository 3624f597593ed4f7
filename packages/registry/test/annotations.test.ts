import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, expect, it } from "vitest";
import {
  annotationsOf,
  annotationTarget,
  directorySource,
  isChubError,
  openAnnotations,
  openCatalog,
  type NewAnnotation,
  type OpenedCatalog,
} from "../src/index.ts";
import { fixtureArtifact, writeTree, type FixtureEntry } from "./fixture-artifact.ts";

const roots: string[] = [];
const catalogs: OpenedCatalog[] = [];
afterEach(async () => {
  for (const catalog of catalogs.splice(0)) await catalog.close();
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

function folder(files: Readonly<Record<string, string>> = {}): string {
  const root = writeTree(new Map(Object.entries(files)));
  roots.push(root);
  return root;
}

async function catalogOf(text: string): Promise<OpenedCatalog> {
  const entries: FixtureEntry[] = [
    { id: "a/b", texts: [{ language: "python", version: "1.0.0", files: { "DOC.md": text } }] },
  ];
  const root = writeTree(fixtureArtifact(entries));
  roots.push(root);
  const catalog = await openCatalog({
    sources: [
      {
        source: directorySource({ name: "main", kind: "path", directory: root }),
        tier: "official",
      },
    ],
  });
  catalogs.push(catalog);
  return catalog;
}

const note = (text: string, more: Partial<NewAnnotation> = {}): NewAnnotation => ({
  scope: "personal",
  kind: "note",
  text,
  target: { id: "a/b" },
  createdAt: "2026-01-02T03:04:05.000Z",
  ...more,
});

it("B4: a second note does not overwrite the first; both scopes are listed, oldest first", () => {
  const personal = folder();
  const project = folder();
  const store = openAnnotations({ personal, project });
  const first = store.add(note("one"));
  const second = store.add(note("two", { kind: "fix", createdAt: "2026-01-03T00:00:00.000Z" }));
  const shared = store.add(
    note("three", { scope: "project", kind: "practice", createdAt: "2026-01-04T00:00:00.000Z" }),
  );
  store.add(note("other", { target: { id: "a/b-c" } }));
  expect(openAnnotations({ personal, project }).list("a/b")).toEqual({
    annotations: [first, second, shared],
    problems: [],
  });
  expect(store.list().annotations.length).toBe(4);
  expect(store.remove(first.key)).toBe(true);
  expect(store.remove(first.key)).toBe(false);
  expect(store.list("a/b").annotations).toEqual([second, shared]);
  expect(statSync(join(personal, "a", "b", `${second.key}.json`)).mode & 0o777).toBe(0o600);
});

it("keeps a/b and a--b apart, and reads the files of Context Hub", () => {
  const personal = folder({
    "a--b.json": '{"id":"a/b","note":"old note","updatedAt":"2025-01-01T00:00:00.000Z"}',
    "x--y.json": '{"id":"x--y","note":"of another id"}',
    "broken.json": "{",
    "a/b/torn.json": '{"kind":"note"',
  });
  const store = openAnnotations({ personal });
  expect(store.list("a/b")).toEqual({
    annotations: [
      {
        key: "a--b",
        scope: "personal",
        kind: "note",
        text: "old note",
        createdAt: "2025-01-01T00:00:00.000Z",
        target: { id: "a/b" },
      },
    ],
    problems: [`${join(personal, "a/b/torn.json")}: not a note`],
  });
  expect(store.list("x/y").annotations).toEqual([]);
  expect(store.list().problems).toEqual([
    `${join(personal, "broken.json")}: not a note`,
    `${join(personal, "a/b/torn.json")}: not a note`,
  ]);
});

it("refuses notes that are empty, too long, or hold characters nobody sees", () => {
  const personal = folder();
  const store = openAnnotations({ personal });
  for (const text of [
    "",
    " \n",
    "x".repeat(4097),
    "esc \u001b]52;c;x\u0007",
    "bidi \u202e",
    "tag \u{e0041}",
    "zero\u200bwidth",
    "c1 \u009b",
    "lone \ud800",
    "cr\r",
  ]) {
    expect([text, codeOf(() => store.add(note(text)))]).toEqual([text, "USAGE"]);
  }
  expect(codeOf(() => store.add(note("x", { scope: "project" })))).toBe("USAGE");
  expect(readdirSync(personal)).toEqual([]);
  expect(store.add(note("支付 🙂\n\tok")).text).toBe("支付 🙂\n\tok");
});

it("neither writes nor reads through a link", () => {
  const victim = folder({
    "secret.json": '{"kind":"note","text":"secret","createdAt":"","target":{"id":"a/b"}}',
  });
  const personal = folder();
  mkdirSync(join(personal, "a"));
  symlinkSync(victim, join(personal, "a", "b"));
  const store = openAnnotations({ personal });
  expect(codeOf(() => store.add(note("x")))).toBe("LOCAL_IO");
  expect(readdirSync(victim)).toEqual(["secret.json"]);
  expect(store.list("a/b")).toEqual({ annotations: [], problems: [] });
});

it("says when a text has changed since the note was written", async () => {
  const before = await catalogOf("# T\n\n## One\n\nfirst\n\n## Two\n\nsecond\n");
  const after = await catalogOf("# T\n\n## One\n\nchanged\n\n## Two\n\nsecond\n");
  const store = openAnnotations({ personal: folder() });
  for (const address of ["a/b#one", "a/b#two", "a/b"]) {
    const found = await before.get({ address });
    if (found.outcome !== "found") throw new Error(found.outcome);
    store.add(note(address, { target: annotationTarget(found) }));
  }
  store.add(note("for another version", { target: { id: "a/b", version: "2.0.0" } }));
  const outdated = async (catalog: OpenedCatalog): Promise<Record<string, boolean>> => {
    const text = await catalog.resolve({ address: "a/b" });
    if (text.outcome !== "found") throw new Error(text.outcome);
    return Object.fromEntries(
      (await annotationsOf(store, catalog, text)).map((shown) => [shown.text, shown.outdated]),
    );
  };
  expect(await outdated(before)).toEqual({ "a/b#one": false, "a/b#two": false, "a/b": false });
  expect(await outdated(after)).toEqual({ "a/b#one": true, "a/b#two": false, "a/b": true });
});

it("loses no note of eight processes that write at once", async () => {
  const personal = folder();
  const program = join(folder(), "writer.mjs");
  await build({
    stdin: {
      contents: `import { openAnnotations } from "./annotation-store.ts";
        const store = openAnnotations({ personal: process.argv[2] });
        for (let n = 0; n < 25; n += 1) store.add({ scope: "personal", kind: "note", text: process.argv[3] + "-" + n, target: { id: "a/b" }, createdAt: "2026-01-01T00:00:00.000Z" });`,
      resolveDir: join(import.meta.dirname, "../src/annotations"),
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
  });
  const codes = await Promise.all(
    Array.from(
      { length: 8 },
      (_, writer) =>
        new Promise((done) =>
          spawn(process.execPath, [program, personal, String(writer)]).on("close", done),
        ),
    ),
  );
  expect(codes).toEqual(Array.from({ length: 8 }, () => 0));
  const texts = openAnnotations({ personal })
    .list("a/b")
    .annotations.map(({ text }) => text);
  expect(texts.sort()).toEqual(
    Array.from({ length: 200 }, (_, index) => `${Math.floor(index / 25)}-${index % 25}`).sort(),
  );
});

it("reports a folder that cannot be written", () => {
  const personal = join(folder(), "file");
  writeFileSync(personal, "a file stands in the way");
  expect(codeOf(() => openAnnotations({ personal }).add(note("x")))).toBe("LOCAL_IO");
});

function codeOf(action: () => unknown): string {
  try {
    action();
    return "no error";
  } catch (error) {
    if (isChubError(error)) return error.code;
    throw error;
  }
}
