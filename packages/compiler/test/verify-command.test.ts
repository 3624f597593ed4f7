import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DocumentAst, RegistryFile } from "@chub/registry";
import ts from "typescript";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { TYPESCRIPT } from "../src/prove/tool-store.ts";
import { type BundledChubc, bundleChubc } from "./bundle-chubc.ts";
import { type NpmServer, startNpmServer } from "./npm-server.ts";

// Each run is a process that starts TypeScript in another.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let program: BundledChubc;
let server: NpmServer;
let work: string;
/** One for all tests: what is in it is named by its content. */
let store: string;
beforeAll(async () => {
  program = await bundleChubc();
  store = mkdtempSync(join(tmpdir(), "chub-verify-store-"));
  installTypeScript(store);
});
afterAll(() => {
  program.remove();
  rmSync(store, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await startNpmServer([
    { name: "@types/node", version: "24.19.2", files: { "index.d.ts": NODE } },
    { name: "widgets", version: "1.0.0", files: { "index.d.ts": widgets("list") } },
    { name: "widgets", version: "2.0.0", files: { "index.d.ts": widgets("all") } },
  ]);
  work = mkdtempSync(join(tmpdir(), "chub-verify-"));
  write(".npmrc", `registry=${server.url}\nfetch-retries=0\n`);
  write("content/acme/docs/widgets/DOC.md", DOC);
});
afterEach(async () => {
  rmSync(work, { recursive: true, force: true });
  await server.close();
});

/** The pinned version is the one of the tests, so that nothing is fetched from afar. */
function installTypeScript(folder: string): void {
  expect(ts.version).toBe(TYPESCRIPT.version);
  const digest = Buffer.from(TYPESCRIPT.integrity.slice("sha512-".length), "base64").toString(
    "hex",
  );
  const place = join(folder, "tools", `typescript-${TYPESCRIPT.version}-${digest.slice(0, 16)}`);
  cpSync(dirname(ts.getDefaultLibFilePath({})), join(place, "lib"), {
    recursive: true,
    filter: (path) => !/\.[a-z-]+\.json$/.test(path),
  });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

// Not spawnSync: the registry answers from this process.
function chubc(...args: string[]): Promise<Ended> {
  const own = ["verify", "drift"].includes(args[0]!) ? ["--store", store] : [];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program.script, ...args, ...own], {
      cwd: work,
      env: { PATH: process.env["PATH"] ?? "", HOME: work, USERPROFILE: work },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => (stdout += String(text)));
    child.stderr.on("data", (text) => (stderr += String(text)));
    child.on("close", (status) =>
      resolve({ status, stdout, stderr: stderr.replace(/\d+\.\d s/, "N s") }),
    );
  });
}

const json = <T>(path: string): T => JSON.parse(readFileSync(join(work, path), "utf8")) as T;

describe("chubc verify", () => {
  it("passes sound code, and needs no registry the second time", async () => {
    const first = await chubc("verify", "--format", "compact");
    expect(first).toEqual({
      status: 0,
      stdout: "",
      stderr:
        "1 file, 3 code blocks: 2 passed (types of 2 against 1 packages), 0 failed, 1 skipped, N s\n",
    });
    await server.close();
    expect(await chubc("verify", "--format", "compact")).toEqual(first);
  });

  it("points at what the package does not have, and re-checks only the changed document", async () => {
    write("content/acme/docs/other/DOC.md", DOC.replace("name: widgets", "name: other"));
    await chubc("verify");
    write("content/acme/docs/widgets/DOC.md", DOC.replace("client.list()", "client.lst()"));
    const { status, stdout } = await chubc("verify", "--format", "compact");
    expect(status).toBe(1);
    expect(stdout.split(". Correct")[0]).toBe(
      "content/acme/docs/widgets/DOC.md:24:14: error CHUB3101 code/types: pkg:npm/widgets@1.0.0: TS2551: Property 'lst' does not exist on type 'Client'. Did you mean 'list'?",
    );
  });

  it("gives every verdict with its evidence as JSON", async () => {
    const { stdout } = await chubc("verify", "--json");
    const { tool, files } = JSON.parse(stdout) as { tool: string; files: readonly object[] };
    const integrity = expect.stringMatching(/^sha512-/) as unknown;
    const types = {
      status: "passed",
      checks: ["syntax", "types"],
      tool: "typescript@6.0.3",
      package: "pkg:npm/widgets@1.0.0",
      integrity,
    };
    expect(tool).toBe("typescript@6.0.3");
    expect(files).toEqual([
      {
        path: "acme/docs/widgets/DOC.md",
        packages: ["pkg:npm/widgets@1.0.0"],
        missing: [],
        lock: [
          expect.stringMatching(/^@types\/node@/),
          expect.stringMatching(/^widgets@1\.0\.0 sha512-/),
        ],
        blocks: [
          { index: 0, language: "javascript", line: 15, verification: types },
          { index: 1, language: "typescript", line: 23, verification: types },
          {
            index: 2,
            language: "klingon",
            line: 27,
            verification: expect.objectContaining({ status: "skipped" }) as unknown,
          },
        ].map((block) => (block.language === "klingon" ? { ...block, language: null } : block)),
      },
    ]);
  });

  it("fails for a version that was never published, with its place", async () => {
    write("content/acme/docs/widgets/DOC.md", DOC.replace("widgets@1.0.0", "widgets@7.0.0"));
    const { status, stdout } = await chubc("verify", "--format", "compact");
    expect(status).toBe(1);
    expect(stdout).toContain(
      "DOC.md:9:14: error CHUB3102 code/published-package: Unexpected package: widgets@7.0.0 is not on the registry",
    );
  });

  it("ends with 4 when the registry cannot be reached", async () => {
    await server.close();
    write("content/acme/docs/widgets/DOC.md", DOC.replace("widgets@1.0.0", "widgets@1.0.1"));
    const { status, stderr } = await chubc("verify");
    expect(status).toBe(4);
    expect(stderr).toMatch(/^error: Cannot ask the npm registry for /);
  });

  it("refuses to write a proof of a part of the content", async () => {
    expect((await chubc("verify", "content/acme", "--write")).status).toBe(2);
  });
});

