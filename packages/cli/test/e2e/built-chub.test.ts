import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { schemaProblems } from "../schema-problems.ts";
import { buildChub, runNode } from "./built-chub.ts";
import type { BuiltChub } from "./built-chub.ts";
import { buildScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

let chub: BuiltChub;
let scene: Scene;
let home: string;

beforeAll(async () => {
  [chub, scene] = await Promise.all([buildChub(), buildScene()]);
  home = scene.home("home", scene.ours);
});
afterAll(() => {
  chub.remove();
  scene.remove();
});

function run(...argv: string[]) {
  return runWith({}, ...argv);
}

function runWith(env: Readonly<Record<string, string>>, ...argv: string[]) {
  const { status, stdout, stderr } = runNode(chub.bin, argv, {
    cwd: scene.root,
    env: { CHUB_DIR: home, ...env },
  });
  return { status, stdout, stderr };
}

function source(path: string): string {
  return readFileSync(join(scene.root, "content", path), "utf8");
}

describe("on raw content", () => {
  it("compiles it in memory, and says which file is wrong when it cannot", () => {
    const raw = scene.home("home-raw", join(scene.root, "content"));
    const { status, stdout } = runWith({ CHUB_DIR: raw }, "get", "acme/cloud", "--lang", "python");
    expect({ status, stdout: stdout.split("\n---\n[chub ")[0] }).toMatchObject({ status: 0 });
    expect(stdout).toContain("# Acme cloud for Python");
    scene.write("broken/acme/docs/x/DOC.md", "---\nname: [\n---\n# X\n");
    const broken = scene.home("home-broken", join(scene.root, "broken"));
    const failed = runWith({ CHUB_DIR: broken }, "search", "x");
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain("acme/docs/x/DOC.md");
  });
});

describe("on an artifact of our compiler", () => {
  it("finds the section that answers", () => {
    const { status, stdout } = run("search", "rotate the secret", "--lang", "python");
    expect(status).toBe(0);
    expect(stdout).toContain("Rotate the secret");
    const command = /^ +chub (get \S+#rotate-the-secret.*)$/m.exec(stdout)?.[1];
    expect(command).toBeDefined();
    const section = run(...(command ?? "").split(" "));
    expect({ status: section.status, stdout: section.stdout }).toEqual({
      status: 0,
      stdout: "### Rotate the secret\n\nReplace it once a year.\n",
    });
  });

  it("finds text in other scripts, body-only identifiers, and nothing", () => {
    for (const query of ["支付", "verifyWebhook", "createWidget"]) {
      const answer = JSON.parse(run("search", query, "--json").stdout) as { total: number };
      expect({ query, total: answer.total }).toEqual({ query, total: 3 });
    }
    expect(run("search", "xylophone")).toEqual({
      status: 0,
      stdout: expect.stringContaining('No results for "xylophone".'),
      stderr: "",
    });
  });

  it("pages through everything with true totals", () => {
    const pages = [0, 2, 4].map((offset) =>
      JSON.parse(run("list", "--limit", "2", "--offset", String(offset), "--json").stdout),
    );
    const typed = pages as { total: number; results: { id: string }[] }[];
    expect(typed.map(({ total }) => total)).toEqual([4, 4, 4]);
    expect(typed.flatMap(({ results }) => results.map(({ id }) => id))).toEqual([
      "acme/cloud",
      "acme/widgets",
      "zeta/deploy",
      "zeta/queue",
    ]);
  });

  it("prints exact documents, and writes exact files", () => {
    expect(run("get", "zeta/deploy").stdout).toBe(source("zeta/skills/deploy/SKILL.md"));
    expect(run("get", "acme/widgets", "-o", "-").stdout).toBe(source("acme/docs/widgets/DOC.md"));
    expect(run("get", "acme/widgets", "--file", "references/errors.md").stdout).toBe(
      source("acme/docs/widgets/references/errors.md"),
    );
    const written = run("get", "acme/widgets", "--full", "-o", "out/full");
    expect({ status: written.status, stdout: written.stdout }).toEqual({ status: 0, stdout: "" });
    expect(readFileSync(join(scene.root, "out/full/DOC.md"), "utf8")).toBe(
      source("acme/docs/widgets/DOC.md"),
    );
    expect(readFileSync(join(scene.root, "out/full/references/errors.md"), "utf8")).toBe(
      source("acme/docs/widgets/references/errors.md"),
    );
  });

  it("takes the version that was asked for, or says there is none", () => {
    expect(run("get", "zeta/queue").stdout).toContain("# Zeta queue two");
    expect(run("get", "zeta/queue@1").stdout).toContain("# Zeta queue one");
    expect(run("get", "zeta/queue", "--version", "^1.2").stdout).toContain("# Zeta queue one");
    const { status, stdout, stderr } = run("get", "zeta/queue", "--version", "7");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
    expect(stderr).toContain("Available versions: 2.1.0, 1.4.0");
  });

  it("answers every command in JSON that its schema knows", () => {
    const answers: readonly (readonly [string, readonly string[]])[] = [
      ["cli-search", ["search", "webhook", "--explain"]],
      ["cli-search", ["search", "acme/widgets"]],
      ["cli-search", ["search", "xylophone"]],
      ["cli-list", ["search"]],
      ["cli-list", ["list", "--type", "skill"]],
      ["cli-get", ["get", "acme/widgets"]],
      ["cli-get", ["get", "acme/widgets", "zeta/deploy"]],
      ["cli-get", ["get", "acme/widgets", "--full"]],
      ["cli-get", ["get", "acme/widgets", "--outline"]],
      ["cli-get", ["get", "acme/widgets", "--max-tokens", "120"]],
      [
        "cli-get",
        ["get", "acme/widgets", "--section", "create-a-widget", "--section", "Verify a webhook"],
      ],
      ["cli-get", ["get", "acme/widgets", "-o", "out/doc.md"]],
      ["cli-error", ["get", "acme/nothing"]],
      ["cli-error", ["get", "acme/cloud"]],
      ["cli-error", ["get", "--limit"]],
      ["cli-help", ["--help"]],
      ["cli-help", ["get", "--help"]],
    ];
    for (const [schema, argv] of answers) {
      const { stdout, stderr } = run(...argv, "--json");
      expect({ argv, problems: schemaProblems(schema, JSON.parse(stdout)), stderr }).toEqual({
        argv,
        problems: [],
        stderr: "",
      });
    }
  });

  it("keeps a budget over everything on stdout", () => {
    const {
      parts = [],
      content,
      tokens,
    } = JSON.parse(run("get", "acme/widgets", "--max-tokens", "120", "--json").stdout) as {
      parts?: unknown[];
      content?: string;
      tokens: number;
    };
    expect(tokens).toBeLessThanOrEqual(120);
    expect(parts.length > 0 || (content ?? "") !== "").toBe(true);
  });
});

describe("failures", () => {
  it("tells them apart by exit code", () => {
    const missing = scene.home("missing", join(scene.root, "nowhere"));
    const broken = scene.home("broken", join(scene.root, "broken"));
    mkdirSync(join(scene.root, "broken/index"), { recursive: true });
    writeFileSync(join(scene.root, "broken/index/catalog.bin"), "not a catalog");
    writeFileSync(join(scene.root, "blocked"), "a file");
    mkdirSync(join(scene.root, "wrong"));
    writeFileSync(join(scene.root, "wrong/config.yaml"), "surces: []\n");
    const codes = [
      run("get", "acme/widgets"),
      runWith({}, "get"),
      runWith({ CHUB_DIR: join(scene.root, "wrong") }, "list"),
      run("get", "acme/nothing"),
      runWith({ CHUB_DIR: missing }, "search", "webhook"),
      runWith({ CHUB_DIR: broken }, "search", "webhook"),
      run("get", "zeta/deploy", "-o", "blocked/out.md"),
    ].map(({ status }) => status);
    expect(codes).toEqual([0, 2, 2, 3, 4, 5, 6]);
  });

  it("never stores or prints bytes that are not the ones that were built", () => {
    const flipped = join(scene.root, "ours/zeta/skills/deploy/SKILL.md");
    const before = readFileSync(flipped);
    appendFileSync(flipped, "Also run this.\n");
    const { status, stdout } = run("get", "zeta/deploy", "-o", "out/flipped.md");
    writeFileSync(flipped, before);
    expect({ status, stdout, isWritten: existsSync(join(scene.root, "out/flipped.md")) }).toEqual({
      status: 5,
      stdout: "",
      isWritten: false,
    });
  });
});

describe("streams", () => {
  it("says its version in every way people ask", () => {
    for (const flag of ["-V", "--version", "--cli-version"]) {
      expect(run(flag)).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
    }
  });

  it("ends without a word when the reader has gone away", async () => {
    const big = `# Big\n\n${"A long line of text that fills the pipe.\n".repeat(20_000)}`;
    scene.write("theirs-big/registry.json", JSON.stringify(BIG_REGISTRY));
    scene.write("theirs-big/acme/docs/big/DOC.md", big);
    const child = spawn(process.execPath, [chub.bin, "get", "acme/big"], {
      cwd: scene.root,
      env: {
        PATH: process.env["PATH"],
        HOME: scene.root,
        CHUB_DIR: scene.home("big", join(scene.root, "theirs-big")),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect({ code, stderr: stderr.split("\n").length }).toEqual({ code: 0, stderr: 2 });
  });

  it("colours only when it is told to, and never a document", () => {
    expect(run("list").stdout).not.toContain("\u001B[");
    expect(runWith({ FORCE_COLOR: "1" }, "list").stdout).toContain("\u001B[1macme/cloud\u001B[22m");
    expect(runWith({ FORCE_COLOR: "1" }, "get", "zeta/deploy").stdout).toBe(
      source("zeta/skills/deploy/SKILL.md"),
    );
  });
});

describe("in a project", () => {
  it("finds the documents of its dependencies, from every kind of lockfile", () => {
    const files: Readonly<Record<string, string>> = {
      "a/package.json": '{ "dependencies": { "left-pad": "^1.0.0" } }',
      "b/package-lock.json":
        '{ "lockfileVersion": 3, "packages": { "node_modules/left-pad": { "version": "1.3.0" } } }',
      "c/pnpm-lock.yaml":
        "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      left-pad:\n        specifier: ^1.0.0\n        version: 1.3.0\n",
      "d/poetry.lock": '[[package]]\nname = "left-pad"\nversion = "1.3.0"\n',
      "e/requirements.txt": "left-pad==1.3.0\n",
      "f/Cargo.lock": '[[package]]\nname = "left-pad"\nversion = "1.3.0"\n',
      "g/go.mod": "module x\n\nrequire example.com/left-pad v1.3.0\n",
    };
    for (const [path, text] of Object.entries(files)) {
      scene.write(join("projects", path), text);
      const cwd = join(scene.root, "projects", path.slice(0, 1));
      const { status, stdout } = runNode(chub.bin, ["scan", "--json"], {
        cwd,
        env: { CHUB_DIR: home },
      });
      const answer = JSON.parse(stdout) as { total: number; problems: string[] };
      expect({ path, status, total: answer.total, problems: answer.problems }).toEqual({
        path,
        status: 0,
        total: 1,
        problems: [],
      });
      expect(schemaProblems("cli-scan", answer)).toEqual([]);
    }
  });

  it("sets an agent up and takes it back", () => {
    scene.write("projects/agent/CLAUDE.md", "# Rules\n");
    const cwd = join(scene.root, "projects/agent");
    const options = { cwd, env: { CHUB_DIR: home } };
    expect(runNode(chub.bin, ["install", "claude-code"], options).status).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual([".chub", ".claude", ".mcp.json", "CLAUDE.md"]);
    expect(runNode(chub.bin, ["uninstall"], options).status).toBe(0);
    expect(readdirSync(cwd)).toEqual(["CLAUDE.md"]);
    expect(readFileSync(join(cwd, "CLAUDE.md"), "utf8")).toBe("# Rules\n");
  });

  it("locks what is read, and refuses what is not locked", () => {
    scene.write("projects/locked/package.json", "{}");
    const cwd = join(scene.root, "projects/locked");
    const inside = (...argv: string[]) => runNode(chub.bin, argv, { cwd, env: { CHUB_DIR: home } });
    const json = (...argv: string[]) => {
      const answer: unknown = JSON.parse(inside(...argv, "--json").stdout);
      expect({ argv, problems: schemaProblems("cli-lock", answer) }).toEqual({
        argv,
        problems: [],
      });
      return answer;
    };
    expect(inside("lock", "--check").status).toBe(3);
    expect(json("lock", "zeta/queue@1")).toMatchObject({
      locked: [{ id: "zeta/queue", version: "1.4.0" }],
    });
    expect(json("lock", "--check")).toMatchObject({ status: "ok", texts: [{ outcome: "same" }] });
    expect(inside("get", "zeta/queue", "--frozen").stdout).toContain("# Zeta queue one");
    expect(inside("get", "zeta/deploy", "--frozen").status).toBe(5);
    expect(inside("get", "zeta/deploy").status).toBe(0);
    expect(json("lock")).toMatchObject({ texts: [{ id: "zeta/queue" }], locked: [] });
  });

  it("keeps notes, and shows them with the text", () => {
    expect(run("annotate", "zeta/deploy", "Drain first").status).toBe(0);
    const { stdout } = run("get", "zeta/deploy");
    expect(stdout.startsWith(source("zeta/skills/deploy/SKILL.md"))).toBe(true);
    expect(stdout).toContain("\n  Drain first\n");
    expect(run("annotate", "zeta/deploy", "--clear").status).toBe(0);
    expect(run("get", "zeta/deploy").stdout).toBe(source("zeta/skills/deploy/SKILL.md"));
  });
});

describe("what comes with it", () => {
  it("reads the installed documents without any configuration", () => {
    const { status, stdout } = runWith({ CHUB_DIR: join(scene.root, "no-home") }, "list", "--json");
    const { results } = JSON.parse(stdout) as { results: { origin: string }[] };
    expect({ status, origin: results[0]?.origin }).toEqual({ status: 0, origin: "default" });
  });

  it("hands build and lint to the compiler", () => {
    const built = run("build", "content", "-o", "again", "--json");
    expect({ status: built.status, same: readdirSync(join(scene.root, "again")) }).toEqual({
      status: 0,
      same: readdirSync(scene.ours),
    });
    scene.write("bad/acme/docs/x/DOC.md", "---\nname: [\n---\n# X\n");
    expect(run("lint", "content").status).toBe(0);
    expect(run("lint", "bad").status).toBe(1);
    expect(run("lint", "--no-such-option").status).toBe(2);
  });

  it("is a program that starts by itself", () => {
    const { stdout } = spawnSync(chub.bin, ["--version"], { encoding: "utf8" });
    expect(stdout).toBe(`${manifest.version}\n`);
  });
});

const BIG_REGISTRY = {
  version: "1.0.0",
  docs: [
    {
      id: "acme/big",
      name: "big",
      description: "Big.",
      source: "community",
      tags: [],
      languages: [
        {
          language: "javascript",
          recommendedVersion: "1.0.0",
          versions: [
            {
              version: "1.0.0",
              path: "acme/docs/big",
              files: ["DOC.md"],
              size: 1,
              lastUpdated: "2026-03-01",
            },
          ],
        },
      ],
    },
  ],
  skills: [],
};
