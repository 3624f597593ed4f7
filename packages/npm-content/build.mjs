// Compiles ../../content into dist/artifact and writes the module that says where it is. Fails on any error in the content.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildContent } from "@chub/compiler";

const root = dirname(fileURLToPath(import.meta.url));
const outputPath = join(root, "dist/artifact");
const { artifact, diagnostics, entries } = await buildContent({
  contentRoot: join(root, "../../content"),
  outputPath,
});

if (artifact === null) {
  for (const { severity, file, range, code, message } of diagnostics) {
    if (severity === "error")
      console.error(
        `content/${file}:${range.start.line}:${range.start.column}: ${code} ${message}`,
      );
  }
  rmSync(join(root, "dist"), { recursive: true, force: true });
  process.exit(1);
}

const { format } = JSON.parse(readFileSync(join(outputPath, "manifest.json"), "utf8"));
mkdirSync(join(root, "dist"), { recursive: true });
writeFileSync(
  join(root, "dist/index.js"),
  `import { fileURLToPath } from "node:url";

export const directory = fileURLToPath(new URL("./artifact/", import.meta.url));
export const contentDigest = "${artifact.digest}";
export const format = ${format};
export const entryCount = ${entries.length};
`,
);
writeFileSync(
  join(root, "dist/index.d.ts"),
  `/** Absolute path of the artifact folder: registry.json, indexes, structured documents, Markdown. Works offline. */
export declare const directory: string;
/** Root digest of the artifact (sha256, hex), as in its manifest.json: the same digest is the same content. */
export declare const contentDigest: string;
/** Format number of the artifact. */
export declare const format: number;
/** Documents and skills in the artifact. */
export declare const entryCount: number;
`,
);
console.log(`${entries.length} entries, digest ${artifact.digest}`);
