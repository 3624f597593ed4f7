import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { buildChub, startNode, type BuiltChub } from "../../packages/cli/test/e2e/built-chub.ts";
import { startHost, type Host } from "../../packages/registry/test/http-host.ts";

export const FIXTURES = join(import.meta.dirname, "../../packages/registry/test/fixtures/security");

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine of its own: a home, a working folder, and the built `chub`. */
export interface World {
  readonly root: string;
  /** CHUB_DIR. */
  readonly chubDirectory: string;
  readonly bin: string;
  readonly environment: Readonly<Record<string, string>>;
  write(path: string, content: string | Uint8Array): void;
  /** Writes the configuration: sources as YAML lines, or the whole text. */
  configure(text: string): void;
  /** A configured url: source over these files. */
  host(files: ReadonlyMap<string, Uint8Array>, more?: string): Promise<Host>;
  chub(...argv: string[]): Promise<Run>;
  chubWith(env: Readonly<Record<string, string>>, ...argv: string[]): Promise<Run>;
  /** Every file below the root but the cache, with its content. */
  files(): Readonly<Record<string, string>>;
}

let built: BuiltChub;
const closers: (() => unknown)[] = [];

/** Builds the program once for a test file, and takes down each world after its test. */
export function useWorlds(): void {
  beforeAll(async () => {
    built = await buildChub();
  });
  afterAll(() => built.remove());
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
}

export function newWorld(): World {
  const root = mkdtempSync(join(tmpdir(), "chub-world-"));
  closers.push(() => rmSync(root, { recursive: true, force: true }));
  const chubDirectory = join(root, "home/.chub");
  mkdirSync(join(root, "work"), { recursive: true });
  mkdirSync(chubDirectory, { recursive: true });
  const environment = { HOME: join(root, "home"), CHUB_DIR: chubDirectory };
  const world: World = {
    root,
    chubDirectory,
    bin: built.bin,
    environment,
    write(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    configure: (text) => world.write("home/.chub/config.yaml", text),
    async host(files, more = "") {
      const host = await startHost(files);
      closers.push(host.close);
      world.configure(`sources:\n  - name: hub\n    url: ${host.url}\n${more}`);
      return host;
    },
    chub: (...argv) => world.chubWith({}, ...argv),
    async chubWith(env, ...argv) {
      const run = await startNode(built.bin, argv, {
        cwd: join(root, "work"),
        env: { ...environment, ...env },
      });
      requireDecent(run);
      return run;
    },
    files: () => filesBelow(root),
  };
  return world;
}

/** An end to be called after the test, last one first. */
export function atEnd(close: () => unknown): void {
  closers.push(close);
}

/** What holds for every run, whatever happens: no stack trace, no raw control character, an exit code with a meaning. */
export function requireDecent({ status, stdout, stderr }: Run): void {
  expect(stderr).not.toMatch(/\n\s+at |node:internal|ChubError:/);
  expect(`${stdout}${stderr}`).not.toMatch(/(?![\t\n\r])[\u0000-\u001f\u007f-\u009f]/);
  expect([0, 1, 2, 3, 4, 5, 6]).toContain(status);
}

function filesBelow(root: string): Readonly<Record<string, string>> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => !path.startsWith("home/.chub/cache") && statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(
    paths.sort().map((path) => [path, readFileSync(join(root, path), "latin1")]),
  );
}

/** Files of a directory by path. */
export function treeOf(folder: string): Map<string, Uint8Array> {
  const paths = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : [];
  return new Map(
    paths
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path))]),
  );
}
