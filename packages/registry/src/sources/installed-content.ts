import { createRequire } from "node:module";
import { dirname } from "node:path";

/**
 * Folder of the artifact in the @chub/content that is installed beside a program; null when none is.
 *
 * `from` is the program's own file: what the working directory has in its node_modules does not count,
 * because a repository could bring its own documents that way.
 */
export function installedContent(from: string | URL): string | null {
  try {
    return dirname(createRequire(from).resolve("@chub/content/manifest.json"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "MODULE_NOT_FOUND" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return null;
    throw error;
  }
}
