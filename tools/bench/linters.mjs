// The linters that authors of Markdown know, from npm: installed once into node_modules/.cache, because nothing else
// of the repository needs them.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGES = {
  rumdl: "0.2.75",
  "markdownlint-cli2": "0.22.1",
  "remark-cli": "12.0.1",
  "remark-preset-lint-recommended": "7.0.1",
  "remark-frontmatter": "5.0.0",
  "remark-gfm": "4.0.1",
};

/**
 * Commands for `measureCommands`; none, with a message, where the packages cannot be had.
 * @returns {{ name: string, command: string, args: string[], statuses: number[], cwd: string, warm: boolean }[]}
 */
export function linters({ root, content, work }) {
  const folder = install(root);
  if (folder === null) return [];
  const bin = (name) => join(folder, "node_modules/.bin", name);
  const cache = join(work, "rumdl-cache");
  const common = { statuses: [0, 1], cwd: folder };
  return [
    {
      ...common,
      name: "rumdl check --no-cache",
      command: bin("rumdl"),
      args: ["check", "--no-cache", content],
      warm: false,
    },
    {
      ...common,
      name: "rumdl check, warm cache",
      command: bin("rumdl"),
      args: ["check", "--cache-dir", cache, content],
      warm: true,
    },
    {
      ...common,
      name: "markdownlint-cli2",
      command: bin("markdownlint-cli2"),
      args: ["**/*.md"],
      cwd: content,
      warm: false,
    },
    {
      ...common,
      name: "remark-cli, preset-lint-recommended",
      command: bin("remark"),
      args: [content, "--quiet", "--no-stdout", "--rc-path", join(folder, "remarkrc.json")],
      warm: false,
    },
  ];
}

function install(root) {
  const folder = join(root, "node_modules/.cache/bench-linters");
  if (existsSync(join(folder, "node_modules/.bin/rumdl"))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, dependencies: PACKAGES }),
  );
  writeFileSync(
    join(folder, "remarkrc.json"),
    JSON.stringify({
      plugins: ["remark-frontmatter", "remark-gfm", "remark-preset-lint-recommended"],
    }),
  );
  const { status, stderr } = spawnSync("npm", ["install", "--no-audit", "--no-fund"], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) return folder;
  console.log(`  Without other linters, npm cannot install them: ${stderr.trim().split("\n")[0]}`);
  return null;
}
