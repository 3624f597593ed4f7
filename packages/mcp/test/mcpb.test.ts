import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unpackExtension, validateManifest } from "@anthropic-ai/mcpb";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, expect, it } from "vitest";
import { environment } from "./built-server.ts";

const PACKAGE = fileURLToPath(new URL("../", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "chub-mcpb-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function pack(name: string): string {
  const outfile = join(work, name);
  const { status, stderr } = spawnSync(process.execPath, ["pack-mcpb.mjs", outfile], {
    cwd: PACKAGE,
    encoding: "utf8",
    // Another clock must not give another bundle.
    env: { ...process.env, TZ: name === "one.mcpb" ? "Asia/Tokyo" : "America/Lima" },
  });
  if (status !== 0) throw new Error(`the bundle cannot be packed: ${stderr}`);
  return outfile;
}

it("packs a bundle that a client unpacks and starts, offline and with documents", async () => {
  const bundle = pack("one.mcpb");
  expect(readFileSync(pack("two.mcpb")).equals(readFileSync(bundle))).toBe(true);
  const folder = join(work, "unpacked");
  expect(await unpackExtension({ mcpbPath: bundle, outputDir: folder, silent: true })).toBe(true);
  expect(validateManifest(join(folder, "manifest.json"))).toBe(true);

  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    version: string;
    tools: readonly { name: string }[];
    server: { mcp_config: { args: readonly string[] } };
  };
  const args = manifest.server.mcp_config.args.map((arg) => arg.replace("${__dirname}", folder));
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args,
      env: environment(join(work, "home")),
      cwd: work,
    }),
  );
  expect(client.getServerVersion()).toMatchObject({ name: "chub", version: manifest.version });
  const { tools } = await client.listTools();
  expect(manifest.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  const { structuredContent } = await client.callTool({
    name: "chub_search",
    arguments: { query: "stripe verify webhook signature" },
  });
  const [first] = (structuredContent as { results: readonly { id: string; source: string }[] })
    .results;
  expect([first?.id, first?.source]).toEqual(["stripe/api", "default"]);
  await client.close();
});
