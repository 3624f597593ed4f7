// The MCP server with the official client, beside the reference's server and an empty server of the SDK.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { median, printTable } from "./measure.mjs";

const CALLS = 500;
const HANDSHAKE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "bench", version: "1" },
  },
};

export async function run({ root, content }) {
  const work = dirname(content);
  const { connectStdio, connectHttp } = await import(
    pathToFileURL(join(root, "packages/mcp/bench/client.mjs")).href
  );
  const servers = prepare(root, work, content);

  const rounds = Number(process.env.CHUB_BENCH_ROUNDS ?? 15);
  const starts = servers.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, server] of servers.entries()) starts[index].push(await startMs(server));
  }
  const base = servers[0].name;
  printTable(
    "MCP, start to initialised",
    servers.map(({ name }, index) => row(name, starts[index])),
    base,
  );

  const search = {};
  const get = {};
  const memory = [];
  for (const server of servers) {
    const { client, pid } = await connectStdio({ args: server.args, env: cleanEnv(server.env) });
    for (let call = 0; call < 50; call++) await server.search(client, call);
    search[server.name] = await callsMs((call) => server.search(client, call));
    get[server.name] = await callsMs((call) => server.get(client, call));
    memory.push(
      `  ${server.name.padEnd(44)} ${(residentKb(pid) / 1024).toFixed(0).padStart(6)} MB`,
    );
    await client.close();
  }
  printTable(
    `MCP, chub_search, ${CALLS} calls`,
    servers.map(({ name }) => row(name, search[name])),
    base,
  );
  printTable(
    `MCP, chub_get, ${CALLS} calls`,
    servers.map(({ name }) => row(name, get[name])),
    base,
  );
  console.log(`\nMCP, resident memory after ${2 * CALLS + 50} calls\n${memory.join("\n")}`);
  await manyClients(servers[1], connectHttp);
  await growth(servers[1], connectStdio);
}

function prepare(root, work, content) {
  const bins = {
    ours: join(root, "packages/mcp/dist/chub-mcp.cjs"),
    reference: join(root, "node_modules/@aisuite/chub/bin"),
  };
  const ours = homeFor(work, "mcp-ours");
  const reference = homeFor(work, "mcp-reference");
  build(join(root, "packages/compiler/dist/chubc.cjs"), content, join(work, "mcp-ours"), ours);
  build(join(bins.reference, "chub"), content, join(work, "mcp-reference"), reference);
  const { docs } = JSON.parse(readFileSync(join(work, "mcp-ours/registry.json"), "utf8"));
  const texts = docs.map(({ id, languages }) => ({ id, lang: languages[0].language }));
  const echo = (client, call) =>
    client.callTool({ name: "echo", arguments: { text: QUERIES[call % QUERIES.length] } });
  const chub = {
    search: (client, call) =>
      checked(
        client.callTool({
          name: "chub_search",
          arguments: { query: QUERIES[call % QUERIES.length] },
        }),
      ),
    get: (client, call) =>
      checked(client.callTool({ name: "chub_get", arguments: texts[(call * 7) % texts.length] })),
  };
  return [
    {
      name: "empty server of the SDK, unbundled",
      args: [join(root, "packages/mcp/bench/empty-server.mjs")],
      search: echo,
      get: echo,
    },
    { name: "chub-mcp", args: [bins.ours], env: ours, ...chub },
    {
      name: "@aisuite/chub chub-mcp",
      args: [join(bins.reference, "chub-mcp")],
      env: reference,
      ...chub,
    },
  ];
}

/** From the start of the process to the answer to `initialize`, without a client's own work. */
function startMs({ args, env = {} }) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, args, {
      env: cleanEnv(env),
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.on("error", reject);
    child.stdout.once("data", () => {
      const elapsed = Number(process.hrtime.bigint() - started) / 1e6;
      child.on("exit", () => resolve(elapsed));
      child.kill("SIGKILL");
    });
    child.stdin.write(`${JSON.stringify(HANDSHAKE)}\n`);
  });
}

/** An extra CA bundle triples Node's own start and would hide every ratio. */
function cleanEnv(env = {}) {
  const { NODE_EXTRA_CA_CERTS: _, ...base } = process.env;
  return { ...base, ...env };
}

async function callsMs(call) {
  const times = [];
  for (let index = 0; index < CALLS; index++) {
    const started = process.hrtime.bigint();
    await call(index);
    times.push(Number(process.hrtime.bigint() - started) / 1e6);
  }
  return times;
}

/** Eight clients at once over HTTP: every answer must be one. */
async function manyClients({ args, env }, connectHttp) {
  const child = spawn(process.execPath, [...args, "--http", "--port", "0"], {
    env: cleanEnv(env),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await new Promise((resolve, reject) => {
    let text = "";
    child.stderr.on("data", (chunk) => {
      text += chunk;
      const found = /listening on (\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on("exit", () => reject(new Error(`the server ended: ${text}`)));
  });
  const clients = await Promise.all(Array.from({ length: 8 }, () => connectHttp(url)));
  const started = process.hrtime.bigint();
  await Promise.all(
    clients.map(async (client) => {
      for (let call = 0; call < 100; call++)
        await checked(
          client.callTool({
            name: "chub_search",
            arguments: { query: QUERIES[call % QUERIES.length] },
          }),
        );
    }),
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(
    `\nMCP over HTTP, 8 clients at once: 800 searches without an error, ${(800 / seconds).toFixed(0)} a second`,
  );
  await Promise.all(clients.map((client) => client.close()));
  child.kill();
}

/** Resident memory over many calls. */
async function growth({ args, env, search, get }, connectStdio) {
  const calls = Number(process.env.CHUB_BENCH_CALLS ?? 50_000);
  const { client, pid } = await connectStdio({ args, env: cleanEnv(env) });
  const sizes = [];
  for (let call = 0; call < calls; call += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? search : get)(client, call + index),
      ),
    );
    if ((call / 50) % Math.ceil(calls / 50 / 10) === 0)
      sizes.push((residentKb(pid) / 1024).toFixed(0));
  }
  sizes.push((residentKb(pid) / 1024).toFixed(0));
  console.log(`\nMCP, resident memory over ${calls} calls, 50 at once: ${sizes.join(", ")} MB`);
  await client.close();
}

async function checked(answer) {
  const result = await answer;
  if (result.isError === true)
    throw new Error(`a call failed: ${JSON.stringify(result.content).slice(0, 500)}`);
  return result;
}

function row(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { name, medianMs: median(times), minMs: sorted[0] };
}

/** KiB; 0 where the system has no /proc. */
function residentKb(pid) {
  const path = `/proc/${pid}/status`;
  return existsSync(path) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path, "utf8"))?.[1] ?? 0) : 0;
}

function homeFor(work, name) {
  const home = join(work, `home-${name}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, "config.yaml"),
    `sources:\n  - name: bench\n    path: ${JSON.stringify(join(work, name))}\n`,
  );
  return { CHUB_DIR: home, CHUB_TELEMETRY: "0" };
}

function build(bin, content, output, env) {
  const result = spawnSync(process.execPath, [bin, "build", content, "-o", output], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  if (result.status !== 0)
    throw new Error(`build with ${bin} failed: ${result.stderr}${result.stdout}`);
}

const QUERIES = [
  "verify webhook signature",
  "stripe",
  "create a chat completion with streaming",
  "upload file s3",
  "websocket reconnect",
  "oauth refresh token",
  "kubernetes deployment",
  "send email attachment",
  "rate limit retry",
  "pagination cursor",
];
