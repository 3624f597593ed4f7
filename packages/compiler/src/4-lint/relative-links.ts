import { posix } from "node:path";
import type { Definition, Image, Link } from "mdast";
import type { ParsedFile } from "../2-parse/parsed-file.ts";
import type { SourceRange } from "../diagnostics/diagnostic.ts";
import { rangeOfPosition } from "../diagnostics/text-position.ts";
import { nodesByType } from "./nodes-by-type.ts";

/** A link to a file of the tree, or to a heading. */
export interface RelativeLink {
  /** As written. */
  readonly url: string;
  /** Path relative to the content root; null when it leads out of the tree or starts with `/`. */
  readonly target: string | null;
  /** Without `#`, decoded; empty when there is none. */
  readonly anchor: string;
  readonly range: SourceRange;
}

/** Links, images and definitions of a document that have no scheme. */
export function relativeLinksOf({ tree, source }: ParsedFile): readonly RelativeLink[] {
  const folder = posix.dirname(source.path);
  const nodes = nodesByType(tree);
  return LINK_TYPES.flatMap((type) => (nodes.get(type) ?? []) as readonly LinkNode[]).flatMap(
    (node) => {
      const link = isRelative(node.url) ? splitUrl(node.url) : null;
      const { position } = node;
      if (link === null || position === undefined) return [];
      const target = link.path === "" ? source.path : resolveIn(folder, link.path);
      const range = rangeOfPosition(position);
      return [{ url: node.url, target, anchor: link.anchor, range }];
    },
  );
}

/** Whether a URL has neither scheme nor host. */
export function isRelative(url: string): boolean {
  return url !== "" && !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url);
}

function splitUrl(url: string): { path: string; anchor: string } {
  const hash = url.indexOf("#");
  const before = hash === -1 ? url : url.slice(0, hash);
  const query = before.indexOf("?");
  return {
    path: decoded(query === -1 ? before : before.slice(0, query)),
    anchor: hash === -1 ? "" : decoded(url.slice(hash + 1)),
  };
}

function resolveIn(folder: string, path: string): string | null {
  if (path.startsWith("/")) return null;
  const target = posix.normalize(posix.join(folder, path));
  return target === ".." || target.startsWith("../") ? null : target;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // URIError: a `%` that is not an escape stands for itself.
    return text;
  }
}

type LinkNode = Link | Image | Definition;
const LINK_TYPES = ["link", "image", "definition"] as const;
