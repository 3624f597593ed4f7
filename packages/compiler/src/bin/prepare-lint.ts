import { createHash } from "node:crypto";
import { dirname, relative, resolve, sep } from "node:path";
import { isSelected, selectContent, type Selection } from "../1-discover/content-root.ts";
import { discover } from "../1-discover/discover.ts";
import { type ConfigFile, findConfig, readConfig } from "../1-discover/find-config.ts";
import type { Discovered, SourceFile } from "../1-discover/source-file.ts";
import { cachePlace } from "../cache/cache-place.ts";
import { PART_VERSIONS } from "../cache/components.ts";
import { type Format, formatFor } from "../diagnostics/formats.ts";
import type { LintInputs } from "../lint-content.ts";
import type { CommandIo } from "./command.ts";
import { glanceAt } from "./glance-config.ts";
import { openGitTree } from "./git-tree.ts";
import { hasColor } from "./has-color.ts";
import type { LintOptions } from "./lint-options.ts";

/** A lint run before anything was checked: enough to know whether an earlier run was the same. */
export interface PreparedLint {
  readonly options: LintOptions;
  readonly configFile: ConfigFile | null;
  readonly selection: Selection;
  /** With what is staged in the place of what is on disk, when that is asked for. */
  readonly discovered: Discovered;
  /** What changed since the git base; nothing without one. */
  readonly changes: Pick<LintInputs, "changes">;
  /** Files that are selected. */
  readonly files: number;
  readonly format: Format;
  readonly color: boolean;
  /** From the working directory to the content root, so that paths of a report can be opened from there. */
  readonly prefix: string;
  /** Folder of the cache; null without one. */
  readonly cacheFolder: string | null;
  /** Digest of everything the report depends on but the day; null when no report is kept. */
  readonly reportKey: string | null;
  readonly startedMs: number;
}

/**
 * Reads the tree. The configuration is only looked at for the place of the content: a run that is the same as an earlier
 * one need not check it again.
 *
 * **Errors**: `CONFIG` when the configuration is missing, `USAGE` for paths that make no sense, `LOCAL_IO`.
 */
export function prepareLint(options: LintOptions, io: CommandIo): PreparedLint {
  const startedMs = io.elapsedMs();
  const configFile =
    options.config === null ? findConfig(io.cwd) : readConfig(resolve(io.cwd, options.config));
  const { content, ignore } = glanceAt(configFile);
  const base = configFile === null ? io.cwd : dirname(configFile.path);
  const named = selectContent(options.paths, {
    configured: resolve(base, content),
    cwd: io.cwd,
  });
  const onDisk = discover(named.contentRoot, { ignore, late: { keptBytes: MOST_KEPT } });
  const { selection, discovered, changes } = withGit(options, named, onDisk);
  const format = options.format ?? formatFor(io.env);
  const color = hasColor(io, options);
  const prefix = prefixOf(selection, io);
  const cacheFolder = cacheFolderOf(selection, options, io);
  const prepared = {
    options,
    changes,
    configFile,
    selection,
    discovered,
    format,
    color,
    prefix,
    startedMs,
  };
  return {
    ...prepared,
    files: discovered.files.filter(({ path }) => isSelected(selection, path)).length,
    cacheFolder,
    reportKey: cacheFolder === null ? null : reportKeyOf(prepared),
  };
}

/** The tree with what is staged in the place of what is on disk, and what changed since the base. */
function withGit(
  { staged, base }: LintOptions,
  selection: Selection,
  onDisk: Discovered,
): Pick<PreparedLint, "selection" | "discovered" | "changes"> {
  if (!staged && base === null) return { selection, discovered: onDisk, changes: {} };
  const git = openGitTree(selection.contentRoot);
  const files = staged ? git.staged() : [];
  const discovered = replaceFiles(onDisk, files);
  return {
    selection: staged ? { ...selection, paths: files.map(({ path }) => path) } : selection,
    discovered,
    changes: base === null ? {} : { changes: git.changesSince(base, discovered.files) },
  };
}

/** Files that are ignored or not published stay out, staged or not. */
function replaceFiles(onDisk: Discovered, staged: readonly SourceFile[]): Discovered {
  const byPath = new Map(staged.map((file) => [file.path, file]));
  return { ...onDisk, files: onDisk.files.map((file) => byPath.get(file.path) ?? file) };
}

function prefixOf({ contentRoot }: Selection, { cwd }: CommandIo): string {
  const path = relative(cwd, contentRoot).split(sep).join("/");
  return path === "" ? "" : `${path}/`;
}

function cacheFolderOf(
  { contentRoot }: Selection,
  { cache }: LintOptions,
  { env, cwd }: CommandIo,
): string | null {
  if (!cache.use || PART_VERSIONS === null) return null;
  const named = cache.folder === null ? null : resolve(cwd, cache.folder);
  return cachePlace({ contentRoot, named, env });
}

function reportKeyOf(
  prepared: Omit<PreparedLint, "files" | "cacheFolder" | "reportKey">,
): string | null {
  const { options, configFile, selection, discovered, format, color, prefix } = prepared;
  // What repairs files or writes elsewhere does more than print; what explains has to look.
  if (
    options.fix !== null ||
    options.watch ||
    options.base !== null ||
    options.cache.explain ||
    format === "github"
  )
    return null;
  const parts = [
    PART_VERSIONS?.program,
    configFile?.text ?? null,
    options.engine,
    options.quiet,
    selection.paths,
    format,
    color,
    prefix,
    discovered.skipped,
  ];
  const digest = createHash("sha256").update(JSON.stringify(parts));
  for (const { path, sha256 } of discovered.files) digest.update(`\0${path}\0${sha256}`);
  return digest.digest("hex");
}

const MOST_KEPT = 256 * 1024 * 1024; // bytes
