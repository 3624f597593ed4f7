// Puts the token vocabulary into dist, so that the published package does not depend on the 30 MB package it comes from.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const outfile = join(
  dirname(fileURLToPath(import.meta.url)),
  "dist/5-extract/tokens/o200k-vocabulary.js",
);
const origin = dirname(createRequire(import.meta.url).resolve("gpt-tokenizer/package.json"));
const { version } = JSON.parse(readFileSync(join(origin, "package.json"), "utf8"));
const licence = readFileSync(join(origin, "LICENSE"), "utf8").trim();

await build({
  entryPoints: [outfile],
  outfile,
  allowOverwrite: true,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  charset: "utf8",
  minify: true,
  legalComments: "none",
  banner: { js: `/*\nVocabulary of o200k_base from gpt-tokenizer ${version}.\n\n${licence}\n*/` },
  logLevel: "warning",
});
