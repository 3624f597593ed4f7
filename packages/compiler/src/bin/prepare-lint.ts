import { createHash } from "node:crypto";
import { dirname, relative, resolve, sep } from "node:path";
import { isSelected, selectContent, type Selection } from "../1-discover/content-root.ts";
import { discover } from "../1-discover/discover.ts";
import { type ConfigFile, findConfig, readConfig } from "../1-discover/find-config.ts";
import type { Discovered } from "../1-discover/source-file.ts";
import { cachePlace } from "../cache/cache-place.ts";
import { PART_VERSIONS } from "../cache/components.ts";
import { type Format, formatFor } from "../diagnostics/formats.ts";
import type { CommandIo } from "./command.ts";
import { glanceAt } from "./glance-config.ts";
import { hasColor } from "./has-color.ts";
import type { LintOptions } from "./lint-options.ts";

/** A lint run before anything was checked: enough to know whether an earlier run was the same. */
export interface PreparedLint {
  readonly options: LintOptions;
  readonly configFile: ConfigFile | null;
  readonly selection: Selection;
  readonly discovered: Discovered;
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
  const selection = selectContent(options.paths, {
    configured: resolve(base, content),
    cwd: io.cwd,
  });
  const discovered = discover(selection.contentRoot, { ignore, late: { keptBytes: MOST_KEPT } });
  const format = options.format ?? formatFor(io.env);
  const color = hasColor(io, options);
  const prefix = prefixOf(selection, io);
  const cacheFolder = cacheFolderOf(selection, options, io);
  const prepared = { options, configFile, selection, discovered, format, color, prefix, startedMs };
  return {
    ...prepared,
    files: discovered.files.filter(({ path }) => isSelected(selection, path)).length,
    cacheFolder,
    reportKey: cacheFolder === null ? null : reportKeyOf(prepared),
  };
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
  if (options.fix !== null || options.watch || options.cache.explain || format === "github")
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
