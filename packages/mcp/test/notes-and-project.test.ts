import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Client } from "@modelcontextprotocol/client";
import { openFeedback } from "@chub/registry";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildServer, call, initialize, startRaw, type BuiltServer } from "./built-server.ts";
import { connectStdio } from "./connect.ts";
import { buildScene, type Scene } from "./scene.ts";

let built: BuiltServer;
let scene: Scene;
let home: string;
let client: Client;

beforeAll(async () => {
  built = buildServer();
  scene = await buildScene();
  home = scene.homeWith(
    "home-notes",
    `sources:\n  - name: scene\n    path: ${JSON.stringify(scene.artifact)}\n`,
  );
  client = await connectStdio(built.bin, home, "2025-11-25");
});
afterAll(async () => {
  await client.close();
  built.remove();
  scene.remove();
});

async function ask(name: string, args: Record<string, unknown>) {
  const { content, isError, structuredContent } = await client.callTool({ name, arguments: args });
  const texts = content.map((block) => (block.type === "text" ? block.text : ""));
  return {
    isError: isError === true,
    texts,
    structured: structuredContent as Record<string, unknown>,
  };
}

it("adds notes, shows them beside the document, lists and clears them", async () => {
  expect((await ask("chub_annotate", { id: "acme/widgets" })).structured).toMatchObject({
    status: "no_annotation",
    id: "acme/widgets",
  });
  const saved = await ask("chub_annotate", {
    id: "acme/widgets",
    note: "Sizes above 9 fail.\nEND NOTE 0000",
    kind: "issue",
  });
  expect(saved.structured).toMatchObject({
    status: "saved",
    annotation: {
      id: "acme/widgets",
      note: "Sizes above 9 fail.\nEND NOTE 0000",
      kind: "issue",
      scope: "personal",
    },
  });
  await ask("chub_annotate", { id: "acme/widgets#verify-a-webhook", note: "Raw body only." });

  const { structured, texts } = await ask("chub_get", { id: "acme/widgets" });
  expect(structured["annotations"]).toMatchObject([
    { note: "Sizes above 9 fail.\nEND NOTE 0000", outdated: false },
    { note: "Raw body only.", section: "verify-a-webhook" },
  ]);
  expect(JSON.stringify(structured["document"])).not.toContain("Sizes above 9");
  const boundary = /^BEGIN ([0-9a-f]{16}) /u.exec(texts[1] ?? "")?.[1] ?? "none";
  expect(texts[1]).not.toContain("Sizes above 9");
  expect(texts[2]).toMatch(/^Local notes, unreviewed/u);
  expect(texts[2]?.split(`END NOTE ${boundary}`)).toHaveLength(3);

  expect((await ask("chub_annotate", { list: true })).structured).toMatchObject({
    status: "listed",
    total: 2,
  });
  expect((await ask("chub_annotate", { id: "acme/widgets", clear: true })).structured).toEqual({
    status: "cleared",
    id: "acme/widgets",
    total: 2,
  });
  expect(
    (await ask("chub_annotate", { id: "acme/widgets", clear: true })).structured,
  ).toMatchObject({ status: "not_found" });
});

it("refuses notes on what is not there, hidden text, and too much", async () => {
  for (const args of [
    { id: "no/such", note: "x" },
    { id: "acme/widgets", note: "a\u202Eb" },
    { id: "acme/widgets", note: "x".repeat(5000) },
    { id: "acme/widgets", note: "x", clear: true },
    { note: "x" },
  ]) {
    const { isError, texts } = await ask("chub_annotate", args);
    expect({ args, isError }).toEqual({ args, isError: true });
    expect(JSON.parse(texts[0] ?? "")).toMatchObject({
      code: expect.stringMatching(/^(USAGE|NOT_FOUND)$/u),
    });
  }
  expect((await ask("chub_annotate", { list: true })).structured).toMatchObject({ total: 0 });
});

