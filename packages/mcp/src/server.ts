import {
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ListToolsResult,
} from "@modelcontextprotocol/server";
import { complete } from "./completion/complete.ts";
import { rememberIds, type KnownIds } from "./completion/known-ids.ts";
import { failureOf, type Failure } from "./failure.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { noClientInput } from "./no-client-input.ts";
import { quoted } from "./one-line.ts";
import type { ServerPorts } from "./ports.ts";
import { promptMessages, PROMPTS } from "./prompts/prompts.ts";
import { readResource } from "./resources/read-resource.ts";
import { RESOURCE_TEMPLATES, RESOURCES } from "./resources/resources.ts";
import { toToolError, toToolResult } from "./to-tool-result.ts";
import { readArguments } from "./tools/read-arguments.ts";
import { TOOLS } from "./tools/tools.ts";

export interface ServerOptions {
  /** Whether notifications reach the client: over stdio, and over HTTP since 2026-07-28. */
  readonly canNotify: boolean;
}

/**
 * The MCP server: tools, resources, completion and prompts over one catalog. The same behind stdio and HTTP.
 *
 * It is the SDK's plain server: its lists are constants, an unknown name is never looked up in an object,
 * and a new one for each HTTP request costs next to nothing.
 */
export function createServer(ports: ServerPorts, { canNotify }: ServerOptions): Server {
  const server = new Server(
    {
      name: "chub",
      title: "chub",
      version: ports.version,
      description: "Documentation that coding agents can trust",
      websiteUrl: "https://github.com/chub-dev/chub",
    },
    {
      capabilities: {
        tools: { listChanged: false },
        resources: { listChanged: canNotify, subscribe: canNotify },
        prompts: { listChanged: false },
        completions: {},
      },
      instructions: INSTRUCTIONS,
      jsonSchemaValidator: noClientInput,
      cacheHints: {
        "tools/list": FIXED,
        "prompts/list": FIXED,
        "resources/list": FIXED,
        "resources/templates/list": FIXED,
      },
    },
  );
  handleTools(server, ports);
  handleResources(server, ports, canNotify);
  handlePrompts(server);
  const ids: KnownIds = rememberIds();
  server.setRequestHandler("completion/complete", async ({ params }) =>
    orProtocolError(async () => complete(params, await ports.catalog(), ids)),
  );
  return server;
}

function handleTools(server: Server, ports: ServerPorts): void {
  server.setRequestHandler("tools/list", () => LISTED_TOOLS);
  server.setRequestHandler("tools/call", async ({ params }, { mcpReq }) => {
    const tool = TOOLS.find(({ name }) => name === params.name);
    if (tool === undefined) throw unknownTool(params.name);
    try {
      return toToolResult(
        await tool.run(readArguments(tool, params.arguments), ports, mcpReq.signal),
      );
    } catch (thrown) {
      return toToolError(thrown);
    }
  });
}

function handleResources(server: Server, ports: ServerPorts, canNotify: boolean): void {
  server.setRequestHandler("resources/list", () => ({ resources: [...RESOURCES] }));
  server.setRequestHandler("resources/templates/list", () => ({
    resourceTemplates: [...RESOURCE_TEMPLATES],
  }));
  server.setRequestHandler("resources/read", async ({ params }, { mcpReq }) =>
    orProtocolError(async () => {
      const result = await readResource(params.uri, await ports.catalog(), mcpReq.signal);
      ports.watched(params.uri);
      return result;
    }),
  );
  if (!canNotify) return;
  server.setRequestHandler("resources/subscribe", ({ params }) => {
    ports.watched(params.uri);
    return {};
  });
  server.setRequestHandler("resources/unsubscribe", () => ({}));
}

function handlePrompts(server: Server): void {
  server.setRequestHandler("prompts/list", () => ({
    prompts: PROMPTS.map(({ listed }) => listed),
  }));
  server.setRequestHandler("prompts/get", async ({ params }) =>
    orProtocolError(async () => promptMessages(params.name, params.arguments ?? {})),
  );
}

/** Resources, prompts and completion have no results that are errors: a no is an error of the protocol, with its code in `data`. */
async function orProtocolError<Result>(answer: () => Promise<Result>): Promise<Result> {
  try {
    return await answer();
  } catch (thrown) {
    const failure = failureOf(thrown);
    throw new ProtocolError(
      failure.code === "BUG" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams,
      `${failure.message}. ${failure.hint}`,
      dataOf(failure),
    );
  }
}

function dataOf({ code, hint, alternatives }: Failure) {
  return {
    code,
    hint,
    ...(alternatives === undefined ? {} : { alternatives: alternatives.slice(0, 50) }),
  };
}

function unknownTool(name: string): ProtocolError {
  const names = TOOLS.map((tool) => tool.name);
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Unknown tool ${quoted(name)}. Tools: ${names.join(", ")}`,
    { code: "USAGE", alternatives: names },
  );
}

/** What `tools/list` answers: the same bytes on every machine, nothing of it from content. Schemas are plain JSON. */
const LISTED_TOOLS = {
  tools: TOOLS.map(({ name, title, description, input, output, isReadOnly }) => ({
    name,
    title,
    description,
    inputSchema: input,
    outputSchema: output,
    annotations: {
      title,
      readOnlyHint: isReadOnly,
      destructiveHint: !isReadOnly,
      idempotentHint: isReadOnly,
      openWorldHint: false,
    },
  })),
} as unknown as ListToolsResult;

/** Lists that change only with the program. */
const FIXED = { ttlMs: 3_600_000, cacheScope: "public" } as const;
