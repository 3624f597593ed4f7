import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { selectContent } from "./content-root.ts";
import { discover } from "./discover.ts";
import { findConfig } from "./find-config.ts";
import { globMatcher } from "./glob.ts";
import { skippedDiagnostics } from "./skipped-diagnostics.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "chub-discover-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
}

describe("discover", () => {
  it("reads every file in the order of code units, with its hash", () => {
    write("b/docs/x/DOC.md", "a/docs/x/DOC.md", "a/docs/X/DOC.md", "owners.yaml");
    const { files, skipped } = discover(root, {});
    expect(files.map(({ path }) => path)).toEqual([
      "a/docs/X/DOC.md",
      "a/docs/x/DOC.md",
      "b/docs/x/DOC.md",
      "owners.yaml",
    ]);
    expect(Buffer.from(files[3]?.bytes ?? []).toString()).toBe("owners.yaml");
    expect(skipped).toEqual([]);
  });

  it("leaves out what must not be published, and says why", () => {
    write(
      "a/.env",
      ".git/config",
      "dist/manifest.json",
      "a/docs/dist/x.md",
      "a/docs/a b.md",
      "drafts/x.md",
    );
    symlinkSync("/etc/passwd", join(root, "a/passwd.md"));
    const found = discover(root, { ignore: ["drafts/**"] });
    expect(found.files.map(({ path }) => path)).toEqual(["a/docs/dist/x.md"]);
    expect(found.skipped).toEqual([
      { path: ".git", reason: "dotfile" },
      { path: "a/.env", reason: "dotfile" },
      {
        path: "a/docs/a b.md",
        reason: 'path grammar: segment "a b.md" is not [A-Za-z0-9_][A-Za-z0-9._-]*',
      },
      { path: "a/passwd.md", reason: "symbolic link" },
      { path: "dist", reason: "build output" },
      { path: "drafts/x.md", reason: "ignored" },
    ]);
    expect(
      skippedDiagnostics(found).map(({ file, rule, severity }) => `${file} ${rule} ${severity}`),
    ).toEqual([
      ".git files/not-published info",
      "a/.env files/not-published info",
      "a/docs/a b.md files/portable-path error",
      "a/passwd.md files/no-symlink error",
    ]);
  });

  it("fails with a code when the folder is not there", () => {
    expect(() => discover(join(root, "none"), {})).toThrow(
      expect.objectContaining({ code: "LOCAL_IO" }),
    );
  });
});

describe("globMatcher", () => {
  it.each([
    ["acme/**", "acme/docs/x/DOC.md", true],
    ["acme/**", "acmes/x", false],
    ["*.txt", "a/b/c.txt", true],
    ["a/*.txt", "a/b/c.txt", false],
    ["**/x/{a,b}.md", "q/x/b.md", true],
    ["a?c/*", "abc/d", true],
    ["a.c/*", "abc/d", false],
    ["drafts/", "drafts/a/b", true],
  ])("%s on %s: %s", (glob, path, expected) => {
    expect(globMatcher([glob])(path)).toBe(expected);
  });
});

describe("selectContent", () => {
  it("finds the tree that paths belong to", () => {
    write("content/acme/docs/x/DOC.md", "other/acme/docs/x/DOC.md");
    const select = (...paths: string[]) =>
      selectContent(paths, { configured: join(root, "content"), cwd: root });
    expect(select()).toEqual({ contentRoot: join(root, "content"), paths: [""] });
    expect(select("content/acme")).toEqual({ contentRoot: join(root, "content"), paths: ["acme"] });
    expect(select("other")).toEqual({ contentRoot: join(root, "other"), paths: [""] });
    expect(select("other/acme")).toEqual({ contentRoot: join(root, "other"), paths: ["acme"] });
    expect(select("other/acme/docs/x/DOC.md")).toEqual({
      contentRoot: join(root, "other"),
      paths: ["acme/docs/x/DOC.md"],
    });
    expect(() => select("content", "other")).toThrow(expect.objectContaining({ code: "USAGE" }));
    expect(() => select("nothing")).toThrow(expect.objectContaining({ code: "USAGE" }));
  });
});

it("finds the nearest configuration", () => {
  write("chub.config.json", "a/b/c.txt");
  expect(findConfig(join(root, "a/b"))).toEqual({
    path: join(root, "chub.config.json"),
    text: "chub.config.json",
  });
});
