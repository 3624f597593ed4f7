import { dirname, resolve } from "node:path";
import { findConfig, readConfig } from "../1-discover/find-config.ts";
import { readCompilerConfig } from "../3-validate/read-config.ts";
import type { CompilerConfig } from "../3-validate/generated/compiler-config.ts";
import { RULE_IDS } from "../4-lint/rule-catalog.ts";

export interface Configuration {
  /** Null without a file. */
  readonly config: CompilerConfig | null;
  /** Content folder that it names, absolute; `./content` when it names none. */
  readonly contentRoot: string;
}

/**
 * The configuration named, or the nearest one at or above the working directory.
 *
 * **Errors**: `CONFIG` when it is missing or not valid.
 */
export function loadConfiguration(named: string | null, cwd: string): Configuration {
  const file = named === null ? findConfig(cwd) : readConfig(resolve(cwd, named));
  if (file === null) return { config: null, contentRoot: resolve(cwd, DEFAULT_CONTENT) };
  const config = readCompilerConfig(file, RULE_IDS);
  return { config, contentRoot: resolve(dirname(file.path), config.content ?? DEFAULT_CONTENT) };
}

const DEFAULT_CONTENT = "content";
