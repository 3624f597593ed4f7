// Runs the official conformance suite against the built server over HTTP; needs Node 22, see README.md.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const SUITE = "@modelcontextprotocol/conformance@0.1.16";
const SCENARIOS = [
  "server-initialize",
  "ping",
  "completion-complete",
  "tools-list",
  "resources-list",
  "prompts-list",
  "server-sse-multiple-streams",
  "dns-rebinding-protection",
];

const bin = fileURLToPath(new URL("dist/chub-mcp.cjs", import.meta.url));
const server = spawn(process.execPath, [bin, "--http", "--port", "0"], {
  stdio: ["ignore", "ignore", "pipe"],
});
// The suite asks for `localhost`, whichever address that is.
const url = (await listening(server)).replace("127.0.0.1", "localhost");
const failed = SCENARIOS.filter((scenario) => {
  const args = ["-y", SUITE, "server", "--url", url, "--scenario", scenario];
  const { status, stdout } = spawnSync("npx", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  console.log(`${status === 0 ? "passed" : "FAILED"} ${scenario}`);
  if (status !== 0) console.log(stdout);
  return status !== 0;
});
server.kill();
console.log(`${SCENARIOS.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);

function listening(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stderr.on("data", (chunk) => {
      text += chunk;
      const found = /listening on (\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on("exit", () => reject(new Error(`the server ended: ${text}`)));
  });
}
