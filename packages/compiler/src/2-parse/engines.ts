import type { Root } from "mdast";
import { type Plugin, unified } from "unified";
import { alignTaskItems } from "./align-task-items.ts";
import type { MarkdownEngine } from "./markdown-engine.ts";

export type { MarkdownEngine } from "./markdown-engine.ts";

/**
 * The Markdown engine to parse with.
 *
 * `satteri` (native) is the default: the same trees as remark, some sixty times faster. `remark` is the
 * reference, and what is used by itself where the native binding does not load.
 *
 * Errors: none; a broken installation of both is a bug.
 */
export async function loadEngine(
  preferred: MarkdownEngine["id"] = "satteri",
): Promise<MarkdownEngine> {
  if (preferred === "remark") return remarkEngine();
  return (await satteriEngine()) ?? (await remarkEngine());
}

/** Null where no native binding exists for the platform. */
async function satteriEngine(): Promise<MarkdownEngine | null> {
  const satteri = await importOrNull(() => import("satteri"));
  if (satteri === null) return null;
  const plugin: Plugin<[], string, Root> = function () {
    // satteri's node union is mdast's with the extensions that are off here.
    this.parser = (document) =>
      alignTaskItems(satteri.markdownToMdast(document, OPTIONS) as Root, document);
  };
  const processor = unified().use(plugin).freeze();
  return { id: "satteri", version: SATTERI_VERSION, parse: (text) => processor.parse(text) };
}

async function remarkEngine(): Promise<MarkdownEngine> {
  const [parse, frontmatter, gfm] = await Promise.all([
    import("remark-parse"),
    import("remark-frontmatter"),
    import("remark-gfm"),
  ]);
  const processor = unified().use(parse.default).use(frontmatter.default).use(gfm.default).freeze();
  return { id: "remark", version: REMARK_VERSION, parse: (text) => processor.parse(text) };
}

async function importOrNull<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load();
  } catch {
    // Whatever a missing or broken native binding throws: the reference engine takes over.
    return null;
  }
}

const OPTIONS = { features: { gfm: true, frontmatter: true } };
/** Pinned exactly in package.json; a test keeps both equal. */
export const SATTERI_VERSION = "0.10.5";
/** Major versions of remark-parse, remark-frontmatter and remark-gfm. */
export const REMARK_VERSION = "11-5-4";
