import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AGENTS } from "../src/install/agents.ts";
import { nodeFiles } from "../src/node-ports.ts";
import type { Ports } from "../src/ports.ts";
import { run } from "../src/run.ts";
import { plainPorts, STRIPE } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "chub-install-"));
  mkdirSync(join(root, "project"));
  mkdirSync(join(root, "home"));
});
afterEach(() => rmSync(root, { recursive: true }));

// Files that people have, with comments, tabs, CRLF, other servers, and no line feed at the end.
const BEFORE: Readonly<Record<string, string>> = {
  "project/.mcp.json":
    '{\n\t"mcpServers": {\n\t\t// ours\n\t\t"db": { "command": "db-mcp" }\n\t}\n}\n',
  "project/.vscode/mcp.json": '{ "inputs": [], "servers": {} }',
  "project/.gemini/settings.json": '{\r\n    "theme": "Dracula"\r\n}\r\n',
  "project/opencode.json": '{\n  // comment\n  "$schema": "https://opencode.ai/config.json",\n}\n',
  "project/.codex/config.toml": 'model = "x"\n\n[mcp_servers.db]\ncommand = "db-mcp"',
  "project/CLAUDE.md": "# Rules\r\n\r\nBe kind.\r\n",
  "project/AGENTS.md": "# Rules\n\nBe kind.",
  "project/GEMINI.md": "",
  "home/.codeium/windsurf/mcp_config.json": "{}",
};

