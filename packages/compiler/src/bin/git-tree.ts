import { spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { ChubError } from "@chub/registry";
import type { Discovered, SourceFile } from "../1-discover/source-file.ts";
import { splitFrontMatter } from "../4-lint/split-front-matter.ts";
import type { BaseChange } from "../4-lint/project-rule.ts";

/** Asks git by its plumbing commands about the tree that a content folder stands in. */
export interface GitTree {
  /** Staged files below the content folder, as they are staged: POSIX paths relative to it, sorted. Deleted ones are left out. */
  staged(): readonly SourceFile[];
  /**
   * How Markdown files differ from the point where the history left `ref`.
   *
   * **Errors**: `USAGE` when git does not know it.
   */
  changesSince(ref: string, files: Discovered["files"]): ReadonlyMap<string, BaseChange>;
}

/** **Errors**: `USAGE` when there is no git, or the folder is not in a work tree. */
export function openGitTree(contentRoot: string): GitTree {
  const git = gitIn(contentRoot);
  const inside = git(["rev-parse", "--show-prefix"]);
  if (!inside.ok) {
    throw new ChubError("USAGE", `${contentRoot} is not in a git work tree`, {
      hint: "`--staged` and `--base` ask git what changed; run `git init`, or leave them out.",
    });
  }
  const prefix = text(inside.out).trimEnd();
  return {
    staged() {
      const paths = namesOf(git, ["diff", "--cached", "--name-only", "--diff-filter=d"]);
      const blobs = readBlobs(
        git,
        paths.map((path) => `:${prefix}${path}`),
      );
      return paths.flatMap((path, index) => {
        const bytes = blobs[index];
        return bytes === null || bytes === undefined
          ? []
          : [{ path, bytes, sha256: hash("sha256", bytes, "hex") }];
      });
    },
    changesSince(ref, files) {
      const base = startOf(git, ref);
      const changed = new Set(namesOf(git, ["diff", "--name-only", base]));
      const present = files.filter(({ path }) => path.endsWith(".md") && changed.has(path));
      const blobs = readBlobs(
        git,
        present.map(({ path }) => `${base}:${prefix}${path}`),
      );
      return new Map(
        present.map(({ path, bytes }, index) => [path, changeOf(blobs[index] ?? null, bytes)]),
      );
    },
  };
}

type Git = (
  args: readonly string[],
  input?: string,
) => { readonly ok: boolean; readonly out: Buffer };

function gitIn(cwd: string): Git {
  return (args, input) => {
    const { status, stdout, error } = spawnSync("git", [...args], {
      cwd,
      maxBuffer: MOST_BYTES,
      ...(input !== undefined && { input }),
    });
    if (error !== undefined && "code" in error && error.code === "ENOENT") {
      throw new ChubError("USAGE", "git is not installed", {
        hint: "`--staged` and `--base` ask git what changed; leave them out.",
        cause: error,
      });
    }
    if (error !== undefined) throw error;
    return { ok: status === 0, out: stdout };
  };
}

/** Paths relative to the folder, sorted by git, which orders by bytes. */
function namesOf(git: Git, args: readonly string[]): readonly string[] {
  const { out } = git([...args, "-z", "--no-renames", "--relative", "--", "."]);
  return text(out)
    .split("\0")
    .filter((path) => path !== "");
}

/** Where the history of the work tree left the revision; the revision itself when both share nothing. */
function startOf(git: Git, ref: string): string {
  const commit = git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (!commit.ok) {
    throw new ChubError("USAGE", `git knows no revision ${JSON.stringify(ref)}`, {
      hint: "Fetch it first: a shallow clone, as CI makes them, has only the last commit.",
    });
  }
  const id = text(commit.out).trim();
  const common = git(["merge-base", id, "HEAD"]);
  return common.ok ? text(common.out).trim() : id;
}

/** Contents by `git cat-file --batch`, in the order of the names; null for those that are no file. */
function readBlobs(git: Git, names: readonly string[]): readonly (Buffer | null)[] {
  if (names.length === 0) return [];
  const { out } = git(["cat-file", "--batch"], `${names.join("\n")}\n`);
  let at = 0;
  return names.map(() => {
    const end = out.indexOf(0x0a, at);
    const [, kind, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(text(out.subarray(at, end))) ?? [];
    at = end + 1;
    if (size === undefined) return null;
    const content = out.subarray(at, at + Number(size));
    at += Number(size) + 1;
    return kind === "blob" ? content : null;
  });
}

function changeOf(before: Buffer | null, after: Uint8Array): BaseChange {
  if (before === null) return { textChanged: true, revision: null };
  const [old, current] = [splitFrontMatter(text(before)), splitFrontMatter(text(after))];
  const revision = /^\s+revision:\s*["']?(\d+)/m.exec(old.frontMatter)?.[1];
  return {
    textChanged: old.body !== current.body,
    revision: revision === undefined ? null : Number(revision),
  };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

/** Bytes of all changed files together. */
const MOST_BYTES = 512 * 1024 * 1024;
