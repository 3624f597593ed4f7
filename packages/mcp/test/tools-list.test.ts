import { readFileSync } from "node:fs";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import type { CatalogOptions } from "@chub/registry";
import { openCatalog } from "@chub/registry";
import { expect, it } from "vitest";
import { INSTRUCTIONS } from "../src/instructions.ts";
import { createServer } from "../src/server.ts";
import { TOOLS } from "../src/tools/tools.ts";

// A change here reaches every client: decide, then write the file anew from what the test shows.
const GOLDEN = new URL("golden/tools-list.json", import.meta.url);
const NO_SOURCES: CatalogOptions = { sources: [] };

it("lists exactly the agreed tools and schemas", async () => {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const server = createServer(
    {
      version: "1.0.0",
      catalog: () => openCatalog(NO_SOURCES),
      boundary: () => "0".repeat(16),
      watched: () => undefined,
      notes: null,
      project: null,
    },
    { canNotify: true },
  );
  const client = new Client({ name: "test", version: "1.0.0" });
  await Promise.all([server.connect(serverSide), client.connect(clientSide)]);
  const { tools } = await client.listTools();
  expect(tools).toEqual(JSON.parse(readFileSync(GOLDEN, "utf8")));
  await client.close();
});

it("keeps the instructions under 200 tokens, by four characters a token and by words", () => {
  expect(INSTRUCTIONS.length).toBeLessThan(200 * 4);
  expect(INSTRUCTIONS.split(/\s+/u).length).toBeLessThan(200 * 0.75);
});

it("names in every alias an argument that is there", () => {
  const wrong = TOOLS.flatMap(({ name, aliases, input }) =>
    Object.entries(aliases)
      .filter(([alias, meant]) => !/^[a-z0-9]+$/u.test(alias) || !(meant in input.properties))
      .map(([alias, meant]) => `${name}: ${alias} -> ${meant}`),
  );
  expect(wrong).toEqual([]);
});
