import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTar } from "./read-tar.ts";
import type { Artifact } from "../src/7-index/artifact.ts";
import { openOutput } from "../src/8-emit/output-folder.ts";

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "chub-emit-"));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function artifactOf(files: Readonly<Record<string, string>>): Artifact {
  const parts = Object.entries(files).map(([path, text]) => ({
    path,
    size: text.length,
    sha256: "",
    bytes: () => Buffer.from(text),
  }));
  return { parts, digest: "" };
}

const tree = (): string[] =>
  readdirSync(work, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(work.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();

describe("openOutput", () => {
  it("replaces an artifact as a whole and leaves nothing beside it", async () => {
    const place = join(work, "dist");
    await openOutput(place).commit(artifactOf({ "acme/old/DOC.md": "old", "manifest.json": "{}" }));
    const output = openOutput(place);
    const read = output.put("ast/early.json", Buffer.from("early"));
    expect(Buffer.from(read()).toString()).toBe("early");
    await output.commit({
      digest: "",
      parts: [
        { path: "ast/early.json", size: 5, sha256: "", bytes: read },
        ...artifactOf({ "acme/new/DOC.md": "new", "manifest.json": "{}" }).parts,
      ],
    });
    expect(tree()).toEqual([
      "dist/acme/new/DOC.md",
      "dist/ast/early.json",
      "dist/bundle.tar.gz",
      "dist/manifest.json",
    ]);
    expect(readFileSync(join(place, "acme/new/DOC.md"), "utf8")).toBe("new");
    const bundle = readTar(gunzipSync(readFileSync(join(place, "bundle.tar.gz"))));
    expect([...bundle].map(([path, bytes]) => [path, bytes.toString()])).toEqual([
      ["ast/early.json", "early"],
      ["acme/new/DOC.md", "new"],
      ["manifest.json", "{}"],
    ]);
  });

  it("leaves the last good artifact when the build stops", async () => {
    const place = join(work, "dist");
    await openOutput(place).commit(artifactOf({ "manifest.json": "{}" }));
    const output = openOutput(place);
    output.put("ast/half.json", Buffer.from("half"));
    output.discard();
    expect(tree()).toEqual(["dist/bundle.tar.gz", "dist/manifest.json"]);
  });

  it("does not touch a folder that it did not write", () => {
    mkdirSync(join(work, "home"));
    writeFileSync(join(work, "home/letter.txt"), "dear");
    expect(() => openOutput(join(work, "home"))).toThrow(
      expect.objectContaining({ code: "USAGE" }),
    );
    expect(() => openOutput(join(work, "home/letter.txt"))).toThrow(
      expect.objectContaining({ code: "USAGE" }),
    );
    expect(tree()).toEqual(["home/letter.txt"]);
  });

  it("fills an empty folder", async () => {
    mkdirSync(join(work, "dist"));
    await openOutput(join(work, "dist")).commit(artifactOf({ "manifest.json": "{}" }));
    expect(tree()).toEqual(["dist/bundle.tar.gz", "dist/manifest.json"]);
  });

  it("says which file could not be written", async () => {
    const output = openOutput(join(work, "dist"));
    output.put("a", Buffer.from("a file where a folder is needed"));
    await expect(output.commit(artifactOf({ "a/b": "b" }))).rejects.toMatchObject({
      code: "LOCAL_IO",
    });
  });
});
