import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bundleBin } from "../../../../tools/build/bundle-bin.mjs";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

// What a run loads: the files that it names by import(), read from the source of the command.
const files = await bundleBin({
  entry: "src/main.ts",
  outfile: "dist/chub.cjs",
  cwd: PACKAGE,
  write: false,
});

function sourcesOf(...names: string[]): string[] {
  return names.flatMap((name) =>
    Object.keys(files.find(({ file }) => file === name)?.inputs ?? { [`missing ${name}`]: 0 }),
  );
}

it("parses nothing for --version that it does not use", () => {
  const loaded = sourcesOf("chub.cjs");
  expect(
    loaded.filter((path) =>
      /node_modules|registry\/src\/(?!chub-error)|src\/(commands|get|help|entry)\//.test(path),
    ),
  ).toEqual([]);
});

it("searches and gets without a YAML library, a schema validator, or the compiler", () => {
  const loaded = sourcesOf(
    "chub.cjs",
    "chub-get.cjs",
    "chub-search.cjs",
    "chub-open-reader.cjs",
    "chub-searching.cjs",
  );
  expect(loaded.filter((path) => path.startsWith("missing"))).toEqual([]);
  expect(
    loaded.filter((path) => /yaml|ajv|validator|toml|compiler|npm-registry-fetch/.test(path)),
  ).toEqual(["src/run-compiler.ts"].filter((path) => loaded.includes(path)));
});

it("gets without the search: its index, its words and its stems", () => {
  const loaded = sourcesOf("chub.cjs", "chub-get.cjs", "chub-open-reader.cjs");
  expect(
    loaded.filter((path) => /porter2|search\/(?!edit-distance)|answer-search/.test(path)),
  ).toEqual([]);
});

it("has the compiler in none of its files", () => {
  const loaded = files.flatMap(({ inputs }) => Object.keys(inputs));
  expect(
    loaded.filter((path) => path.includes("packages/compiler") || path.startsWith("../compiler")),
  ).toEqual([]);
  expect(loaded.some((path) => path.includes("/yaml/"))).toBe(true);
});
