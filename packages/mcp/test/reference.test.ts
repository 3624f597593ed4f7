import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildServer, environment, type BuiltServer } from "./built-server.ts";
import { connectStdio } from "./connect.ts";
import { buildScene, type Scene } from "./scene.ts";

const REFERENCE = join(
  dirname(createRequire(import.meta.url).resolve("@aisuite/chub/package.json")),
  "bin",
);
const QUIET = { CHUB_TELEMETRY: "0", CHUB_FEEDBACK: "0", CHUB_HELP_URL: "false" };

let built: BuiltServer;
let scene: Scene;
let ours: Client;
let theirs: Client;

beforeAll(async () => {
  built = buildServer();
  scene = await buildScene();
  const artifact = join(scene.root, "theirs");
  const home = scene.homeWith(
    "home-theirs",
    `sources:\n  - name: scene\n    path: ${JSON.stringify(artifact)}\n`,
  );
  const env = { ...environment(home), ...QUIET };
  const output = spawnSync(
    process.execPath,
    [join(REFERENCE, "chub"), "build", scene.content, "-o", artifact],
    { env, encoding: "utf8" },
  );
  if (output.status !== 0)
    throw new Error(`Context Hub does not build the scene: ${output.stderr}`);
  ours = await connectStdio(built.bin, scene.home, "2025-11-25");
  theirs = new Client({ name: "test", version: "1.0.0" });
  await theirs.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(REFERENCE, "chub-mcp")],
      env,
      cwd: home,
      stderr: "ignore",
    }),
  );
});
afterAll(async () => {
  await Promise.all([ours.close(), theirs.close()]);
  built.remove();
  scene.remove();
});

async function text(
  client: Client,
  name: string,
  args: Record<string, unknown>,
): Promise<{ isError: boolean; text: string }> {
  const { content, isError } = await client.callTool({ name, arguments: args });
  return {
    isError: isError === true,
    text: content.map((block) => (block.type === "text" ? block.text : "")).join("\n"),
  };
}

async function structured(
  name: string,
  args: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  return (await ours.callTool({ name, arguments: args })).structuredContent as Record<
    string,
    unknown
  >;
}

const LISTINGS: readonly (readonly [string, "results" | "entries", Record<string, unknown>])[] = [
  ["chub_search", "results", {}],
  ["chub_search", "results", { tags: "deploy" }],
  ["chub_search", "results", { lang: "py" }],
  ["chub_search", "results", { tags: "widgets,http", lang: "javascript", limit: 2 }],
  ["chub_list", "entries", {}],
  ["chub_list", "entries", { tags: "widgets", limit: 500 }],
];

it.each(LISTINGS)("%s lists the same %s for %j", async (name, key, args) => {
  const answer = JSON.parse((await text(theirs, name, args)).text) as Record<string, unknown>;
  const mine = await structured(name, args);
  expect({ total: mine["total"], showing: mine["showing"] }).toEqual({
    total: answer["total"],
    showing: answer["showing"],
  });
  const rows = answer[key] as { id: string }[];
  const byId = new Map((mine[key] as { id: string }[]).map((row) => [row.id, row]));
  for (const row of args["limit"] === 2 ? [] : rows) expect(byId.get(row.id)).toMatchObject(row);
});

it.each(["acme widgets", "webhook", "queue", "zeta/deploy"])(
  "finds what the reference finds for %j",
  async (query) => {
    const { results } = JSON.parse((await text(theirs, "chub_search", { query })).text) as {
      results: { id: string }[];
    };
    const mine = (await structured("chub_search", { query }))["results"] as { id: string }[];
    expect(mine.map(({ id }) => id)).toEqual(expect.arrayContaining(results.map(({ id }) => id)));
  },
);

// The reference wants a language even when there is only one (B1).
it.each([
  { id: "acme/widgets", lang: "javascript" },
  { id: "acme/widgets", lang: "javascript", file: "references/errors.md" },
  { id: "acme/cloud", lang: "py" },
  { id: "zeta/queue", lang: "python", version: "1.4.0" },
  { id: "zeta/deploy" },
])("gives the same text for %j", async (args) => {
  const answer = await text(theirs, "chub_get", args);
  expect(answer.isError).toBe(false);
  const { parts } = (await structured("chub_get", args))["document"] as {
    parts: { content: string }[];
  };
  expect(parts.map(({ content }) => content)).toEqual([answer.text]);
});

const FULL = { id: "acme/widgets", lang: "javascript", full: true };

it("gives the same files for full", async () => {
  const answer = await text(theirs, "chub_get", FULL);
  const { parts } = (await structured("chub_get", FULL))["document"] as {
    parts: { content: string }[];
  };
  for (const { content } of parts) expect(answer.text).toContain(content);
  expect(parts).toHaveLength(2);
});

it.each([
  { id: "no/such" },
  { id: "acme/cloud" },
  { id: "zeta/queue", lang: "python", version: "7.0.0" },
  { id: "acme/widgets", lang: "javascript", file: "missing.md" },
  { id: "acme/widgets", file: "../DOC.md" },
])("says no where the reference says no, and offers at least what it offers: %j", async (args) => {
  const answer = await text(theirs, "chub_get", args);
  const mine = await text(ours, "chub_get", args);
  expect([mine.isError, answer.isError]).toEqual([true, true]);
  const { available } = JSON.parse(answer.text) as { available?: string[] };
  const { alternatives = [] } = JSON.parse(mine.text) as { alternatives?: string[] };
  expect(alternatives).toEqual(expect.arrayContaining(Array.isArray(available) ? available : []));
});

it("has every entry of the reference's registry resource, with all of its keys", async () => {
  const read = async (client: Client) => {
    const [content] = (await client.readResource({ uri: "chub://registry" })).contents;
    return JSON.parse(content !== undefined && "text" in content ? content.text : "") as {
      total: number;
      entries: { id: string }[];
    };
  };
  const [answer, mine] = await Promise.all([read(theirs), read(ours)]);
  expect(mine.total).toBe(answer.total);
  for (const entry of answer.entries)
    expect(mine.entries.find(({ id }) => id === entry.id)).toMatchObject(entry);
});
