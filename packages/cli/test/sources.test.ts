import { ChubError } from "@chub/registry";
import type { SourceStatus } from "@chub/registry";
import { expect, it } from "vitest";
import { run } from "../src/run.ts";
import { plainPorts } from "./plain-ports.ts";
import { replyText } from "./reply-text.ts";
import { schemaProblems } from "./schema-problems.ts";

const ACME: SourceStatus = {
  name: "acme",
  kind: "url",
  location: "https://docs.example.com/v1",
  layout: "chub",
  entries: 12,
};
const USER = "/home/ada/.chub/config.yaml";

function machine(sources: readonly SourceStatus[] = [ACME]) {
  const ports = plainPorts({
    sources: () => sources,
    update: async () => [
      {
        name: "acme",
        outcome: "failed",
        problem: new ChubError("NO_DATA", "Cannot fetch it", { hint: "Check the network" }),
      },
    ],
  });
  const chub = async (...argv: string[]) => {
    const { reply } = await run(["sources", ...argv], {
      ...ports,
      files: { ...ports.files, isDirectory: (path) => path === "/project/dist" },
    });
    return reply;
  };
  return { ports, chub };
}

it("adds and removes a source, and keeps the documents that come with chub", async () => {
  const { ports, chub } = machine();
  const added = await chub("add", "acme", ACME.location, "--token-env", "ACME_TOKEN");
  expect(schemaProblems("cli-sources", added.json)).toEqual([]);
  expect(added.json).toEqual({ status: "added", name: "acme", file: USER });
  expect(ports.written.get(USER)).toBe(
    'sources:\n  - name: default\n    npm: "@chub/content"\n  - name: acme\n    url: https://docs.example.com/v1\n    token_env: ACME_TOKEN\n',
  );
  await chub("add", "ours", "dist", "--project", "--tier", "official");
  expect(ports.written.get("/project/.chub/config.yaml")).toContain(
    "  - name: ours\n    path: /project/dist\n    tier: official\n",
  );
  await chub("add", "pkg", "npm:@acme/docs@^2");
  expect(ports.written.get(USER)).toContain('npm: "@acme/docs@^2"');
  const removed = await chub("remove", "acme");
  expect(schemaProblems("cli-sources", removed.json)).toEqual([]);
  expect(ports.written.get(USER)).not.toContain("acme\n    url");
});

it("tests sources by asking them now", async () => {
  const { chub } = machine();
  const listed = await chub();
  expect([listed.exitCode, replyText(listed.out)]).toEqual([
    0,
    "acme  url  https://docs.example.com/v1\n  12 entries\n",
  ]);
  const tested = await chub("test", "acme");
  expect(schemaProblems("cli-sources", tested.json)).toEqual([]);
  expect([tested.exitCode, replyText(tested.out)]).toEqual([
    4,
    "acme  url  https://docs.example.com/v1\n  NO_DATA: Cannot fetch it\n",
  ]);
});

it.each([
  [["ad"], '`chub sources` cannot "ad"'],
  [["add", "acme"], "`chub sources add` needs more arguments"],
  [["remove"], "`chub sources remove` needs more arguments"],
  [["list", "acme"], "`chub sources list` takes fewer arguments"],
  [["remove", "acme", "--tier", "official"], "--tier belongs to `chub sources add`"],
  [["add", "acme", "nowhere"], 'There is no folder "nowhere"'],
  [["add", "acme", "http://docs.example.com"], "its url begins with http:"],
  [["add", "Acme!", "https://docs.example.com"], "must match pattern"],
  [["add", "acme", "https://a:b@example.com"], "holds credentials"],
  [["remove", "other"], 'has no source "other"'],
  [["test", "other"], 'There is no source "other"'],
])("refuses %j", async (argv, error) => {
  const { ports, chub } = machine();
  const { exitCode, json } = await chub(...argv);
  expect(schemaProblems("cli-error", json)).toEqual([]);
  expect(exitCode).toBeGreaterThan(0);
  expect((json as { error: string }).error).toContain(error);
  expect(ports.written.size).toBe(0);
});
