import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BundledChubc, bundleChubc } from "./bundle-chubc.ts";
import { SOUND_DOC } from "./lint-support.ts";

let program: BundledChubc;
let work: string;
const cache = (): string => join(work, "cache");
beforeAll(async () => {
  program = await bundleChubc();
});
afterAll(() => program.remove());
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "chub-lint-cache-"));
  cpSync(join(import.meta.dirname, "golden/shapes/content"), join(work, "content"), {
    recursive: true,
  });
  write("content/acme/docs/broken/DOC.md", SOUND_DOC.replace("name: widget", "name: broken"));
  appendFileSync(join(work, "content/acme/docs/broken/DOC.md"), "\n[a](missing.md)\n");
  return () => rmSync(work, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}

const environment = (): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  NO_COLOR: "1",
});

function run(...args: string[]) {
  const all = [program.script, ...args, "--cache-location", cache()];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    cwd: work,
    env: environment(),
    encoding: "utf8",
  });
  return { status, stdout, stderr: stderr.replace(/\d+\.\d s/, "N s") };
}

describe("chubc lint with its cache", () => {
  it(
    "says the same as without, and how many files it knew",
    () => {
      const plain = run("lint", "--no-cache");
      expect(existsSync(cache())).toBe(false);
      const cold = run("lint");
      expect(cold).toEqual(plain);
      const files = Number(/^\d+/.exec(plain.stderr)?.[0]);
      const known = (count: number) => plain.stderr.replace(", N s", `, ${count} cached, N s`);
      expect(run("lint")).toEqual({ ...plain, stderr: known(files) });
      // Times of files say nothing.
      utimesSync(join(work, "content/acme/docs/broken/DOC.md"), 1, 1);
      expect(run("lint")).toEqual({ ...plain, stderr: known(files) });
      // Another format is another report from the same results.
      const json = run("lint", "--format", "json");
      expect(json.stderr).toBe(known(files));
      expect(json.stdout).toBe(run("lint", "--format", "json", "--no-cache").stdout);
      appendFileSync(join(work, "content/acme/docs/broken/DOC.md"), "\nMore text.\n");
      const edited = run("lint", "--cache-explain");
      expect(edited.stdout).toBe(run("lint", "--no-cache").stdout);
      expect(edited.stderr).toBe(
        `cache: ${files - 1} of ${files} files\ncache: acme/docs/broken/DOC.md: other content\n${known(files - 1)}`,
      );
      write("chub.config.json", '{"rules":{"links/resolve":"error"}}');
      const configured = run("lint", "--cache-explain");
      expect(configured.status).toBe(1);
      expect(configured.stderr).toContain(`${files} files: another configuration\n`);
    },
    MANY_RUNS_MS,
  );

  it(
    "survives damaged files, and says so once",
    () => {
      const plain = run("lint");
      for (const name of readdirSync(cache())) {
        const bytes = readFileSync(join(cache(), name));
        writeFileSync(join(cache(), name), bytes.fill(0, bytes.length >> 1));
      }
      const { stdout, stderr } = run("lint");
      expect(stdout).toBe(plain.stdout);
      expect(stderr.match(/is damaged/g)?.length).toBeLessThanOrEqual(2);
      expect(stderr).toContain("is damaged");
      expect(run("lint").stderr).not.toContain("is damaged");
    },
    MANY_RUNS_MS,
  );

  it(
    "may run several times at once",
    async () => {
      const plain = run("lint", "--no-cache").stdout;
      const outputs = await Promise.all(
        [1, 2, 3].map(
          () =>
            new Promise<string>((resolve) => {
              const args = [program.script, "lint", "--cache-location", cache()];
              const child = spawn(process.execPath, args, { cwd: work, env: environment() });
              let text = "";
              child.stdout.on("data", (data: Buffer) => (text += data.toString()));
              child.on("close", () => resolve(text));
            }),
        ),
      );
      expect(outputs).toEqual([plain, plain, plain]);
      expect(readdirSync(cache()).filter((name) => name.endsWith(".tmp"))).toEqual([]);
      expect(run("lint", "--cache-explain").stderr).toMatch(/^cache: (\d+) of \1 files\n/);
    },
    MANY_RUNS_MS,
  );
});

describe("chubc lint --watch", () => {
  it(
    "answers to edits, renames, new folders and removals, and ends at once when asked to",
    async () => {
      const doc = join(work, "content/acme/docs/broken/DOC.md");
      const args = [
        program.script,
        "lint",
        "--watch",
        "--format",
        "compact",
        "--cache-location",
        cache(),
      ];
      const child = spawn(process.execPath, args, { cwd: work, env: environment() });
      const output = collect(child);
      const first = await output.next();
      expect(first).toContain("missing.md");

      appendFileSync(doc, "\n[b](gone.md)\n");
      const edited = await output.next();
      expect(edited).toContain("gone.md does not exist");
      expect(edited).toContain("missing.md does not exist");

      // As editors save: a new file takes the place of the old one.
      writeFileSync(`${doc}.new`, SOUND_DOC.replace("name: widget", "name: broken"));
      renameSync(`${doc}.new`, doc);
      expect(await output.until((text) => !text.includes("broken/DOC.md"))).toMatch(/0 errors/);

      write("content/acme/docs/late/references/a.md", "# A\n\n[c](nowhere.md)\n");
      expect(await output.until((text) => text.includes("nowhere.md"))).toContain(
        "acme/docs/late/references/a.md",
      );
      rmSync(join(work, "content/acme/docs/late"), { recursive: true });
      expect(await output.until((text) => !text.includes("nowhere.md"))).toMatch(/0 errors/);

      const ended = new Promise((resolve) => child.on("close", (code) => resolve(code)));
      child.kill("SIGINT");
      expect(await ended).toBe(0);
    },
    MANY_RUNS_MS,
  );
});

/** What a watching process says, report by report: each ends with its summary. */
function collect(child: ReturnType<typeof spawn>) {
  let text = "";
  let wake = (): void => {};
  const take = (data: Buffer): void => {
    text += data.toString();
    wake();
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  child.on("close", () => wake());
  const next = async (): Promise<string> => {
    for (;;) {
      const end = /^\d+ files: .* s\n/m.exec(text);
      if (end !== null) {
        const report = text.slice(0, end.index + end[0].length);
        text = text.slice(end.index + end[0].length);
        return report;
      }
      if (child.exitCode !== null) throw new Error(`The process ended: ${text}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return {
    next,
    /** The first report for which the answer is yes; changes may come in several. */
    async until(isMeant: (report: string) => boolean): Promise<string> {
      for (;;) {
        const report = await next();
        if (isMeant(report)) return report;
      }
    },
  };
}

/** Each test runs the program many times. */
const MANY_RUNS_MS = 300_000;
