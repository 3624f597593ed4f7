import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import {
  isChubError,
  loadConfiguration,
  openCatalog,
  type Configuration,
  type Environment,
} from "../src/index.ts";
import { fixtureArtifact, writeTree } from "./fixture-artifact.ts";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** A machine with a home folder and a project below it, and the files of both. */
function machine(
  files: Readonly<Record<string, string>>,
  variables: Record<string, string> = {},
): { root: string; environment: Environment } {
  const root = writeTree(
    new Map(Object.entries({ "home/keep": "", "work/project/src/keep": "", ...files })),
  );
  roots.push(root);
  const environment = {
    variables,
    homeDirectory: join(root, "home"),
    workingDirectory: join(root, "work/project/src"),
    contentDirectory: () => null,
  };
  return { root, environment };
}

async function load(
  files: Readonly<Record<string, string>>,
  variables: Record<string, string> = {},
): Promise<{ configuration: Configuration; root: string }> {
  const { root, environment } = machine(files, variables);
  return { root, configuration: await loadConfiguration(environment) };
}

async function problemsOf(text: string, variables: Record<string, string> = {}): Promise<string[]> {
  const { root, environment } = machine({ "home/.chub/config.yaml": text }, variables);
  try {
    await loadConfiguration(environment);
    return [];
  } catch (error) {
    if (!isChubError(error) || error.code !== "CONFIG") throw error;
    return error.message
      .split("\n")
      .map((line) => line.replace(join(root, "home/.chub/config.yaml"), "FILE"));
  }
}

it("without any file reads the installed documents", async () => {
  const { configuration, root } = await load({});
  expect(configuration).toEqual({
    home: join(root, "home/.chub"),
    sources: [{ name: "default", kind: "embedded", tier: "official" }],
    policy: { allow: [], deny: [] },
    shadow: false,
    languages: [],
    outputFormat: "human",
    refreshIntervalSeconds: 21_600,
    offline: false,
    warnings: [],
  });
});

it("keeps the meaning of Context Hub's keys", async () => {
  const { configuration, root } = await load({
    "home/.chub/config.yaml":
      "cdn_url: https://docs.example.com/v1/\noutput_dir: .context\nrefresh_interval: 60\noutput_format: json\nsource: official,maintainer\ntelemetry: false\nfeedback: false\n",
  });
  expect(configuration).toMatchObject({
    sources: [
      {
        name: "default",
        kind: "url",
        url: "https://docs.example.com/v1",
        headers: {},
        tier: "maintainer",
      },
    ],
    outputDirectory: join(root, "home/.chub/.context"),
    refreshIntervalSeconds: 60,
    outputFormat: "json",
    policy: { tiers: ["official", "maintainer"], allow: [], deny: [] },
  });
  expect(
    (await load({}, { CHUB_BUNDLE_URL: "http://127.0.0.1:8080/v1" })).configuration.sources,
  ).toEqual([
    {
      name: "default",
      kind: "url",
      url: "http://127.0.0.1:8080/v1",
      headers: {},
      tier: "maintainer",
    },
  ]);
});

it("reads sources in order, paths relative to the file, and moves with CHUB_DIR", async () => {
  const { root } = machine({});
  const { configuration, root: other } = await load(
    {
      "elsewhere/config.yaml":
        "sources:\n  - name: acme\n    path: ../dist\n    tier: official\n  - name: home\n    path: ~/docs\n  - name: default\n    npm: '@chub/content'\n  - name: corp\n    npm: '@acme/docs@^2'\n",
    },
    {},
  );
  expect(configuration.sources).toEqual([{ name: "default", kind: "embedded", tier: "official" }]);
  const moved = await loadConfiguration({
    variables: { CHUB_DIR: join(other, "elsewhere") },
    homeDirectory: join(other, "home"),
    workingDirectory: root,
    contentDirectory: () => null,
  });
  expect(moved.sources).toEqual([
    { name: "acme", kind: "path", directory: join(other, "dist"), tier: "official" },
    { name: "home", kind: "path", directory: join(other, "home/docs"), tier: "maintainer" },
    { name: "default", kind: "embedded", tier: "official" },
    { name: "corp", kind: "npm", packageName: "@acme/docs", range: "^2", tier: "maintainer" },
  ]);
});

