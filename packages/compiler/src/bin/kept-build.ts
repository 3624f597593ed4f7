import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { discover } from "../1-discover/discover.ts";
import { findConfig, readConfig } from "../1-discover/find-config.ts";
import { isIntact } from "../8-emit/is-intact.ts";
import { cachePlace } from "../cache/cache-place.ts";
import { PART_VERSIONS } from "../cache/components.ts";
import { readReport } from "../cache/kept-reports.ts";
import { defaultOutput } from "../output-place.ts";
import type { BuildArguments } from "./build-options.ts";
import type { BuildFigures } from "./build-summary.ts";
import type { CommandIo } from "./command.ts";
import { glanceAt } from "./glance-config.ts";

/** A build before anything was compiled: enough to know whether it was done already. */
export interface PreparedBuild {
  readonly options: BuildArguments;
  readonly place: string;
  /** Files below the content root. */
  readonly files: number;
  /** Null without a cache. */
  readonly cacheFolder: string | null;
  /** Digest of everything the result depends on but the day; null when it is not kept. */
  readonly key: string | null;
}

/** What is kept of a build, as JSON in the text of a report. */
export interface KeptBuild {
  /** What `--json` prints. */
  readonly json: string;
  readonly figures: BuildFigures;
  /** A hint for standard error. */
  readonly note: string;
  /** Digest of the artifact. */
  readonly digest: string;
  /** sha256 of the bundle, hex. */
  readonly bundleSha256: string;
}

/** **Errors**: `CONFIG` when a configuration that was named is missing, `LOCAL_IO`. */
export function prepareBuild(options: BuildArguments, io: CommandIo): PreparedBuild {
  const { build, cache } = options;
  const contentRoot = resolve(io.cwd, build.contentRoot);
  const file =
    build.configPath === undefined ? findConfig(contentRoot) : readConfig(build.configPath);
  const config = glanceAt(file);
  const place = build.outputPath ?? defaultOutput(contentRoot, file, config);
  if (!cache.use || PART_VERSIONS === null)
    return { options, place, files: 0, cacheFolder: null, key: null };
  const named = cache.folder === null ? null : resolve(io.cwd, cache.folder);
  const cacheFolder = cachePlace({ contentRoot, named, env: io.env });
  if (cache.explain || build.validateOnly === true)
    return { options, place, files: 0, cacheFolder, key: null };
  const { files, skipped } = discover(contentRoot, {
    ignore: config.ignore,
    late: { keptBytes: 0 },
  });
  const parts = [PART_VERSIONS.program, file?.text ?? null, build, place, skipped];
  const key = createHash("sha256").update(JSON.stringify(parts));
  for (const { path, sha256 } of files) key.update(`\0${path}\0${sha256}`);
  return { options, place, files: files.length, cacheFolder, key: key.digest("hex") };
}

/** What an earlier build of the same tree gave, when all of it still stands in its place. */
export function keptBuild(
  { cacheFolder, key, place, files }: PreparedBuild,
  { today }: CommandIo,
): KeptBuild | null {
  if (cacheFolder === null || key === null) return null;
  // A damaged report is as good as none: the build says so when it reads the cache.
  const report = readReport(cacheFolder, key, { today, onDamage: () => {} });
  if (report === null) return null;
  const kept = JSON.parse(report.text) as KeptBuild;
  if (!isIntact(place, kept)) return null;
  return { ...kept, figures: { ...kept.figures, cached: files } };
}
