import { usage } from "../failure.ts";
import { quoted } from "../one-line.ts";
import { withoutUndefined } from "../without-undefined.ts";

/** What a URI or an id of a call names. */
export interface NamedText {
  /** For the catalog. */
  readonly address: string;
  readonly language?: string;
  readonly version?: string;
}

/** What an id means: an address, or the URI of a document resource. Errors: `FailureError` USAGE. */
export function addressOf(id: string): NamedText {
  return id.startsWith(DOCUMENT_PREFIX) ? parseDocumentUri(id) : { address: id.trim() };
}

/**
 * What `chub://doc/{author}/{name}{?lang,version,source}{#section}` names.
 *
 * Errors: `FailureError` USAGE for any other form.
 */
export function parseDocumentUri(uri: string): NamedText {
  const [author, name, ...rest] = pathOf(uri);
  if (author === undefined || name === undefined || rest.length > 0) throw wrongForm(uri);
  const { searchParams, hash } = new URL(uri);
  const source = searchParams.get("source") ?? undefined;
  const section = hash === "" ? undefined : decoded(uri, hash.slice(1));
  const id = `${author}/${name}`;
  return {
    address: `${source === undefined ? "" : `${source}:`}${id}${section === undefined ? "" : `#${section}`}`,
    ...withoutUndefined({
      language: searchParams.get("lang") ?? undefined,
      version: searchParams.get("version") ?? undefined,
    }),
  };
}

function pathOf(uri: string): readonly string[] {
  if (!uri.startsWith(DOCUMENT_PREFIX) || !URL.canParse(uri)) throw wrongForm(uri);
  const segments = new URL(uri).pathname.split("/").slice(1);
  return segments.map((segment) => decoded(uri, segment));
}

function decoded(uri: string, part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrongForm(uri);
  }
}

function wrongForm(uri: string) {
  return usage(
    `Unexpected resource ${quoted(uri)}`,
    `Expected ${REGISTRY_URI} or ${SECTION_TEMPLATE}`,
  );
}

export const REGISTRY_URI = "chub://registry";
const DOCUMENT_PREFIX = "chub://doc/";
export const DOCUMENT_TEMPLATE = "chub://doc/{author}/{name}{?lang,version}";
export const SECTION_TEMPLATE = "chub://doc/{author}/{name}{?lang,version}{#section}";
