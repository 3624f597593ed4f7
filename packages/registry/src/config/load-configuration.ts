import { readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { openCache } from "../cache/object-cache.ts";
import { ChubError } from "../chub-error.ts";
import { cacheFolder } from "../sources/configured-sources.ts";
import { invalid, parseConfigFile } from "./config-file.ts";
import type { Configuration, Environment } from "./configuration.ts";
import { mergeConfiguration, type PlacedFile } from "./merge-configuration.ts";

/**
 * The configuration of this user in this folder: `~/.chub/config.yaml` (`CHUB_DIR` moves it), the nearest
 * `.chub/config.yaml` above the working directory, and `CHUB_*` variables.
 *
 * Errors: ChubError CONFIG with file, line and column, LOCAL_IO when a file cannot be read.
 */
export async function loadConfiguration(environment: Environment): Promise<Configuration> {
  const home = chubDirectory(environment);
  const load: LoadFile = (folder) => loadFile(folder, environment, home);
  requireFolder(home);
  const user = await load(home);
  const found = await findProject(environment, home, load);
  const trusted = found !== null && isTrusted(found.directory, user, environment);
  return mergeConfiguration({
    home,
    user,
    project: found === null ? null : { ...found, trusted },
    variables: environment.variables,
  });
}

/** The user's chub folder. Errors: ChubError CONFIG when CHUB_DIR is not absolute: it would move with every `cd`. */
export function chubDirectory({
  variables,
  homeDirectory,
}: Pick<Environment, "variables" | "homeDirectory">): string {
  const configured = variables["CHUB_DIR"];
  if (configured === undefined || configured === "") return join(homeDirectory, ".chub");
  if (!isAbsolute(configured))
    throw invalid([`CHUB_DIR: Unexpected relative path "${configured}", expected an absolute one`]);
  return configured;
}

/** A file in its place would make every folder below it look as if it were not there. */
function requireFolder(home: string): void {
  if (statSync(home, { throwIfNoEntry: false })?.isFile() === true)
    throw invalid([`${home}: Unexpected file, expected the folder of chub (CHUB_DIR moves it)`]);
}

/** The config.yaml of a folder, or null. */
type LoadFile = (folder: string) => Promise<PlacedFile | null>;

async function findProject(
  environment: Environment,
  home: string,
  load: LoadFile,
): Promise<(PlacedFile & { directory: string }) | null> {
  for (
    let directory = environment.workingDirectory;
    directory !== environment.homeDirectory;
    directory = dirname(directory)
  ) {
    const folder = join(directory, ".chub");
    const file = folder === home ? null : await load(folder);
    if (file !== null) return { ...file, directory };
    if (dirname(directory) === directory) return null;
  }
  return null;
}

function isTrusted(
  directory: string,
  user: PlacedFile | null,
  { variables, homeDirectory }: Environment,
): boolean {
  if (variables["CHUB_TRUST_PROJECT"] === "1") return true;
  return (user?.config.trusted_projects ?? []).some(
    (path) => resolve(homeDirectory, expandHome(path, homeDirectory)) === resolve(directory),
  );
}

async function loadFile(
  folder: string,
  { homeDirectory }: Environment,
  home: string,
): Promise<PlacedFile | null> {
  const path = join(folder, "config.yaml");
  const text = readText(path);
  if (text === null) return null;
  return {
    ...(await parseConfigFile(path, text, openCache(cacheFolder({ home })))),
    resolvePath: (relative) => resolve(folder, expandHome(relative, homeDirectory)),
  };
}

function expandHome(path: string, homeDirectory: string): string {
  return path === "~" || path.startsWith("~/") ? join(homeDirectory, path.slice(1)) : path;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new ChubError("LOCAL_IO", `Cannot read ${path} (${code ?? String(cause)})`, {
      hint: "Check the permissions of the file.",
      cause,
    });
  }
}
