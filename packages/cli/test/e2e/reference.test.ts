// The published Context Hub client and chub side by side, on the same artifacts with the same configuration.
// Where they differ on purpose, docs/differences-from-context-hub.md says why.
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schemaProblems } from "../schema-problems.ts";
import { buildChub, runNode } from "./built-chub.ts";
import type { BuiltChub } from "./built-chub.ts";
import { buildScene, QUIET, REFERENCE } from "./scene.ts";
import type { Scene } from "./scene.ts";

let chub: BuiltChub;
let scene: Scene;
const homes = new Map<string, string>();

beforeAll(async () => {
  [chub, scene] = await Promise.all([buildChub(), buildScene()]);
  homes.set("ours", scene.home("home-ours", scene.ours));
  homes.set("theirs", scene.home("home-theirs", scene.theirs));
});
afterAll(() => {
  chub.remove();
  scene.remove();
});

describe.each(["theirs", "ours"])("on the artifact %s", (artifact) => {
  it.each([
    ["several documents", "get acme/widgets zeta/deploy --lang js"],
    ["all files of a document", "get acme/widgets --lang js --full"],
    ["all files of several", "get acme/widgets acme/cloud --lang js --full"],
    ["several files", "get acme/widgets --lang js --file DOC.md,references/errors.md"],
  ])("prints %s the same", (_, commandLine) => {
    const { ours, reference } = both(artifact, commandLine);
    expect(ours).toEqual(reference);
    expect(ours.stdout).toContain("# Acme widgets");
  });

  it.each([
    ["a skill", "get zeta/deploy", "zeta/skills/deploy/SKILL.md"],
    ["a document", "get acme/cloud --lang py", "acme/docs/cloud/python/DOC.md"],
    ["a version", "get zeta/queue --lang python --version 1.4.0", "zeta/docs/queue/v1/DOC.md"],
    ["the recommended version", "get zeta/queue --lang python", "zeta/docs/queue/v2/DOC.md"],
    [
      "a file",
      "get acme/widgets --lang javascript --file references/errors.md",
      "acme/docs/widgets/references/errors.md",
    ],
  ])("prints exactly %s, before what the reference adds", (_, commandLine, path) => {
    const { ours, reference } = both(artifact, commandLine);
    expect(ours).toEqual({
      status: 0,
      stdout: readFileSync(join(scene.root, "content", path), "utf8"),
    });
    expect(reference.stdout.startsWith(ours.stdout)).toBe(true);
  });

  it("announces additional files where the reference does", () => {
    const { ours, reference } = both(artifact, "get acme/widgets --lang js");
    const announced = "Additional files available (use --file to fetch):\n  references/errors.md\n";
    expect([ours.stdout.includes(announced), reference.stdout.includes(announced)]).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    ["a file", "get acme/widgets --lang js -o OUT/doc.md"],
    ["a file of several", "get acme/widgets zeta/deploy --lang js -o OUT/both.md"],
    ["a folder", "get acme/widgets --lang js -o OUT/"],
    ["a folder of several", "get acme/widgets zeta/deploy --lang js -o OUT/"],
    ["all files", "get acme/widgets --lang js --full -o OUT"],
    ["all files of several", "get acme/widgets zeta/deploy --lang js --full -o OUT"],
  ])("writes %s the same", (_, commandLine) => {
    const folders = ["mine", "theirs"].map((name) =>
      join(scene.root, `written-${artifact}-${name}`, String(commandLine.length)),
    );
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    const [mine = "", other = ""] = folders;
    expect(run(chub.bin, artifact, commandLine.replace("OUT", mine)).status).toBe(0);
    expect(run(REFERENCE, artifact, commandLine.replace("OUT", other)).status).toBe(0);
    expect(treeOf(mine)).toEqual(treeOf(other));
    expect(treeOf(mine).length).toBeGreaterThan(0);
  });

  it.each([
    "get acme/widgets --lang js --json",
    "get zeta/deploy --json",
    "get acme/widgets --lang js --file references/errors.md --json",
  ])("answers `%s` with the reference's keys and values", (commandLine) => {
    const { ours, reference } = both(artifact, commandLine);
    expect(JSON.parse(ours.stdout)).toMatchObject(JSON.parse(reference.stdout) as object);
    expect(schemaProblems("cli-get", JSON.parse(ours.stdout))).toEqual([]);
  });

  it.each([
    "get acme/widgets zeta/deploy --lang js --json",
    "get acme/widgets --lang js --full --json",
  ])("answers `%s` with an array, and the content that the reference leaves out", (commandLine) => {
    const { ours, reference } = both(artifact, commandLine);
    const texts = JSON.parse(ours.stdout) as {
      id: string;
      type: string;
      content?: string;
      parts?: unknown[];
    }[];
    const bare = (JSON.parse(reference.stdout) as { id: string; type: string }[]).map(
      ({ id, type }) => ({ id, type }),
    );
    expect(texts.map(({ id, type }) => ({ id, type }))).toEqual(bare);
    expect(texts.map(({ content, parts }) => content ?? parts).includes(undefined)).toBe(false);
  });

  it("lists the same entries", () => {
    const { ours, reference } = both(artifact, "search --json");
    const ids = (json: string) =>
      (JSON.parse(json) as { results: { id: string }[] }).results.map(({ id }) => id).sort();
    expect(ids(ours.stdout)).toEqual(ids(reference.stdout));
    expect(JSON.parse(ours.stdout)).toMatchObject({
      total: (JSON.parse(reference.stdout) as { total: number }).total,
    });
  });

  it.each(["deploy", "widgets", "queue", "acme cloud"])(
    "finds what the reference finds for %s, with its keys",
    (query) => {
      const mine = JSON.parse(
        run(chub.bin, artifact, ["search", query, "--json"]).stdout,
      ) as SearchJson;
      const other = JSON.parse(
        run(REFERENCE, artifact, ["search", query, "--json"]).stdout,
      ) as SearchJson;
      expect(mine.query).toBe(other.query);
      expect(mine.results[0]?.id).toBe(other.results[0]?.id);
      const [first, theirFirst] = [mine.results[0], other.results[0]];
      // Its private keys, the size of a folder whose files have none, and a key that only our artifact has.
      const others = new Set(["size", "digest"]);
      const keys = Object.keys(theirFirst ?? {}).filter(
        (key) => !key.startsWith("_") && !others.has(key),
      );
      expect(keys.filter((key) => !(key in (first ?? {})))).toEqual([]);
    },
  );

  it.each([
    ["get no/such", 3],
    ["get acme/cloud", 2],
    ["get acme/cloud --lang ruby", 3],
    ["get acme/widgets --lang js --version 9.9.9", 3],
    ["get acme/widgets --lang js --file nothing.md", 3],
    ["get", 2],
    ["get acme/widgets --no-such-option", 2],
    ["nonsense", 2],
    ["help search extra", 2],
  ])("fails where the reference fails: %s", (commandLine, exitCode) => {
    const { ours, reference } = both(artifact, commandLine);
    expect({ ours: ours.status, reference: reference.status }).toEqual({
      ours: exitCode,
      reference: 1,
    });
    expect(ours.stdout).toBe("");
  });

  it("answers a miss in JSON with the reference's key", () => {
    const { ours, reference } = both(artifact, "get no/such --json");
    expect(Object.keys(JSON.parse(reference.stdout) as object)).toEqual(["error"]);
    expect(schemaProblems("cli-error", JSON.parse(ours.stdout))).toEqual([]);
  });
});

