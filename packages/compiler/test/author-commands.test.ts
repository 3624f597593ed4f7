import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CommandIo } from "../src/bin/command.ts";
import { newCommand } from "../src/bin/commands/new.ts";
import { type BundledChubc, bundleChubc } from "./bundle-chubc.ts";
import { SOUND_DOC } from "./lint-support.ts";

let program: BundledChubc;
let work: string;
beforeAll(async () => {
  program = await bundleChubc();
}, 60_000);
afterAll(() => program.remove());
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "chub-author-"));
  return () => rmSync(work, { recursive: true, force: true });
});

const DOC = "content/acme/docs/widget/DOC.md";
const ENV = {
  PATH: process.env["PATH"] ?? "",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
};

function write(path: string, text: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}

const read = (path: string): string => readFileSync(join(work, path), "utf8");

function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: work,
    env: { ...ENV, ...env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const chubc = (...args: string[]) => run(process.execPath, [program.script, ...args]);

function git(...args: string[]): string {
  const { status, stdout, stderr } = run("git", args);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** `rule file` of every finding. */
function rulesIn({ stdout }: { stdout: string }): readonly string[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { rule: string; file: string })
    .map(({ rule, file }) => `${rule} ${file}`);
}

describe("chubc new", () => {
  const FLAGS = ["--language", "js", "--package-version", "1.4.0"];

  it("makes a document whose only findings are the sections to write", () => {
    const { status, stdout } = chubc(
      "new",
      "doc",
      "acme/on",
      "--description",
      'Say "yes": #1',
      ...FLAGS,
    );
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "content/acme/docs/on/javascript/DOC.md\n",
    });
    expect(new Set(rulesIn(chubc("lint", "--format", "jsonl")))).toEqual(
      new Set(["structure/no-empty-section content/acme/docs/on/javascript/DOC.md"]),
    );
  });

  it("makes a skill in the same way", () => {
    expect(
      chubc(
        "new",
        "skill",
        "acme/deploy",
        "--description",
        "Deploys a service and checks that it answers.",
      ).status,
    ).toBe(0);
    expect(new Set(rulesIn(chubc("lint", "--format", "jsonl")))).toEqual(
      new Set(["structure/no-empty-section content/acme/skills/deploy/SKILL.md"]),
    );
  });

  it("overwrites nothing", () => {
    const args = ["new", "doc", "acme/widget", "--description", "A.", ...FLAGS];
    write("content/acme/docs/widget/javascript/DOC.md", "mine");
    expect(chubc(...args).status).toBe(2);
    expect(read("content/acme/docs/widget/javascript/DOC.md")).toBe("mine");
  });

  it.each([
    ["no id", ["doc"]],
    ["another kind", ["page", "a/b"]],
    ["an id that leaves the folder", ["doc", "../evil", "--description", "A.", ...FLAGS]],
    ["a missing answer", ["doc", "a/b"]],
    ["an unknown language", ["doc", "a/b", "--description", "A.", "--language", "pythn"]],
    ["no version", ["skill", "a/b", "--description", ""]],
  ])("ends with 2 for %s", (_, args) => {
    expect(chubc("new", ...args).status).toBe(2);
  });

  it("asks for what is missing, again until the answer will do", async () => {
    const answers = ["", "Create and list widgets.", "pythn", "python", "1.0"];
    const said: string[] = [];
    const io: CommandIo = {
      out: async (text) => void said.push(text),
      err: async (text) => void said.push(text),
      ask: async (question) => {
        said.push(question);
        return answers.shift() ?? "";
      },
      program: "chubc",
      env: {},
      cwd: work,
      outIsTerminal: true,
      errIsTerminal: true,
      columns: 80,
      today: "2026-11-24",
      elapsedMs: () => 0,
    };
    expect(await newCommand.run(["doc", "acme/widgets"], io)).toBe(0);
    expect(said).toEqual([
      "What does it cover, and when should it be used: ",
      "expected one line of at most 1,024 characters\n",
      "What does it cover, and when should it be used: ",
      "Programming language of its code: ",
      "unknown language, did you mean python?\n",
      "Programming language of its code: ",
      "Version of the package that it documents: ",
      "content/acme/docs/widgets/python/DOC.md\n",
      "Write its sections, then `chubc lint content/acme/docs/widgets/python/DOC.md`.\n",
    ]);
    expect(read("content/acme/docs/widgets/python/DOC.md")).toBe(
      '---\nname: widgets\ndescription: "Create and list widgets."\nmetadata:\n  languages: "python"\n  versions: "1.0"\n  revision: "1"\n  updated-on: "2026-11-24"\n  source: community\n---\n\n# Widgets\n\nCreate and list widgets.\n\n## Install\n\n## First call\n',
    );
  });
});

