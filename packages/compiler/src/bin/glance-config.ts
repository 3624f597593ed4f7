import type { ConfigFile } from "../1-discover/find-config.ts";

/** What says where the content is and what belongs to it. */
export interface ConfigGlance {
  readonly content: string;
  readonly output: string | null;
  readonly ignore: readonly string[];
}

/** These fields of a configuration, if they are what they should be. Whoever does the work checks the whole. */
export function glanceAt(file: ConfigFile | null): ConfigGlance {
  const { content, output, ignore } = parsed(file) as Record<keyof ConfigGlance, unknown>;
  return {
    content: typeof content === "string" ? content : "content",
    output: typeof output === "string" ? output : null,
    ignore: Array.isArray(ignore) ? ignore.filter((glob) => typeof glob === "string") : [],
  };
}

function parsed(file: ConfigFile | null): object {
  if (file === null) return {};
  try {
    const data: unknown = JSON.parse(file.text);
    return typeof data === "object" && data !== null ? data : {};
  } catch {
    return {}; // SyntaxError: reported by whoever does the work
  }
}
