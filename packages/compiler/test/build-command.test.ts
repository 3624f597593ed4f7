import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BundledChubc, bundleChubc } from "./bundle-chubc.ts";

let chubc: BundledChubc;
let work: string;
beforeAll(async () => {
  chubc = await bundleChubc();
  work = mkdtempSync(join(tmpdir(), "chub-build-"));
});
afterAll(() => {
  chubc.remove();
  rmSync(work, { recursive: true, force: true });
});

let content: string;
beforeEach(() => {
  rmSync(join(work, "project"), { recursive: true, force: true });
  content = join(work, "project/content");
  mkdirSync(dirname(content), { recursive: true });
  cpSync(join(import.meta.dirname, "golden/shapes/content"), content, { recursive: true });
});

function build(...args: string[]) {
  // An agent's variables would choose another format.
  const env = {
    PATH: process.env["PATH"] ?? "",
    NO_COLOR: "1",
    XDG_CACHE_HOME: join(work, "cache"),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [chubc.script, "build", ...args], {
    cwd: join(work, "project"),
    encoding: "utf8",
    env,
  });
  return { status, stdout: stdout.replace(/in \d+\.\d\d s/, "in 0.00 s"), stderr };
}

function breakFile(): void {
  writeFileSync(
    join(content, "nihon/docs/text/DOC.md"),
    '---\ndescription: "No name."\nmetadata:\n  languages: "python"\n  versions: "1"\n---\n\n# Text\n',
  );
}

const digest = (): string =>
  (JSON.parse(readFileSync(join(content, "dist/manifest.json"), "utf8")) as { digest: string })
    .digest;

describe("chubc build", () => {
  it("writes dist below the content folder, and the same again", { timeout: 180_000 }, () => {
    expect(build("content")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^Built: 5 docs, 3 skills, \d+ files, \d+ warnings?, 0 errors in 0\.00 s -> .*dist\n$/,
      ),
    });
    const first = digest();
    expect(build()).toMatchObject({ status: 0 });
    expect(digest()).toBe(first);
    expect(readdirSync(join(work, "project"))).toEqual(["content"]);
  });

  it("takes the output of chub.config.json", () => {
    writeFileSync(
      join(work, "project/chub.config.json"),
      '{ "output": "public", "ignore": ["nihon/**"] }',
    );
    expect(build("content")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Built: 4 docs, 3 skills"),
    });
    expect(existsSync(join(work, "project/public/manifest.json"))).toBe(true);
    expect(existsSync(join(content, "dist"))).toBe(false);
  });

  it("names every broken file and leaves the last good output alone", () => {
    build("content");
    const before = digest();
    breakFile();
    const { status, stdout, stderr } = build("content");
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringMatching(/^Failed: .* 1 error, \d+ cached in 0\.00 s\n$/),
    });
    expect(stderr).toContain("content/nihon/docs/text/DOC.md:");
    expect(stderr).toContain("Nothing was written: 1 file with errors.");
    expect(digest()).toBe(before);
    expect(readdirSync(content).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("builds the rest with --keep-going, and still exits 1", () => {
    build("content");
    breakFile();
    const { status, stdout, stderr } = build("content", "--keep-going");
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringMatching(/^Built: 4 docs, 3 skills/),
    });
    expect(stderr).toContain("Left out:\n  nihon/docs/text/DOC.md");
    expect(existsSync(join(content, "dist/nihon/docs/text/DOC.md"))).toBe(false);
    expect(readFileSync(join(content, "dist/registry.json"), "utf8")).not.toContain("nihon");
  });

  it("drops what was deleted", () => {
    build("content");
    rmSync(join(content, "solo"), { recursive: true });
    expect(build("content")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("5 docs, 2 skills"),
    });
    expect(existsSync(join(content, "dist/solo"))).toBe(false);
    expect(existsSync(join(content, "dist/ast/solo"))).toBe(false);
  });

  it("writes nothing with --validate-only", () => {
    expect(build("content", "--validate-only")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Valid: 5 docs, 3 skills/),
    });
    expect(existsSync(join(content, "dist"))).toBe(false);
  });

  it("answers programs with --json", () => {
    breakFile();
    const { status, stdout, stderr } = build("content", "--json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const answer = JSON.parse(stdout) as {
      errors: number;
      broken: string[];
      diagnostics: { severity: string; file: string }[];
    };
    expect(answer).toMatchObject({
      docs: 4,
      skills: 3,
      errors: 1,
      broken: ["nihon/docs/text/DOC.md"],
    });
    expect(
      answer.diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file),
    ).toEqual(["nihon/docs/text/DOC.md"]);
  });

  it("puts the base URL into registry.json and llms.txt", () => {
    expect(
      build("content", "--base-url", "https://docs.example.com/v1", "-o", "out"),
    ).toMatchObject({ status: 0 });
    expect(JSON.parse(readFileSync(join(work, "project/out/registry.json"), "utf8"))).toMatchObject(
      { base_url: "https://docs.example.com/v1" },
    );
    expect(readFileSync(join(work, "project/out/llms.txt"), "utf8")).toContain(
      "(https://docs.example.com/v1/acme/",
    );
  });

  it.each([
    [["content", "more"], 2, "Unexpected argument"],
    [["content", "--nope"], 2, "--nope"],
    [["content", "--base-url", "ftp://example.com"], 2, "Unexpected base URL"],
    [["content", "-o", "."], 2, "holds files that chubc did not write"],
    [["missing"], 6, "missing"],
  ])("refuses %j with exit code %d", (args, status, message) => {
    expect(build(...args)).toEqual({
      status,
      stdout: "",
      stderr: expect.stringContaining(message),
    });
    expect(existsSync(join(content, "dist"))).toBe(false);
  });
});
