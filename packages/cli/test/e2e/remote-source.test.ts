import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { buildContent } from "@chub/compiler";
import { afterAll, beforeAll, expect, it } from "vitest";
import { schemaProblems } from "../schema-problems.ts";
import { buildChub, startNode } from "./built-chub.ts";
import type { BuiltChub } from "./built-chub.ts";
import { buildScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

let chub: BuiltChub;
let scene: Scene;
let server: Server;
let home: string;
/** What the host serves, and whether it flips a byte of every document. */
const host = { folder: "", isTampering: false };

beforeAll(async () => {
  [chub, scene] = await Promise.all([buildChub(), buildScene()]);
  host.folder = scene.ours;
  server = createServer((request, response) => {
    try {
      const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
      const bytes = readFileSync(join(host.folder, path));
      if (host.isTampering && path.endsWith(".md")) bytes[bytes.length - 2] = 0x21;
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  home = dirname(
    scene.write(
      "home/config.yaml",
      `sources:\n  - name: acme\n    url: http://127.0.0.1:${port}\n`,
    ),
  );
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  chub.remove();
  scene.remove();
});

it("reads, updates, refuses and works without its host", async () => {
  expect(await json("cli-sources", "sources")).toMatchObject({
    sources: [{ name: "acme", kind: "url", entries: 4 }],
  });
  expect((await run("get", "zeta/deploy")).stdout).toContain("Stop the workers first.");
  expect(await json("cli-search", "search", "verifyWebhook")).toMatchObject({ total: 3 });
  expect((await run("annotate", "zeta/deploy", "A note")).status).toBe(0);

  // A1: what has changed at the host is read after an update.
  const skill = join(scene.root, "content/zeta/skills/deploy/SKILL.md");
  scene.write(
    "content/zeta/skills/deploy/SKILL.md",
    readFileSync(skill, "utf8").replace("Stop the workers", "Drain the workers"),
  );
  host.folder = join(scene.root, "newer");
  await buildContent({ contentRoot: join(scene.root, "content"), outputPath: host.folder });
  expect(await json("cli-update", "update", "--force")).toMatchObject({
    status: "ok",
    updated: 1,
    sources: [{ name: "acme", outcome: "updated" }],
  });
  expect((await run("get", "zeta/deploy")).stdout).toContain("Drain the workers first.");

  // A5: clearing the cache keeps notes. A6: a flipped byte is refused and nothing is printed.
  expect(await json("cli-cache", "cache", "status")).toMatchObject({
    exists: true,
    sources: [{ name: "acme" }],
  });
  expect(await json("cli-cache", "cache", "verify")).toMatchObject({ status: "ok", damaged: [] });
  expect(await json("cli-cache", "cache", "clear")).toEqual({ status: "cleared" });
  expect(await json("cli-annotate", "annotate", "--list")).toMatchObject([{ note: "A note" }]);
  host.isTampering = true;
  const refused = await run("get", "zeta/deploy");
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 5, stdout: "" });
  host.isTampering = false;

  // A8: everything works with the network off once it was fetched.
  expect(await json("cli-update", "update", "--full")).toMatchObject({
    status: "ok",
    mode: "full",
  });
  const offline = await startNode(chub.bin, ["get", "acme/widgets", "--full"], {
    cwd: scene.root,
    env: { CHUB_DIR: home, CHUB_OFFLINE: "1" },
  });
  expect({
    status: offline.status,
    hasErrors: offline.stdout.includes("Shrink the widget."),
  }).toEqual({ status: 0, hasErrors: true });
});

it("never calls an unreachable host an empty answer", async () => {
  const nowhere = dirname(
    scene.write("nowhere/config.yaml", "sources:\n  - name: gone\n    url: http://127.0.0.1:9\n"),
  );
  const options = { cwd: scene.root, env: { CHUB_DIR: nowhere } };
  const answers = await Promise.all(
    [["search", "webhook"], ["list"], ["get", "acme/widgets"], ["update"], ["sources"]].map(
      (argv) => startNode(chub.bin, argv, options),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([4, 4, 4, 4, 4]);
});

function run(...argv: string[]) {
  return startNode(chub.bin, argv, { cwd: scene.root, env: { CHUB_DIR: home } });
}

async function json(schema: string, ...argv: string[]): Promise<unknown> {
  const { stdout } = await run(...argv, "--json");
  const answer: unknown = JSON.parse(stdout);
  expect({ argv, problems: schemaProblems(schema, answer) }).toEqual({ argv, problems: [] });
  return answer;
}
