import type { Client } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer, type BuiltServer } from "./built-server.ts";
import { connectHttp, connectStdio, startHttp, type Era } from "./connect.ts";
import { buildScene, type Scene } from "./scene.ts";

let built: BuiltServer;
let scene: Scene;
let http: Awaited<ReturnType<typeof startHttp>>;

beforeAll(async () => {
  built = buildServer();
  scene = await buildScene();
  http = await startHttp(built.bin, scene.home);
});
afterAll(async () => {
  http.server.process.kill();
  await http.server.exited;
  built.remove();
  scene.remove();
});

const CONNECTIONS: readonly { readonly transport: "stdio" | "http"; readonly era: Era }[] = [
  { transport: "stdio", era: "2025-11-25" },
  { transport: "stdio", era: "2026-07-28" },
  { transport: "http", era: "2025-11-25" },
  { transport: "http", era: "2026-07-28" },
];

describe.each(CONNECTIONS)("the official client over $transport, $era", ({ transport, era }) => {
  let client: Client;
  beforeAll(async () => {
    client =
      transport === "stdio"
        ? await connectStdio(built.bin, scene.home, era)
        : await connectHttp(http.url, era);
  });
  afterAll(() => client.close());

  async function callTool(name: string, args: Record<string, unknown>) {
    const result = await client.callTool({ name, arguments: args });
    const texts = result.content.map((block) =>
      block.type === "text" ? block.text : `not text: ${block.type}`,
    );
    return {
      isError: result.isError === true,
      texts,
      structured: result.structuredContent as Record<string, unknown>,
    };
  }

  async function callError(name: string, args: Record<string, unknown>) {
    const { isError, texts } = await callTool(name, args);
    expect(isError).toBe(true);
    return JSON.parse(texts.join("")) as {
      error: string;
      code: string;
      hint: string;
      alternatives?: string[];
    };
  }

  it("negotiates the revision and is told how to use the server", () => {
    expect(client.getNegotiatedProtocolVersion()).toBe(era);
    expect(client.getServerVersion()?.name).toBe("chub");
    expect(client.getInstructions()).toContain("chub_search");
  });

  it("lists the tools", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "chub_search",
      "chub_get",
      "chub_outline",
      "chub_list",
      "chub_scan",
      "chub_annotate",
      "chub_feedback",
    ]);
  });

  it("searches: entries, sections, what to call next", async () => {
    const { texts, structured } = await callTool("chub_search", {
      query: "rotate the secret",
      lang: "py",
    });
    const [first] = structured["results"] as {
      id: string;
      tier: string;
      source: string;
      sections: { address: string; heading: string }[];
    }[];
    expect(first).toMatchObject({ tier: "community", source: "scene" });
    expect(first?.sections[0]?.heading).toContain("Rotate the secret");
    expect(texts[0]).toContain(`chub_get {"id":"${first?.sections[0]?.address}","lang":"python"}`);
    const read = await callTool("chub_get", { id: first?.sections[0]?.address, lang: "python" });
    expect(read.structured["document"]).toMatchObject({
      parts: [{ content: "### Rotate the secret\n\nReplace it once a year.\n\n" }],
    });
  });

  it("lists without a query, pages, and gives an exact id with its texts", async () => {
    const all = await callTool("chub_search", { limit: 2 });
    expect(all.structured).toMatchObject({ total: 5, offset: 0, showing: 2, nextOffset: 2 });
    const exact = await callTool("chub_search", { query: "zeta/queue" });
    expect(exact.structured["exact"]).toMatchObject({
      id: "zeta/queue",
      texts: [
        { language: "python", version: "2.1.0", recommended: true },
        { language: "python", version: "1.4.0", recommended: false },
      ],
    });
    const nothing = await callTool("chub_search", { query: "xylophone" });
    expect(nothing).toMatchObject({ isError: false, structured: { total: 0, results: [] } });
  });

  it("lists in pages that join up", async () => {
    const ids: string[] = [];
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const { structured } = await callTool("chub_list", { limit: 2, offset });
      ids.push(...(structured["entries"] as { id: string }[]).map(({ id }) => id));
      offset = structured["nextOffset"] as number | undefined;
    }
    expect(ids).toEqual(["acme/cloud", "acme/manual", "acme/widgets", "zeta/deploy", "zeta/queue"]);
    const skills = await callTool("chub_list", { type: "skill" });
    expect(skills.structured).toMatchObject({
      total: 1,
      entries: [{ id: "zeta/deploy", type: "skill" }],
    });
  });

  it("gets a document: its bytes, where it comes from, and both labelled in the text", async () => {
    const { texts, structured } = await callTool("chub_get", { id: "acme/widgets" });
    const [provenance, document, more] = texts;
    const { parts } = structured["document"] as {
      parts: { content: string; sha256: string; endLine: number }[];
    };
    expect(parts[0]?.content).toMatch(/^---\nname: widgets\n/u);
    expect(structured["provenance"]).toMatchObject({
      id: "acme/widgets",
      source: "scene",
      tier: "community",
      language: "javascript",
      version: "2.0.0",
      match: { kind: "default", served: "2.0.0" },
      sha256: parts[0]?.sha256,
    });
    const boundary = /^BEGIN ([0-9a-f]{16}) id=acme\/widgets file=DOC\.md/u.exec(
      document ?? "",
    )?.[1];
    expect(document).toBe(
      `BEGIN ${boundary} id=acme/widgets file=DOC.md lines=1-${parts[0]?.endLine}\n${parts[0]?.content}END ${boundary}`,
    );
    expect(provenance).toContain(
      "acme/widgets: version 2.0.0 (recommended), javascript, tier community, source scene",
    );
    expect(provenance).toContain(`between the lines BEGIN ${boundary} and END ${boundary}`);
    expect(more).toBe("More files of acme/widgets, for the argument file: references/errors.md");
  });

  it("gets sections, symbols, files, versions and outlines", async () => {
    const section = await callTool("chub_get", { id: "acme/widgets", section: "Verify a webhook" });
    expect(section.structured["document"]).toMatchObject({
      parts: [{ section: "verify-a-webhook" }],
    });
    const symbol = await callTool("chub_get", { id: "acme/widgets", symbol: "createWidget" });
    expect(symbol.structured["document"]).toMatchObject({
      parts: [{ section: "create-a-widget" }],
    });
    const file = await callTool("chub_get", { id: "acme/widgets", file: "references/errors.md" });
    expect(file.structured["document"]).toMatchObject({
      parts: [{ content: "# Errors\n\n## Too large\n\nShrink the widget.\n" }],
    });
    const full = await callTool("chub_get", { id: "acme/widgets", full: true });
    expect(
      (full.structured["document"] as { parts: { file: string }[] }).parts.map((part) => part.file),
    ).toEqual(["DOC.md", "references/errors.md"]);
    const version = await callTool("chub_get", { id: "zeta/queue", version: "1" });
    expect(version.structured["provenance"]).toMatchObject({
      version: "1.4.0",
      match: { kind: "range", requested: "1", served: "1.4.0" },
    });
    const outline = await callTool("chub_outline", { id: "acme/cloud", lang: "python" });
    expect(outline.structured["outline"]).toContainEqual(
      expect.objectContaining({
        address: "acme/cloud#verify-a-webhook",
        heading: "Verify a webhook",
      }),
    );
    const same = await callTool("chub_get", { id: "acme/cloud", lang: "python", outline: true });
    expect(same.structured).toEqual(outline.structured);
  });

  it("keeps within the bound and gives addresses for the rest", async () => {
    const { structured, texts } = await callTool("chub_get", { id: "acme/manual", full: true });
    const tokens = structured["tokens"] as number;
    expect(tokens).toBeGreaterThan(15_000);
    expect(tokens).toBeLessThanOrEqual(20_000);
    const [left] = structured["omitted"] as { address: string }[];
    expect(texts.at(-1)).toContain(left?.address);
    const rest = await callTool("chub_get", { id: left?.address });
    expect(
      (rest.structured["document"] as { parts: { content: string }[] }).parts[0]?.content,
    ).toMatch(/^## Chapter \d+\n/u);
    const small = await callTool("chub_get", { id: "acme/manual", maxTokens: 300 });
    expect(small.structured["tokens"]).toBeLessThanOrEqual(300);
  });

  it("says no with a code, a hint and the alternatives", async () => {
    expect(await callError("chub_get", { id: "acme/cloud" })).toEqual({
      error: "'acme/cloud' is there in several languages",
      code: "USAGE",
      hint: "Call again with lang, one of the alternatives",
      alternatives: ["javascript", "python"],
    });
    expect(await callError("chub_get", { id: "acme/widgetz" })).toMatchObject({
      code: "NOT_FOUND",
      alternatives: expect.arrayContaining(["acme/widgets"]),
    });
    expect(await callError("chub_get", { id: "zeta/queue", version: "9" })).toMatchObject({
      code: "NOT_FOUND",
      alternatives: ["2.1.0", "1.4.0"],
    });
    expect(await callError("chub_get", { id: "acme/widgets", file: "../../secret" })).toMatchObject(
      { code: "NOT_FOUND", alternatives: ["DOC.md", "references/errors.md"] },
    );
    expect(await callError("chub_search", { query: "x", limit: 1000 })).toMatchObject({
      code: "USAGE",
    });
    expect(await callError("chub_list", { lang: "klingon" })).toMatchObject({ code: "USAGE" });
  });

  it("takes the names that models invent, and names the right one for the others", async () => {
    const invented = await callTool("chub_search", {
      q: "webhook",
      language: "python",
      max_results: "1",
    });
    expect(invented.structured).toMatchObject({ query: "webhook", showing: 1 });
    const text = await callTool("chub_get", {
      library_id: "acme/widgets",
      sections: ["create-a-widget", "rotate-the-secret"],
    });
    expect(
      (text.structured["document"] as { parts: { section: string }[] }).parts.map(
        ({ section }) => section,
      ),
    ).toEqual(["create-a-widget", "rotate-the-secret"]);
    expect(await callError("chub_get", { id: "acme/widgets", sektion: "x" })).toMatchObject({
      code: "USAGE",
      hint: "Did you mean section?",
    });
    expect(await callError("chub_get", {})).toMatchObject({
      code: "USAGE",
      error: "chub_get needs the argument id",
    });
  });

  it("reads resources", async () => {
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toEqual([
      "chub://registry",
    ]);
    expect(
      (await client.listResourceTemplates()).resourceTemplates.map(
        ({ uriTemplate }) => uriTemplate,
      ),
    ).toEqual([
      "chub://doc/{author}/{name}{?lang,version}",
      "chub://doc/{author}/{name}{?lang,version}{#section}",
    ]);
    const registry = await client.readResource({ uri: "chub://registry" });
    const { entries, total } = JSON.parse(textOf(registry.contents[0])) as {
      entries: { id: string }[];
      total: number;
    };
    expect([total, ...entries.map(({ id }) => id)]).toEqual([
      5,
      "acme/cloud",
      "acme/manual",
      "acme/widgets",
      "zeta/deploy",
      "zeta/queue",
    ]);
    const text = await client.readResource({
      uri: "chub://doc/acme/cloud?lang=python#verify-a-webhook",
    });
    expect(textOf(text.contents[0])).toMatch(/^## Verify a webhook\n/u);
    expect(text.contents[0]?._meta).toMatchObject({
      "io.github.chub-dev/provenance": { language: "python", tier: "community" },
    });
    await expect(client.readResource({ uri: "chub://doc/acme/cloud" })).rejects.toMatchObject({
      code: -32_602,
      data: { code: "USAGE", alternatives: ["javascript", "python"] },
    });
    await expect(client.readResource({ uri: "chub://nothing" })).rejects.toMatchObject({
      code: -32_602,
    });
  });

  it("completes", async () => {
    const ref = {
      type: "ref/resource" as const,
      uri: "chub://doc/{author}/{name}{?lang,version}{#section}",
    };
    const values = async (name: string, value: string, filled: Record<string, string> = {}) =>
      (await client.complete({ ref, argument: { name, value }, context: { arguments: filled } }))
        .completion.values;
    const inAcme = { author: "acme", name: "cloud", lang: "python" };
    expect(await values("author", "a")).toEqual(["acme"]);
    expect(await values("name", "", { author: "acme" })).toEqual(["cloud", "manual", "widgets"]);
    expect(await values("lang", "", { author: "acme", name: "cloud" })).toEqual([
      "javascript",
      "python",
    ]);
    expect(await values("version", "", { author: "zeta", name: "queue" })).toEqual([
      "2.1.0",
      "1.4.0",
    ]);
    expect(await values("section", "ver", inAcme)).toEqual(["verify-a-webhook"]);
    const prompt = await client.complete({
      ref: { type: "ref/prompt", name: "chub_docs_for_task" },
      argument: { name: "id", value: "zeta/" },
    });
    expect(prompt.completion).toEqual({
      values: ["zeta/deploy", "zeta/queue"],
      total: 2,
      hasMore: false,
    });
  });

  it("fills in prompts", async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual([
      "chub_docs_for_task",
      "chub_check_dependencies",
    ]);
    const { messages } = await client.getPrompt({
      name: "chub_docs_for_task",
      arguments: { task: "take a payment", lang: "python" },
    });
    expect(messages[0]?.content).toMatchObject({
      type: "text",
      text: expect.stringContaining("Task: take a payment"),
    });
    expect((await client.getPrompt({ name: "chub_check_dependencies" })).messages).toHaveLength(1);
    await expect(client.getPrompt({ name: "chub_docs_for_task" })).rejects.toMatchObject({
      code: -32_602,
      data: { code: "USAGE" },
    });
    await expect(client.getPrompt({ name: "constructor" })).rejects.toMatchObject({
      code: -32_602,
    });
  });
});

function textOf(content: object | undefined): string {
  return content !== undefined && "text" in content ? String(content.text) : "";
}
