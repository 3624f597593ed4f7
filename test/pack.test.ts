import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const PACKAGES = ["registry", "compiler", "cli", "mcp", "npm-content"];
const windows = process.platform === "win32";

let work: string;
let project: string;

/** Packs every package as the release does, and installs the tarballs with npm into an empty folder outside the workspace. */
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "chub-packed-"));
  project = join(work, "project");
  mkdirSync(project);
  const tarballs = PACKAGES.map((name) => pack(name));
  const dependencies = Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]));
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "consumer", private: true, type: "module", dependencies }),
  );
  run(
    "npm",
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
    project,
  );
}, 300_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

function pack(folder: string): { name: string; path: string } {
  const cwd = join(root, "packages", folder);
  const target = join(work, folder);
  mkdirSync(target);
  run(process.env.npm_execpath ?? "pnpm", ["pack", "--pack-destination", target], cwd);
  const [file] = readdirSync(target);
  const { name } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")) as { name: string };
  return { name, path: join(target, file ?? "missing") };
}

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: windows,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function chub(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const bin = join(project, "node_modules/.bin", windows ? "chub.cmd" : "chub");
  const env = { ...process.env, CHUB_DIR: join(work, "home") };
  return spawnSync(bin, args, { cwd: project, encoding: "utf8", env, shell: windows });
}

describe("the packed packages, installed with npm", () => {
  it("answer offline from the installed content", () => {
    const search = chub("search", "webhook signature", "--json");
    expect(search.stderr).toBe("");
    expect(search.status).toBe(0);
    const { results } = JSON.parse(search.stdout) as { results: { id: string }[] };
    expect(results.map(({ id }) => id)).toContain("stripe/api");

    const get = chub("get", "stripe/api");
    expect(get.status).toBe(0);
    expect(get.stdout).toContain(
      readFileSync(join(root, "content/stripe/docs/api/DOC.md"), "utf8").slice(0, 400),
    );
  });

  it("compile a content tree", () => {
    cpSync(join(root, "content/stripe"), join(work, "tree/stripe"), { recursive: true });
    const built = chub("build", join(work, "tree"), "-o", join(work, "built"));
    expect(built.stderr + built.stdout).toMatch(/2 docs/);
    expect(built.status).toBe(0);
    expect(readdirSync(join(work, "built"))).toEqual(
      expect.arrayContaining(["manifest.json", "registry.json", "bundle.tar.gz"]),
    );
  });

  it("carry the bins that package.json names", () => {
    for (const bin of ["chub", "chubc", "chub-mcp"]) {
      const path = join(project, "node_modules/.bin", windows ? `${bin}.cmd` : bin);
      const { status, stdout } = spawnSync(path, ["--version"], {
        encoding: "utf8",
        shell: windows,
      });
      expect(`${bin} ${status} ${stdout.trim()}`).toMatch(
        new RegExp(`^${bin} 0 \\d+\\.\\d+\\.\\d+`),
      );
    }
  });

  it("have types that resolve with nodenext and bundler", () => {
    writeFileSync(
      join(project, "use.ts"),
      [
        'import { directorySource, openCatalog, type SearchAnswer } from "@chub/registry";',
        'import { compile } from "@chub/compiler";',
        'import { directory } from "@chub/content";',
        "export const found: (query: string) => Promise<SearchAnswer> = async (query) => {",
        '  const source = directorySource({ name: "content", kind: "path", directory });',
        '  const catalog = await openCatalog({ sources: [{ source, tier: "maintainer" }] });',
        "  return catalog.search({ query });",
        "};",
        "export const where: string = directory;",
        "export type Compile = typeof compile;",
        "",
      ].join("\n"),
    );
    const tsc = join(root, "node_modules/@typescript/native/bin/tsc");
    for (const [module, resolution] of [
      ["nodenext", "nodenext"],
      ["esnext", "bundler"],
    ] as const) {
      const args = [
        "--noEmit",
        "--strict",
        "--target",
        "es2022",
        "--module",
        module,
        "--moduleResolution",
        resolution,
        "--types",
        "",
        "use.ts",
      ];
      const { status, stdout } = spawnSync(process.execPath, [tsc, ...args], {
        cwd: project,
        encoding: "utf8",
      });
      expect({ module, stdout, status }).toEqual({ module, stdout: "", status: 0 });
    }
  }, 60_000);

  it("leave no workspace protocol behind", () => {
    for (const folder of ["registry", "compiler", "cli", "mcp", "content"]) {
      const text = readFileSync(
        join(project, "node_modules/@chub", folder, "package.json"),
        "utf8",
      );
      expect(text).not.toMatch(/"(workspace|catalog):/);
    }
  });
});
