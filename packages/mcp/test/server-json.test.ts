import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };

interface ServerJson {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly packages: readonly { readonly identifier: string; readonly version: string }[];
}

it("describes this package to the MCP registry", () => {
  const server = JSON.parse(
    readFileSync(new URL("../server.json", import.meta.url), "utf8"),
  ) as ServerJson;
  expect(server.name).toBe(manifest.mcpName);
  // The registry takes no longer description.
  expect(server.description.length).toBeLessThanOrEqual(100);
  expect([server.version, ...server.packages.map(({ version }) => version)]).toEqual([
    manifest.version,
    manifest.version,
  ]);
  expect(server.packages.map(({ identifier }) => identifier)).toEqual([manifest.name]);
});