it("names file, line and column, and what was meant", async () => {
  expect(await problemsOf("telemetri: false\nsources:\n  - nam: x\n    path: y\n")).toEqual([
    'FILE:1:1: Unexpected key "telemetri", did you mean "telemetry"?',
    "FILE:3:5: sources.0 must have required property 'name'",
    'FILE:3:5: Unexpected key "nam", did you mean "name"?',
  ]);
  expect(await problemsOf("sources: [a, b]\n")).toEqual([
    "FILE:1:11: sources.0 must be object",
    "FILE:1:14: sources.1 must be object",
  ]);
  expect(await problemsOf("sources:\n  - {name: ../../x, path: a}\n")).toEqual([
    expect.stringContaining("FILE:2:6: sources.0.name must match pattern"),
  ]);
  expect(await problemsOf("sources:\n  - {name: 'a:b', path: a}\n")).toEqual([
    expect.stringContaining("FILE:2:6:"),
  ]);
  expect(
    await problemsOf("sources:\n  - name: a\n    path: x\n  - name: a\n    path: y\n"),
  ).toEqual(['FILE:4:5: another source is called "a"']);
  expect(await problemsOf("sources:\n  - name: a\n")).toEqual([
    'FILE:2:5: source "a" needs exactly one of path, url and npm',
  ]);
  expect(await problemsOf("source: [official, nobody]\n")).toEqual([
    'FILE:1:1: Unexpected tier "nobody", expected official, maintainer, community',
  ]);
  expect(await problemsOf("refresh_interval: soon\n")).toEqual([
    "FILE:1:1: refresh_interval must be integer",
  ]);
  expect(await problemsOf("a: [\n")).toEqual([expect.stringMatching(/^FILE:2:1: /)]);
  expect(await problemsOf("shadow: true\nshadow: false\n")).toEqual([
    "FILE:2:1: Map keys must be unique",
  ]);
  expect(await problemsOf("", { CHUB_DIR: "relative/dir" })).toEqual([
    'CHUB_DIR: Unexpected relative path "relative/dir", expected an absolute one',
  ]);
});

it("takes https, and http on this machine only", async () => {
  const url = (text: string): string => `sources:\n  - name: a\n    url: ${text}\n`;
  for (const good of [
    "https://x.example/v1",
    "http://localhost:1",
    "http://127.0.0.1/v1",
    "'http://[::1]:80'",
  ])
    expect(await problemsOf(url(good))).toEqual([]);
  expect(await problemsOf(url("http://x.example"))).toEqual([
    'FILE:2:5: source "a": its url begins with http:, only https, and http on this machine, is read',
  ]);
  expect(await problemsOf(url("file:///etc"))).toEqual([
    expect.stringContaining("begins with file:"),
  ]);
  expect(await problemsOf(url("'data:text/plain,x'"))).toEqual([
    expect.stringContaining("begins with data:"),
  ]);
  expect(await problemsOf(url("https://user:secret@x.example"))).toEqual([
    'FILE:2:5: source "a": its url holds credentials; use token_env or headers',
  ]);
});

it("takes a channel or a version of a host, and keys for it", async () => {
  const key = `ed25519:${Buffer.alloc(32, 7).toString("base64")}`;
  const source = (lines: string): string => `sources:\n  - name: a\n${lines}`;
  const { configuration } = await load({
    "home/.chub/config.yaml": source(
      `    url: https://x.example/\n    channel: stable\n    keys: ["${key}"]\n`,
    ),
  });
  expect(configuration.sources).toEqual([
    {
      name: "a",
      kind: "url",
      url: "https://x.example",
      headers: {},
      pointer: { place: { channel: "stable" }, keys: [key] },
      tier: "maintainer",
    },
  ]);
  const url = "    url: https://x.example\n";
  const problems = {
    [`${url}    channel: stable\n    version: 1.0.0\n`]:
      'FILE:2:5: source "a" has a channel and a version, expected one of them',
    [`${url}    keys: ["${key}"]\n`]: 'FILE:2:5: source "a" has keys, but no channel or version',
    [`${url}    channel: stable\n    keys: []\n`]:
      'FILE:2:5: source "a": keys are ed25519:<32 bytes in base64>, at least one',
    "    path: docs\n    channel: stable\n": 'FILE:2:5: source "a" has channel, but no url',
  };
  for (const [lines, problem] of Object.entries(problems))
    expect(await problemsOf(source(lines))).toEqual([problem]);
  expect(await problemsOf(source(`${url}    channel: stable\n    keys: [secret]\n`))).toEqual([
    expect.stringMatching(/^FILE:5:12: sources\.0\.keys\.0 must match pattern/),
  ]);
});

it("lets a project that is not trusted narrow what is read, and nothing else", async () => {
  const project =
    "sources:\n  - name: evil\n    path: docs\nsource: official\ndeny: [Foo]\nallow: [a, b]\nlanguages: [python]\nshadow: true\noutput_dir: ../..\n";
  const user = "allow: [b, c]\ndeny: [bar]\n";
  const { configuration, root } = await load({
    "work/project/.chub/config.yaml": project,
    "home/.chub/config.yaml": user,
  });
  expect(configuration).toEqual({
    home: join(root, "home/.chub"),
    sources: [{ name: "default", kind: "embedded", tier: "official" }],
    policy: { tiers: ["official"], allow: ["b"], deny: ["bar", "foo"] },
    shadow: false,
    languages: ["python"],
    outputFormat: "human",
    refreshIntervalSeconds: 21_600,
    offline: false,
    projectDirectory: join(root, "work/project"),
    warnings: [
      `${join(root, "work/project/.chub/config.yaml")}: sources, shadow, output_dir ignored, because the project is not among trusted_projects of your own config.yaml`,
    ],
  });
});