describe("differences on purpose", () => {
  it("takes the only language without --lang", () => {
    const { ours, reference } = both("theirs", "get zeta/queue");
    expect({ ours: ours.status, reference: reference.status }).toEqual({ ours: 0, reference: 1 });
  });

  it("calls a wrong limit a mistake, not an empty result", () => {
    const { ours, reference } = both("theirs", "search queue --limit abc");
    expect(reference).toMatchObject({ status: 0, stdout: expect.stringContaining("No results") });
    expect(ours).toEqual({ status: 2, stdout: "" });
  });

  it("finds what stands only in the body", () => {
    const { ours, reference } = both("ours", "search verifyWebhook --json");
    expect(JSON.parse(reference.stdout)).toMatchObject({ total: 0 });
    expect(JSON.parse(ours.stdout)).toMatchObject({ total: 3 });
  });

  it("takes a version range", () => {
    const { ours, reference } = both("theirs", "get zeta/queue --lang py --version ^1");
    expect({ ours: ours.status, reference: reference.status }).toEqual({ ours: 0, reference: 1 });
  });

  it("takes a query of several words without quotes", () => {
    const { ours, reference } = both("theirs", "search deploy queue");
    expect({ ours: ours.status, reference: reference.status }).toEqual({ ours: 0, reference: 1 });
  });
});

interface SearchJson {
  readonly query: string;
  readonly results: readonly { readonly id: string }[];
}

function both(artifact: string, commandLine: string) {
  return {
    ours: run(chub.bin, artifact, commandLine),
    reference: run(REFERENCE, artifact, commandLine),
  };
}

function run(bin: string, artifact: string, commandLine: string | readonly string[]) {
  const argv = typeof commandLine === "string" ? commandLine.split(" ") : commandLine;
  const env = { ...QUIET, CHUB_DIR: homes.get(artifact) ?? "" };
  const { status, stdout } = runNode(bin, argv, { cwd: scene.root, env });
  return { status, stdout };
}

/** Every file below a folder, with its text. */
function treeOf(folder: string): (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(folder.length), readFileSync(path, "utf8")] as const);
}