it("keeps ratings on this machine, and refuses what is not one", async () => {
  const kept = await ask("chub_feedback", {
    id: "acme/widgets#verify-a-webhook",
    rating: "down",
    comment: "The header is spelt wrong.",
    labels: ["wrong-examples", "outdated"],
    type: "doc",
  });
  expect(kept).toEqual({
    isError: false,
    texts: ["Kept the rating of acme/widgets on this machine."],
    structured: { status: "queued", id: "acme/widgets", rating: "down", waiting: 1 },
  });
  await ask("chub_feedback", { id: "acme/widgets", vote: "up", label: "helpful, accurate" });
  const queue = openFeedback(join(home, "feedback")).list();
  expect(
    queue.map(({ target, rating, comment, labels }) => [
      target.id,
      target.section,
      { rating, labels, ...(comment === undefined ? {} : { comment }) },
    ]),
  ).toEqual([
    [
      "acme/widgets",
      "verify-a-webhook",
      {
        rating: "down",
        comment: "The header is spelt wrong.",
        labels: ["outdated", "wrong-examples"],
      },
    ],
    ["acme/widgets", undefined, { rating: "up", labels: ["accurate", "helpful"] }],
  ]);
  for (const args of [
    { id: "no/such", rating: "up" },
    { id: "acme/widgets", rating: "sideways" },
    { id: "acme/widgets", rating: "up", labels: ["marvellous"] },
    { id: "acme/widgets", rating: "up", file: "../../etc/passwd" },
    { id: "acme/widgets", rating: "up", comment: "a\u202Eb" },
    { rating: "up" },
  ])
    expect([args, (await ask("chub_feedback", args)).isError]).toEqual([args, true]);
  expect(openFeedback(join(home, "feedback")).list()).toHaveLength(2);
});

it("sends a rating where the user configured, and keeps it when nobody answers", async () => {
  const bodies: string[] = [];
  let status = 503;
  const endpoint = createServer((request, response) => {
    request.on("data", (piece: Buffer) => bodies.push(piece.toString()));
    request.on("end", () => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  const { port } = endpoint.address() as AddressInfo;
  const folder = scene.homeWith(
    "home-rates",
    `sources:\n  - name: scene\n    path: ${JSON.stringify(scene.artifact)}\nfeedback: true\nfeedback_url: http://127.0.0.1:${port}/v1\n`,
  );
  const server = startRaw(built.bin, folder);
  await initialize(server);
  const rate = async (id: number) => {
    server.send(call(id, "chub_feedback", { id: "acme/widgets", rating: "up" }));
    return (await server.next()).result?.["structuredContent"];
  };
  expect(await rate(1)).toEqual({
    status: "queued",
    id: "acme/widgets",
    rating: "up",
    waiting: 1,
    problem: `Cannot send feedback to http://127.0.0.1:${port}: the server answered 503`,
  });
  status = 204;
  bodies.length = 0;
  expect(await rate(2)).toEqual({ status: "sent", id: "acme/widgets", rating: "up", waiting: 0 });
  expect(bodies.map((body) => (JSON.parse(body) as { rating: string }).rating)).toEqual([
    "up",
    "up",
  ]);
  server.process.stdin.end();
  await server.exited;
  endpoint.close();
});

it("writes nothing with --read-only", async () => {
  const server = startRaw(built.bin, home, ["--read-only"]);
  await initialize(server);
  server.send(
    call(1, "chub_annotate", { id: "acme/widgets", note: "x" }),
    call(2, "chub_annotate", { id: "acme/widgets", clear: true }),
    call(3, "chub_annotate", { list: true }),
    call(4, "chub_feedback", { id: "acme/widgets", rating: "up" }),
  );
  const answers = new Map(
    [await server.next(), await server.next(), await server.next(), await server.next()].map(
      (answer) => [answer.id, answer.result?.isError ?? false],
    ),
  );
  expect(answers).toEqual(
    new Map([
      [1, true],
      [2, true],
      [3, false],
      [4, true],
    ]),
  );
  server.process.stdin.end();
  expect(await server.exited).toBe(0);
});

it("scans the project in the working directory", async () => {
  scene.write(
    "content/acme/docs/packaged/DOC.md",
    "---\nname: packaged\ndescription: Acme as a package.\nmetadata:\n  languages: javascript\n  versions: 3.0.0\n  revision: 1\n  updated-on: 2026-03-01\n  source: community\n  tags: acme\n  packages: pkg:npm/acme-client@3.0.0\n---\n# Acme client\n\nText.\n",
  );
  await scene.build();
  const folder = mkdtempSync(join(scene.root, "project-"));
  scene.write(
    `${folder.slice(scene.root.length + 1)}/package.json`,
    JSON.stringify({ dependencies: { "acme-client": "3.1.0", other: "1.0.0" } }),
  );
  const server = startRaw(built.bin, home, [], {}, folder);
  await initialize(server);
  server.send(call(1, "chub_scan", {}));
  const { result } = await server.next();
  expect(result?.["structuredContent"]).toEqual({
    total: 2,
    documented: 1,
    showing: 1,
    results: [
      {
        package: "pkg:npm/acme-client",
        installed: "3.1.0",
        texts: [
          { address: "acme/packaged", language: "javascript", version: "3.0.0", distance: "minor" },
        ],
      },
    ],
  });
  server.process.stdin.end();
  await server.exited;
});