describe("proof.json", () => {
  it("brings the verdicts into the artifact, as long as the code is the same", async () => {
    expect((await chubc("verify", "--check")).status).toBe(1);
    await chubc("verify", "--write");
    expect((await chubc("verify", "--check")).status).toBe(0);
    await chubc("build", "content", "-o", "dist");
    const ast = json<DocumentAst>("dist/ast/acme/docs/widgets/DOC.md.json");
    expect(ast.code.slice(0, 2).map(({ verification }) => verification.checks)).toEqual([
      ["syntax", "types"],
      ["syntax", "types"],
    ]);
    const [doc] = json<RegistryFile>("dist/registry.json").docs;
    expect(doc!.languages[0]!.versions[0]!.verified).toEqual({
      blocks: 3,
      passed: 2,
      failed: 0,
      skipped: 1,
      packages: ["pkg:npm/widgets@1.0.0"],
      tools: ["typescript@6.0.3"],
    });
    const proof = readFileSync(join(work, "content/proof.json"), "utf8");
    write("content/acme/docs/widgets/DOC.md", DOC.replace("client.list()", "client.lst()"));
    await chubc("build", "content", "-o", "dist");
    const changed = json<DocumentAst>("dist/ast/acme/docs/widgets/DOC.md.json");
    expect(changed.code[0]!.verification.checks).toEqual(["syntax"]);
    write("content/acme/docs/widgets/DOC.md", `${DOC}\nMore prose.\n`);
    await chubc("verify", "--write");
    expect(readFileSync(join(work, "content/proof.json"), "utf8")).toBe(proof);
  });

  it("is refused when it is no proof", async () => {
    write("content/proof.json", '{"format": 2}');
    const { status, stderr } = await chubc("build", "content", "-o", "dist");
    expect(status).toBe(1);
    expect(stderr).toContain("files/proof");
  });
});

describe("chubc drift", () => {
  it("says what another version breaks", async () => {
    const { status, stdout, stderr } = await chubc(
      "drift",
      "content/acme/docs/widgets/DOC.md",
      "--to",
      "latest",
      "--json",
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      {
        path: "acme/docs/widgets/DOC.md",
        from: ["pkg:npm/widgets@1.0.0"],
        to: ["pkg:npm/widgets@2.0.0"],
        failedBefore: 0,
        breaks: [
          {
            index: 1,
            verification: expect.objectContaining({
              status: "failed",
              line: 24,
              column: 14,
            }) as unknown,
          },
        ],
      },
    ]);
    expect(stderr).toBe("1 files checked against other versions: 1 code blocks of 1 files break\n");
    expect((await chubc("drift", "content", "--to", "widgets@1.0.0")).status).toBe(0);
    expect((await chubc("drift", "content", "--to", "8.0.0")).status).toBe(4);
    expect((await chubc("drift", "content")).status).toBe(2);
  });
});

const NODE = "declare var process: { env: Record<string, string | undefined> };";

function widgets(method: string): string {
  return `export declare class Client {\n  constructor(key: string);\n  ${method}(): Promise<string[]>;\n}\n`;
}

const DOC = `---
name: widgets
description: "Make and list widgets."
metadata:
  languages: "typescript"
  versions: "1.0.0"
  revision: "1"
  updated-on: "2026-01-15"
  packages: "pkg:npm/widgets@1.0.0"
---
# Widgets

Start with a client.

\`\`\`js
import { Client } from 'widgets';

const client = new Client(process.env.KEY);
\`\`\`

## List

\`\`\`ts
await client.list();
\`\`\`

\`\`\`klingon
qapla
\`\`\`
`;