it("takes everything of a project the user trusts; allowing nobody in common allows nobody", async () => {
  const { root, environment } = machine({
    "work/project/.chub/config.yaml": "sources:\n  - name: team\n    path: docs\nallow: [x]\n",
    "home/.chub/config.yaml": "allow: [y]\nsources:\n  - name: own\n    path: own\n",
  });
  const trusted = await loadConfiguration({
    ...environment,
    variables: { CHUB_TRUST_PROJECT: "1" },
  });
  expect(trusted.sources.map(({ name }) => name)).toEqual(["team", "own"]);
  expect(trusted.policy.allow).toEqual(["-"]);
  expect(trusted.warnings).toEqual([]);
  const listed = writeTree(
    new Map([["config.yaml", `trusted_projects: ["${join(root, "work/project")}"]\n`]]),
  );
  roots.push(listed);
  const byList = await loadConfiguration({ ...environment, variables: { CHUB_DIR: listed } });
  expect(byList.sources.map(({ name }) => name)).toEqual(["team"]);
});

it("does not take the user's own file for that of a project", async () => {
  const { root, environment } = machine({
    "home/.chub/config.yaml": "deny: [a]\n",
    "home/code/keep": "",
  });
  const configuration = await loadConfiguration({
    ...environment,
    workingDirectory: join(root, "home/code"),
  });
  expect(configuration.policy.deny).toEqual(["a"]);
  expect(configuration.projectDirectory).toBe(undefined);
});

it("opens a catalog from a configuration; what is not installed is named, not skipped", async () => {
  const { environment } = machine({});
  const catalog = await openCatalog({
    configuration: await loadConfiguration(environment),
    environment,
  });
  expect(catalog.sources()).toEqual([
    {
      name: "default",
      kind: "embedded",
      location: "@chub/content",
      layout: "chub",
      entries: 0,
      problem: {
        code: "NO_DATA",
        message: "The documents that come with chub, @chub/content, are not installed",
      },
    },
  ]);
});

it("reads raw content through the compiler when there is one, and says what to do when there is none", async () => {
  const { environment, root } = machine({
    "home/.chub/config.yaml": "sources:\n  - name: raw\n    path: ~/content\n",
    "home/content/acme/docs/lib/DOC.md": "# Lib\n",
  });
  const configuration = await loadConfiguration(environment);
  const without = await openCatalog({ configuration, environment });
  expect(without.sources()).toMatchObject([
    { name: "raw", entries: 0, problem: { code: "NO_DATA" } },
  ]);
  const compiled: string[] = [];
  const compileContent = async (directory: string): Promise<ReadonlyMap<string, Uint8Array>> => {
    compiled.push(directory);
    return fixtureArtifact([
      {
        id: "acme/lib",
        texts: [{ language: "python", version: "1.0.0", files: { "DOC.md": "# Lib\n" } }],
      },
    ]);
  };
  const catalog = await openCatalog({
    configuration,
    environment: { ...environment, compileContent },
  });
  expect(await catalog.get({ address: "acme/lib#lib" })).toMatchObject({
    outcome: "found",
    parts: [{ content: "# Lib\n" }],
  });
  expect((await catalog.search({ query: "lib" })).total).toBe(1);
  expect(compiled).toEqual([join(root, "home/content")]);
});

it("keeps what a file says, and reads it again when its text or the kept form is another", async () => {
  const { root, environment } = machine({ "home/.chub/config.yaml": "languages: [python]\n" });
  const file = join(root, "home/.chub/config.yaml");
  const kept = join(root, "home/.chub/cache/sources");
  const languages = async () => (await loadConfiguration(environment)).languages;

  expect([await languages(), await languages()]).toEqual([["python"], ["python"]]);
  const [state = ""] = readdirSync(kept);
  expect(JSON.parse(readFileSync(join(kept, state), "utf8"))).toEqual({
    format: 1,
    text: "languages: [python]\n",
    value: { languages: ["python"] },
    places: { "": "1:1", "/languages": "1:1", "/languages/0": "1:13" },
  });
  for (const damaged of [
    "",
    "null",
    "{}",
    '{"format":1,"text":"languages: [python]\\n","value":7}',
  ]) {
    writeFileSync(join(kept, state), damaged);
    expect(await languages()).toEqual(["python"]);
  }
  writeFileSync(file, "languages: [go]\n");
  expect([await languages(), await languages()]).toEqual([["go"], ["go"]]);
});

it("what is kept is checked like a new file: a finding has its place every time", async () => {
  const { environment } = machine({
    "home/.chub/config.yaml":
      "shadow: true\nsources:\n  - name: a\n    path: x\n    url: https://example.com\n",
  });
  const problem = async (): Promise<unknown> =>
    loadConfiguration(environment).then(
      () => null,
      (error: unknown) =>
        isChubError(error) ? error.message.replace(/^.*config\.yaml/, "FILE") : error,
    );
  const first = await problem();
  expect(first).toMatch(/^FILE:3:5: /);
  expect(await problem()).toBe(first);
});