describe("chubc stats", () => {
  it("counts the tree, as a table, as JSON and as Markdown", () => {
    write(DOC, SOUND_DOC);
    write(
      "content/acme/docs/gadget/DOC.md",
      SOUND_DOC.replace("name: widget", "name: gadget").replace("```js", "```"),
    );
    const { status, stdout } = chubc("stats", "--json", "--today", "2026-05-15");
    expect(status).toBe(0);
    const stats = JSON.parse(stdout) as Record<string, unknown>;
    expect(stats).toMatchObject({
      docs: 2,
      skills: 0,
      files: 2,
      languages: [{ name: "javascript", count: 2 }],
      code: { passed: 1, failed: 0, unchecked: 1 },
      freshness: {
        medianDays: 120,
        buckets: [
          { name: "up to 90 days", count: 0 },
          { name: "91 to 180 days", count: 2 },
          { name: "181 to 365 days", count: 0 },
          { name: "older", count: 0 },
          { name: "without a day", count: 0 },
        ],
      },
    });
    expect(stats["findings"]).toContainEqual({
      name: "code/fence-language",
      count: 1,
      severity: "warning",
    });
    expect(chubc("stats", "--today", "2026-05-15").stdout).toMatch(/^Content\n {2}documents +2\n/);
    expect(chubc("stats", "--markdown").stdout).toContain(
      "| Content | |\n|---|--:|\n| documents | 2 |\n",
    );
  });

  it.each([[["--json", "--markdown"]], [["--today", "yesterday"]], [["a", "b"]]])(
    "ends with 2 for %j",
    (args) => {
      expect(chubc("stats", ...args).status).toBe(2);
    },
  );
});

