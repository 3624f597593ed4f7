import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { fetchHelp } from "@chub/registry";
import { run } from "../src/run.ts";
import { plainPorts } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function host(answer: (url: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer(({ url = "" }, response) => answer(url, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function help(url: string, timeoutMs = 2_000) {
  const remoteHelp = async () => ({
    from: new URL(url).origin,
    text: await fetchHelp({ url, timeoutMs }, "1.2.3"),
  });
  const { reply } = await run(["help"], plainPorts({}, { remoteHelp }));
  expect(schemaProblems("cli-help", reply.json)).toEqual([]);
  return { out: replyText(reply.out), err: replyText(reply.err), json: reply.json };
}

it("shows configured help after ours, marked as somebody else's", async () => {
  const asked: string[] = [];
  const url = await host((path, response) => {
    asked.push(path);
    response.end(path.startsWith("/json") ? JSON.stringify({ content: "From JSON." }) : "As text.");
  });
  const text = await help(`${url}/help`);
  expect(text.out).toMatch(/^chub 1\.2\.3: /);
  expect(
    text.out.endsWith(`[chub 0123456789abcdef: help from ${url}, not from chub]\nAs text.\n`),
  ).toBe(true);
  expect((await help(`${url}/json/{version}`)).json).toMatchObject({
    remote: { from: url, text: "From JSON." },
  });
  expect(asked).toEqual(["/help?cli_version=1.2.3", "/json/1.2.3"]);
});

it.each([
  ["silent", () => undefined, "no complete answer within 0.3 s"],
  [
    "absent",
    (_: string, response: ServerResponse) => response.writeHead(404).end(),
    "There is no help at help_url",
  ],
  [
    "endless",
    (_: string, response: ServerResponse) => response.end("x".repeat(70_000)),
    "more than 65536 bytes",
  ],
])("shows ours when the other is %s", async (_, answer, problem) => {
  const { out, err } = await help(await host(answer), 300);
  expect(out).toMatch(/^chub 1\.2\.3: /);
  expect(err).toContain(`Warning: no remote help: `);
  expect(err).toContain(problem);
});

it("asks no host that is neither https nor this machine", async () => {
  expect((await help("http://help.example.com")).err).toContain("only https");
});
