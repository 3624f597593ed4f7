import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BundledChubc, bundleChubc } from "./bundle-chubc.ts";
import { SOUND_DOC } from "./lint-support.ts";

let program: BundledChubc;
let work: string;
beforeAll(async () => {
  program = await bundleChubc();
});
afterAll(() => program.remove());
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "chub-lint-"));
  write("content/acme/docs/widget/DOC.md", SOUND_DOC);
  return () => rmSync(work, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}

function chubc(...args: string[]) {
  const env = { PATH: process.env["PATH"] ?? "", XDG_CACHE_HOME: join(work, "cache") };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program.script, ...args], {
    cwd: work,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr: stderr.replace(/\d+\.\d s/, "N s") };
}

const BAD_VALUES =
  "---\nname: ../../evil name\ndescription: Text of three words.\nkey: 1\nmetadata:\n  languages: pythn\n  versions: latest!!\n  source: super-official\n  updated-on: yesterday\n  revision: -4\n---\n\n# A\n\n[b](missing.md)\n\n```js\nopen();\n";

describe("chubc lint", () => {
  it("ends with 0 when there is nothing to say", () => {
    expect(chubc("lint")).toEqual({
      status: 0,
      stdout: "",
      stderr: "1 file: 0 errors, 0 warnings, N s\n",
    });
  });

  it("finds every fault of every file in one run", () => {
    write("content/acme/docs/evil/DOC.md", BAD_VALUES);
    write("content/acme/docs/yaml/DOC.md", "---\nname: [a\n---\n");
    const { status, stdout } = chubc("lint", "--format", "jsonl");
    const rules = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { rule: string; file: string });
    expect(status).toBe(1);
    expect(
      rules
        .filter(({ file }) => file.includes("evil"))
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(
      [
        "code/closed-fence",
        "frontmatter/known-value",
        "frontmatter/name",
        "frontmatter/unknown-key",
        "frontmatter/value",
        "frontmatter/value",
        "links/resolve",
      ].sort(),
    );
    expect(rules.filter(({ file }) => file.includes("yaml")).map(({ rule }) => rule)).toEqual([
      "frontmatter/yaml",
      "structure/one-h1",
    ]);
  });

  it("only looks at the paths it is given", () => {
    write("content/other/docs/x/DOC.md", "# A\n");
    expect(chubc("lint", "content/acme").status).toBe(0);
    expect(chubc("lint", "content/other/docs/x/DOC.md").status).toBe(1);
  });

  it("repairs files, or shows what it would repair", () => {
    const faulty = SOUND_DOC.replace('versions: "1.4.0"', "versions: 1.4\n  tags: [a, b]");
    write("content/acme/docs/widget/DOC.md", faulty);
    const shown = chubc("lint", "--fix-dry-run");
    expect(shown.stdout).toContain(
      '-  versions: 1.4\n-  tags: [a, b]\n+  versions: "1.4"\n+  tags: "a,b"\n',
    );
    expect(readFileSync(join(work, "content/acme/docs/widget/DOC.md"), "utf8")).toBe(faulty);
    expect(chubc("lint", "--fix").stderr).toContain("2 fixed");
    expect(readFileSync(join(work, "content/acme/docs/widget/DOC.md"), "utf8")).toBe(
      SOUND_DOC.replace('versions: "1.4.0"', 'versions: "1.4"\n  tags: "a,b"'),
    );
  });

  it("follows chub.config.json, by rule and by path", () => {
    write("docs/acme/docs/widget/DOC.md", SOUND_DOC.replace("```js", "```"));
    const config = {
      content: "docs",
      rules: { "code/fence-language": "error" },
      overrides: [{ files: ["acme/**"], rules: { "code/fence-language": "off" } }],
    };
    write("chub.config.json", JSON.stringify({ ...config, overrides: [] }));
    expect(chubc("lint").status).toBe(1);
    write("chub.config.json", JSON.stringify(config));
    expect(chubc("lint").status).toBe(0);
  });

  it("counts warnings against a limit", () => {
    write("content/acme/docs/widget/DOC.md", SOUND_DOC.replace("```js", "```"));
    expect([chubc("lint").status, chubc("lint", "--max-warnings", "0").status]).toEqual([0, 1]);
    expect(chubc("lint", "--quiet").stdout).toBe("");
  });

  it("gives the same findings with the reference parser", () => {
    write("content/acme/docs/evil/DOC.md", BAD_VALUES);
    expect(chubc("lint", "--engine", "remark", "--format", "json").stdout).toBe(
      chubc("lint", "--format", "json").stdout,
    );
  });

  it.each([
    ["an option that does not exist", ["lint", "--frmat"]],
    ["a format that does not exist", ["lint", "--format", "xml"]],
    ["a limit that is no number", ["lint", "--max-warnings", "few"]],
    ["a path that does not exist", ["lint", "nothing"]],
    ["a configuration that does not exist", ["lint", "--config", "nothing.json"]],
    ["a command that does not exist", ["lnt"]],
    ["a rule that does not exist", ["explain", "nothing/at-all"]],
  ])("ends with 2 for %s", (_, args) => {
    expect(chubc(...args).status).toBe(2);
  });

  it.each([
    ["not json", "{"],
    ["an unknown key", '{"ruls": {}}'],
    ["an unknown rule", '{"rules": {"code/nothing": "off"}}'],
    ["an unknown severity", '{"rules": {"code/syntax": "loud"}}'],
  ])("ends with 2 for a configuration with %s", (_, text) => {
    write("chub.config.json", text);
    expect(chubc("lint").status).toBe(2);
  });
});

describe("chubc", () => {
  it("has help with examples for every command", () => {
    const main = chubc("--help");
    const names = [...main.stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = ""]) => name);
    expect(names).toEqual(expect.arrayContaining(["lint", "explain", "rules", "build"]));
    for (const name of names) expect(chubc(name, "--help").stdout).toContain("Examples:");
  });

  it("explains codes and rules, and lists them", () => {
    expect(chubc("explain", "CHUB1014").stdout).toContain("frontmatter/name");
    expect(chubc("explain", "frontmatter/name").stdout).toBe(chubc("explain", "chub1014").stdout);
    expect(chubc("rules").stdout.split("\n").length).toBeGreaterThan(70);
  });

  it("suggests a command, and says its version", () => {
    expect(chubc("lnt").stderr).toContain("chubc lint");
    expect(chubc("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
