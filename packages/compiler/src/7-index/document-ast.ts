import { posix } from "node:path";
import { ARTIFACT_FORMAT } from "@chub/registry";
import type { BlockVerification, DocumentAst } from "@chub/registry";
import type { ExtractedLink, FileFacts } from "../5-extract/file-facts.ts";

/** What the AST of a file takes from outside the file. */
export interface AstContext {
  /** One for each code block, in order. */
  readonly verification: readonly BlockVerification[];
  /** Whether a path of the content tree is a file. */
  readonly exists: (path: string) => boolean;
}

/** The content of `ast/<path>.json`. */
export function documentAst(facts: FileFacts, { verification, exists }: AstContext): DocumentAst {
  return {
    format: ARTIFACT_FORMAT,
    path: facts.path,
    kind: facts.kind,
    source: facts.source,
    frontmatter: facts.frontmatter,
    title: facts.title,
    tokens: facts.tokens,
    sections: [...facts.sections],
    code: facts.code.map((block, index) => ({ ...block, verification: verification[index]! })),
    links: facts.links.map(({ kind, target, text, range, section }) => ({
      kind,
      target,
      text,
      resolved: resolveLink(facts.path, target, exists),
      range,
      section,
    })),
    identifiers: [...facts.identifiers],
  };
}

/** Path of the file a relative link leads to; null for links that leave the tree, lead nowhere or are no paths. */
function resolveLink(
  from: string,
  target: ExtractedLink["target"],
  exists: (path: string) => boolean,
): string | null {
  if (target === "" || /^(?:[a-z][a-z0-9+.-]*:|\/|\\)/i.test(target)) return null;
  const path = decodePath(target.split(/[?#]/)[0]!);
  if (path === null) return null;
  const resolved = path === "" ? from : posix.normalize(posix.join(posix.dirname(from), path));
  return exists(resolved) ? resolved : null;
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null; // a stray percent sign
  }
}
