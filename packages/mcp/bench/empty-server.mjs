// The smallest server that the official SDK makes, unbundled: what the benchmarks measure ours against.
import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";

serveStdio(() => {
  const server = new McpServer({ name: "empty", version: "1.0.0" });
  const inputSchema = fromJsonSchema({ type: "object", properties: { text: { type: "string" } } });
  server.registerTool("echo", { inputSchema }, async ({ text }) => ({
    content: [{ type: "text", text }],
  }));
  return server;
});
