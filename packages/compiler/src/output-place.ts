import { dirname, join, resolve } from "node:path";
import type { ConfigFile } from "./1-discover/find-config.ts";

/** Folder of the artifact of a content root: `output` of the configuration when its `content` is this root, else `dist`. */
export function defaultOutput(
  root: string,
  file: ConfigFile | null,
  config: { readonly content?: string; readonly output?: string | null } | null,
): string {
  const output = config?.output ?? null;
  if (file !== null && output !== null) {
    const folder = dirname(resolve(file.path));
    if (resolve(folder, config?.content ?? "content") === root) return join(folder, output);
  }
  return join(root, "dist");
}