describe("install and uninstall", () => {
  it.each([
    ["nothing there", {}],
    ["everything there", BEFORE],
  ])("take back exactly what they did: %s", async (_, before) => {
    write(before);
    const start = tree();
    const installed = await chub("install", ...AGENTS.map(({ name }) => name));
    expect(schemaProblems("cli-install", installed.json)).toEqual([]);
    expect(changed(start).length).toBeGreaterThan(AGENTS.length * 2);
    for (const [path, text] of Object.entries(before))
      expectKept(text, readFileSync(join(root, path), "utf8"));
    const again = tree();
    await chub("install", ...AGENTS.map(({ name }) => name));
    expect(tree()).toEqual(again);
    const removed = await chub("uninstall");
    expect(schemaProblems("cli-install", removed.json)).toEqual([]);
    expect(tree()).toEqual(start);
  });

  it("writes what each agent reads", async () => {
    await chub("install", "claude-code", "codex", "copilot", "opencode", "cursor", "windsurf");
    const server = { command: "npx", args: ["-y", "@chub/mcp"] };
    expect(json("project/.mcp.json")).toEqual({ mcpServers: { chub: server } });
    expect(json("project/.vscode/mcp.json")).toEqual({
      servers: { chub: { type: "stdio", ...server } },
    });
    expect(json("project/opencode.json")).toEqual({
      mcp: { chub: { type: "local", command: ["npx", "-y", "@chub/mcp"], enabled: true } },
    });
    expect(json("home/.codeium/windsurf/mcp_config.json")).toEqual({
      mcpServers: { chub: server },
    });
    expect(text("project/.codex/config.toml")).toContain('\n[mcp_servers.chub]\ncommand = "npx"\n');
    expect(text("project/.cursor/rules/chub.mdc")).toMatch(
      /^---\ndescription: .*\nalwaysApply: true\n---\n## API documentation\n/,
    );
    expect(text("project/.claude/skills/get-api-docs/SKILL.md")).toBe(skill());
    expect(text("project/AGENTS.md")).toContain(
      "- stripe: `chub get stripe/api --match-project`\n",
    );
  });

  it("changes nothing on a dry run, and shows the change", async () => {
    write(BEFORE);
    const start = tree();
    const { out, json: answer } = await chub(
      "install",
      "claude-code",
      "--only",
      "mcp",
      "--dry-run",
    );
    expect(replyText(out)).toBe(
      [
        "--- .mcp.json",
        "+++ .mcp.json",
        "@@ -1,6 +1,15 @@",
        " {",
        ' \t"mcpServers": {',
        " \t\t// ours",
        '-\t\t"db": { "command": "db-mcp" }',
        '+\t\t"db": {',
        '+\t\t\t"command": "db-mcp"',
        "+\t\t},",
        '+\t\t"chub": {',
        '+\t\t\t"command": "npx",',
        '+\t\t\t"args": [',
        '+\t\t\t\t"-y",',
        '+\t\t\t\t"@chub/mcp"',
        "+\t\t\t]",
        "+\t\t}",
        " \t}",
        " }",
        "",
      ].join("\n"),
    );
    expect(answer).toEqual({ dryRun: true, changes: [{ path: ".mcp.json", action: "edit" }] });
    expect(tree()).toEqual(start);
  });

  it("leaves a server and a skill of the user's own alone", async () => {
    write({
      "project/.mcp.json": '{ "mcpServers": { "chub": { "command": "my-chub" } } }',
      "project/.claude/skills/get-api-docs/SKILL.md": "mine",
      "project/.codex/config.toml": '[mcp_servers.chub]\ncommand = "my-chub"\n',
    });
    const start = tree();
    const { json: answer } = await chub("install", "claude-code", "codex", "--only", "skill,mcp");
    expect(answer).toMatchObject({
      changes: [
        { path: ".claude/skills/get-api-docs/SKILL.md", action: "kept" },
        { path: ".mcp.json", action: "kept" },
        { path: ".agents/skills/get-api-docs/SKILL.md", action: "create" },
        { path: ".codex/config.toml", action: "kept" },
      ],
    });
    await chub("uninstall");
    expect(tree()).toEqual(start);
  });

  it("takes its part out of files that were edited since, and nothing else", async () => {
    write({ "project/CLAUDE.md": "# Rules\n", "project/.mcp.json": "{}\n" });
    await chub("install", "claude-code");
    writeFileSync(join(root, "project/CLAUDE.md"), `Before.\n${text("project/CLAUDE.md")}After.\n`);
    writeFileSync(
      join(root, "project/.mcp.json"),
      text("project/.mcp.json").replace('"mcpServers": {', '"mcpServers": {\n    "db": {},'),
    );
    await chub("uninstall", "claude-code");
    expect(text("project/CLAUDE.md")).toBe("Before.\n# Rules\nAfter.\n");
    expect(json("project/.mcp.json")).toEqual({ mcpServers: { db: {} } });
  });

  it("keeps what another agent still needs", async () => {
    await chub("install", "codex", "opencode", "--only", "rule");
    const { json: answer } = await chub("uninstall", "codex");
    expect(answer).toMatchObject({
      changes: [{ path: "AGENTS.md", action: "kept", reason: "opencode still needs it" }],
    });
    expect(text("project/AGENTS.md")).toContain("## API documentation");
    await chub("uninstall", "opencode");
    expect(tree()).toEqual(new Map());
  });

  it("writes nothing when one of the files cannot be edited", async () => {
    write({ "project/.mcp.json": '{ "mcpServers": ' });
    const start = tree();
    const reply = await chub("install", "cursor", "claude-code");
    expect(reply.json).toMatchObject({
      code: "CONFIG",
      error: '".mcp.json" is not a JSON object that can be edited',
    });
    expect(tree()).toEqual(start);
  });

  it("says so when there is nothing to take back, or no such agent", async () => {
    expect(replyText((await chub("uninstall")).out)).toBe(
      "Nothing is installed in this project.\n",
    );
    expect((await chub("install", "cursr")).json).toMatchObject({
      code: "USAGE",
      hint: expect.stringContaining("Did you mean cursor?"),
    });
  });

  it("takes back any rules file exactly", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 60 }).map((value) => Buffer.from(value).toString()),
        async (before) => {
          write({ "project/CLAUDE.md": before });
          await chub("install", "claude-code", "--only", "rule");
          expect(text("project/CLAUDE.md").startsWith(before)).toBe(true);
          await chub("uninstall");
          expect(text("project/CLAUDE.md")).toBe(before);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("the skill", () => {
  it("has the front matter of the Agent Skills specification", () => {
    const [, name, description] =
      /^---\nname: ([a-z0-9-]+)\ndescription: (.+)\n---\n/.exec(skill()) ?? [];
    expect(name).toBe("get-api-docs");
    expect(description?.length).toBeLessThanOrEqual(1024);
  });
});

function chub(...argv: string[]) {
  const catalog = { list: async () => ({ total: 1, offset: 0, entries: [documented()] }) };
  const overrides: Partial<Ports> = {
    files: nodeFiles,
    folders: { working: join(root, "project"), home: join(root, "home") },
    skill,
    projectVersions: async () => ({
      versions: new Map([["pkg:npm/stripe", "19.0.0"]]),
      packages: [
        {
          key: "pkg:npm/stripe",
          type: "npm",
          name: "stripe",
          version: "19.0.0",
          exact: true,
          file: "/project/package-lock.json",
        },
      ],
      files: [],
      problems: [],
    }),
  };
  return run(argv, plainPorts(catalog, overrides)).then(({ reply }) => reply);
}

function documented() {
  const variants = STRIPE.record.variants.map((variant) => ({
    ...variant,
    packages: ["pkg:npm/stripe@19.1.0"],
  }));
  return { ...STRIPE, record: { ...STRIPE.record, variants } };
}

function skill(): string {
  return readFileSync(new URL("../skills/get-api-docs/SKILL.md", import.meta.url), "utf8");
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function text(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function json(path: string): unknown {
  return JSON.parse(text(path));
}

/** Everything below the root: texts of files, null for folders. */
function tree(): Map<string, string | null> {
  const entries = ["project", "home"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }),
  );
  const paths = entries.map(
    (entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const,
  );
  return new Map(
    paths
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, isFile]) => [
        path.slice(root.length),
        isFile ? readFileSync(path, "utf8") : null,
      ]),
  );
}

function changed(before: Map<string, string | null>): string[] {
  return [...tree()]
    .filter(([path, content]) => before.get(path) !== content)
    .map(([path]) => path);
}

/** Every line of the user is still there, in order; commas may follow where something was added. */
function expectKept(before: string, after: string): void {
  let position = 0;
  for (const part of before.split(/[\s,{}]+/).filter((word) => word !== "")) {
    const found = after.indexOf(part, position);
    expect(found).toBeGreaterThanOrEqual(position);
    position = found + part.length;
  }
  expect(existsSync(root)).toBe(true);
}