describe("chubc lint with git", () => {
  beforeEach(() => {
    write(DOC, SOUND_DOC);
    write(
      "content/acme/docs/other/DOC.md",
      SOUND_DOC.replace("name: widget", "name: other")
        .replace("widgets with", "others with")
        .replace("```js", "```"),
    );
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "Start");
  });

  it("checks what is staged, as it is staged", () => {
    expect(rulesIn(chubc("lint", "--staged", "--format", "jsonl"))).toEqual([]);
    write(DOC, `${SOUND_DOC}\n## Empty\n`);
    git("add", DOC);
    write(DOC, SOUND_DOC);
    expect(rulesIn(chubc("lint", "--staged", "--format", "jsonl"))).toEqual([
      "structure/no-empty-section content/acme/docs/widget/DOC.md",
    ]);
    git("add", DOC);
    write(DOC, `${SOUND_DOC}\n## Empty\n`);
    expect(rulesIn(chubc("lint", "--staged", "--format", "jsonl"))).toEqual([]);
  });

  it("stops a commit from the hook of docs/pre-commit.md", () => {
    const page = readFileSync(join(import.meta.dirname, "../../../docs/pre-commit.md"), "utf8");
    const hook = /```sh\n(#!\/bin\/sh\n[\s\S]*?)```/.exec(page)?.[1] ?? "";
    expect(hook).toContain("chubc lint --staged");
    // The hook runs the installed chubc.
    write(
      "bin/npx",
      `#!/bin/sh\nshift; shift; shift\nexec "${process.execPath}" "${program.script}" "$@"\n`,
    );
    writeFileSync(join(work, ".git/hooks/pre-commit"), hook, { mode: 0o755 });
    run("chmod", ["+x", "bin/npx"]);
    const path = { PATH: `${join(work, "bin")}:${ENV.PATH}` };
    const commit = () => run("git", ["commit", "-qam", "Change"], path);
    write(DOC, SOUND_DOC.replace("name: widget", "name: ../evil"));
    const refused = commit();
    expect(refused.status).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("frontmatter/name");
    write(DOC, SOUND_DOC.replace("Create and list widgets.\n\n##", "Create widgets.\n\n##"));
    expect(commit().status).toBe(0);
  });

  it("asks for a higher revision where the text changed since the base", () => {
    git("checkout", "-qb", "change");
    const changed = SOUND_DOC.replace("await widgets.create", "await widgets.list");
    const bumps = () =>
      rulesIn(chubc("lint", "--base", "main", "--format", "jsonl")).filter((line) =>
        line.includes("revision-bump"),
      );
    write(DOC, SOUND_DOC.replace("2026-01-15", "2026-01-16"));
    expect(bumps()).toEqual([]);
    write(DOC, changed);
    expect(bumps()).toEqual(["frontmatter/revision-bump content/acme/docs/widget/DOC.md"]);
    git("commit", "-qam", "Change");
    expect(bumps()).toEqual(["frontmatter/revision-bump content/acme/docs/widget/DOC.md"]);
    write(DOC, changed.replace('revision: "1"', 'revision: "2"'));
    expect(bumps()).toEqual([]);
  });

  it.each([
    ["a revision that does not exist", ["--base", "nowhere"]],
    ["a revision that looks like an option", ["--base=--all"]],
    ["paths beside --staged", ["--staged", "content"]],
    ["fixes of what is staged", ["--staged", "--fix"]],
  ])("ends with 2 for %s", (_, args) => {
    expect(chubc("lint", ...args).status).toBe(2);
  });
});

it.each(["--staged", "--base=main"])("says that %s needs git", (option) => {
  write(DOC, SOUND_DOC);
  const outside = chubc("lint", option);
  expect(outside.status).toBe(2);
  expect(outside.stderr).toContain("is not in a git work tree");
  const without = run(process.execPath, [program.script, "lint", option], {
    PATH: join(work, "nothing"),
  });
  expect(without.status).toBe(2);
  expect(without.stderr).toContain("git is not installed");
});

it("writes lines that the problem matcher of docs/editors.md reads", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/editors.md"), "utf8");
  const task = /```json\n(\{\n {2}"version"[\s\S]*?)```/.exec(page)?.[1] ?? "";
  const { tasks } = JSON.parse(task) as {
    tasks: [{ problemMatcher: { pattern: { regexp: string } } }];
  };
  write(DOC, SOUND_DOC.replace("name: widget", "name: ../evil"));
  const [line = ""] = chubc("lint", "--format", "compact").stdout.split("\n");
  const matched = new RegExp(tasks[0].problemMatcher.pattern.regexp).exec(line);
  expect(matched?.slice(1, 6)).toEqual([DOC, "2", "7", "error", "CHUB1014"]);
  expect(matched?.[6]).toContain("frontmatter/name");
});

it("ends with 70 and says where to report it when it is a bug", () => {
  write(DOC, SOUND_DOC);
  const planted = `data:text/javascript,import{performance}from"node:perf_hooks";performance.now=()=>{throw new Error("planted")};`;
  const { status, stderr } = run(process.execPath, ["--import", planted, program.script, "lint"]);
  expect(status).toBe(70);
  expect(stderr).toMatch(/^Error: planted\n/);
  expect(stderr).toContain("This is a bug in chubc. Please report it");
});

it("calls itself chub when chub runs it", () => {
  write("run/chub.mjs", `await import(${JSON.stringify(program.script)});\n`);
  const { stdout } = run(process.execPath, ["run/chub.mjs", "lint", "--help"]);
  expect(stdout).toMatch(/^Usage: chub lint /);
  expect(stdout).not.toContain("chubc lint");
});
