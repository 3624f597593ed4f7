import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFeedback } from "@chub/registry";
import type { GetAnswer } from "@chub/registry";
import { afterEach, beforeEach, expect, it } from "vitest";
import { run } from "../src/run.ts";
import { foundStripe, plainPorts } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chub-feedback-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function chub(argv: readonly string[], url?: string, answer: GetAnswer = foundStripe()) {
  const ports = plainPorts({ get: async () => answer });
  const reader = await ports.openReader();
  const configuration =
    url === undefined ? reader.configuration : { ...reader.configuration, feedbackUrl: url };
  const openReader = async () => ({ ...reader, configuration, feedback: openFeedback(folder) });
  const { reply } = await run(["feedback", ...argv], { ...ports, openReader });
  expect(schemaProblems(reply.exitCode === 0 ? "cli-feedback" : "cli-error", reply.json)).toEqual(
    [],
  );
  return reply;
}

it("keeps ratings here, tells what waits, exports and clears it", async () => {
  const rated = await chub([
    "stripe/api",
    "down",
    "Wrong header",
    "--label",
    "outdated,inaccurate",
  ]);
  expect(replyText(rated.out)).toBe("Feedback on stripe/api kept on this machine.\n");
  expect(rated.json).toEqual({ status: "queued", waiting: 1, id: "stripe/api", rating: "down" });
  expect((await chub(["--status"])).json).toMatchObject({
    feedback: false,
    telemetry: false,
    endpoint: null,
    waiting: 1,
  });
  const exported = await chub(["--export"]);
  expect(exported.json).toMatchObject({
    feedback: [
      {
        rating: "down",
        comment: "Wrong header",
        labels: ["outdated", "inaccurate"],
        target: { id: "stripe/api", language: "javascript" },
      },
    ],
  });
  expect(JSON.parse(replyText(exported.out))).toEqual(exported.json);
  expect((await chub(["--clear"])).json).toEqual({ removed: 1, waiting: 0 });
});

it("sends where the user said, and keeps it when nobody answers", async () => {
  let status = 500;
  const endpoint = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/v1`;
  const failed = await chub(["stripe/api", "up"], url);
  expect(failed.json).toMatchObject({ status: "queued", waiting: 1 });
  expect(replyText(failed.err)).toContain("`chub feedback --send` tries again");
  expect((await chub(["--send"], url)).exitCode).toBe(4);
  status = 200;
  expect((await chub(["--send"], url)).json).toEqual({ sent: 1, waiting: 0 });
  expect((await chub(["stripe/api", "up"], url)).json).toMatchObject({ status: "sent" });
  endpoint.close();
});

it("rates an entry in several languages as a whole, and refuses what is not there", async () => {
  const several: GetAnswer = {
    outcome: "choose-language",
    id: "stripe/api",
    available: ["javascript", "python"],
  };
  expect((await chub(["stripe/api", "up"], undefined, several)).exitCode).toBe(0);
  const missing: GetAnswer = { outcome: "unknown-id", id: "no/such", suggestions: [] };
  expect((await chub(["no/such", "up"], undefined, missing)).exitCode).toBe(3);
});

it.each([
  [[], "`chub feedback` needs an address"],
  [["stripe/api"], "`chub feedback` needs a rating, up or down"],
  [["stripe/api", "dwon"], 'The rating must be up or down, got "dwon"'],
  [["stripe/api", "--status"], "--status takes no address"],
  [["--status", "--clear"], "--status and --clear cannot be used together"],
  [["stripe/api", "up", "--label", "great"], "Option --label must be one of"],
  [["stripe/api", "up", "x", "y"], 'Unexpected argument "y"'],
  [["stripe/api", "up", "hid\u202Eden"], "Unexpected note: it has the invisible character U+202E"],
])("refuses %j", async (argv, error) => {
  const { json } = await chub(argv);
  expect(json).toMatchObject({ code: "USAGE", exitCode: 2 });
  expect((json as { error: string }).error).toContain(error);
});

it("has nowhere to send to unless it is configured", async () => {
  expect((await chub(["--send"])).json).toMatchObject({ code: "CONFIG" });
});
