import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ARTIFACT_FILES } from "@chub/registry";
import { afterAll, describe, expect, it } from "vitest";
import { buildContent } from "../src/index.ts";
import { readTar } from "./read-tar.ts";

const golden = join(import.meta.dirname, "golden");
const work = mkdtempSync(join(tmpdir(), "chub-golden-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** `UPDATE_GOLDEN=1` writes `expected/` anew: read the difference before committing it. */
const update = process.env["UPDATE_GOLDEN"] === "1";

function filesBelow(root: string): Map<string, Buffer> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    paths.map((path) => [path.slice(root.length + 1).replaceAll("\\", "/"), readFileSync(path)]),
  );
}

describe.each(readdirSync(golden))("golden/%s", (name) => {
  const contentRoot = join(golden, name, "content");
  const expectedRoot = join(golden, name, "expected");

  it("compiles to exactly the committed bytes, twice", async () => {
    for (const run of ["first", "second"]) {
      const outputPath = join(work, name, run);
      const { broken, artifact } = await buildContent({ contentRoot, outputPath });
      expect(broken).toEqual([]);
      const written = filesBelow(outputPath);
      expect([...written.keys()].filter((path) => path !== ARTIFACT_FILES.bundle).sort()).toEqual(
        artifact?.parts.map(({ path }) => path).sort(),
      );
      // gzip differs between versions of zlib, so what is compared is what is inside.
      const bundle = readTar(gunzipSync(written.get(ARTIFACT_FILES.bundle)!));
      written.delete(ARTIFACT_FILES.bundle);
      expect(bundle).toEqual(written);
      if (update && run === "first") replaceExpected(outputPath, expectedRoot);
      const expected = filesBelow(expectedRoot);
      expect([...written.keys()]).toEqual([...expected.keys()]);
      const different = [...expected].filter(
        ([path, bytes]) => written.get(path)?.equals(bytes) !== true,
      );
      expect(different.map(([path]) => path)).toEqual([]);
    }
  });
});

function replaceExpected(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  rmSync(join(to, ARTIFACT_FILES.bundle));
}
