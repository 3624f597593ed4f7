import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { directorySource } from "../src/index.ts";
import { writeTree } from "./fixture-artifact.ts";
import { codeOf, sourceContract } from "./source-contract.ts";

sourceContract("path", async (files) => {
  const directory = writeTree(files);
  return {
    source: directorySource({ name: "main", kind: "path", directory }),
    close: async () => rmSync(directory, { recursive: true }),
  };
});

it("A4: follows links inside its folder, and none that leaves it", async () => {
  const outside = writeTree(
    new Map([
      ["secret.md", "secret"],
      ["folder/inner.md", "inner"],
    ]),
  );
  const directory = writeTree(new Map([["real.md", "real"]]));
  symlinkSync(join(directory, "real.md"), join(directory, "inside.md"));
  symlinkSync(join(outside, "secret.md"), join(directory, "outside.md"));
  symlinkSync(join(outside, "folder"), join(directory, "folder"));
  symlinkSync(join(outside, "missing.md"), join(directory, "dangling.md"));
  mkdirSync(`${directory}-sibling`);
  writeFileSync(join(`${directory}-sibling`, "x.md"), "x");
  symlinkSync(join(`${directory}-sibling`, "x.md"), join(directory, "sibling.md"));
  const source = directorySource({ name: "main", kind: "path", directory });
  expect(Buffer.from((await source.read("inside.md")) ?? []).toString()).toBe("real");
  expect(await codeOf(source.read("outside.md"))).toBe("INTEGRITY");
  expect(await codeOf(source.open("folder/inner.md"))).toBe("INTEGRITY");
  expect(await codeOf(source.read("sibling.md"))).toBe("INTEGRITY");
  expect(await source.read("dangling.md")).toBe(null);
  for (const path of [outside, directory, `${directory}-sibling`])
    rmSync(path, { recursive: true });
});

it("reads a folder that is itself reached through a link", async () => {
  const directory = writeTree(new Map([["a.md", "a"]]));
  symlinkSync(directory, `${directory}-link`);
  const source = directorySource({ name: "main", kind: "path", directory: `${directory}-link` });
  expect(Buffer.from((await source.read("a.md")) ?? []).toString()).toBe("a");
  rmSync(`${directory}-link`);
  rmSync(directory, { recursive: true });
});

it("gives nothing for a folder that is not there", async () => {
  const source = directorySource({ name: "main", kind: "path", directory: "/nonexistent/chub" });
  expect(await source.read("registry.json")).toBe(null);
});
