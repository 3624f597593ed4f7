import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ChubError } from "@chub/registry";

/** A configuration file as it is on disk; `3-validate/load-config.ts` reads its meaning. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** Name of the compiler's configuration file. */
export const CONFIG_FILE_NAME = "chub.config.json";

/**
 * The nearest chub.config.json at or above a folder, or null without one.
 *
 * **Errors**: `LOCAL_IO` when a file exists but cannot be read.
 */
export function findConfig(folder: string): ConfigFile | null {
  let current = resolve(folder);
  for (;;) {
    const found = readIfPresent(join(current, CONFIG_FILE_NAME));
    if (found !== null) return found;
    const parent = dirname(current);
    if (parent === current) return null;
    current = parent;
  }
}

/** A configuration file named by the user. **Errors**: `CONFIG` when it is not there. */
export function readConfig(path: string): ConfigFile {
  const found = readIfPresent(path);
  if (found !== null) return found;
  throw new ChubError("CONFIG", `Configuration ${path} does not exist`, {
    hint: `Name an existing ${CONFIG_FILE_NAME}.`,
  });
}

function readIfPresent(path: string): ConfigFile | null {
  try {
    return { path, text: readFileSync(path, "utf8") };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : "";
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new ChubError("LOCAL_IO", `Configuration ${path} cannot be read`, {
      hint: "Check that it is a readable file.",
      cause,
    });
  }
}
