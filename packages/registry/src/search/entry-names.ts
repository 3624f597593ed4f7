import { mainImports, mainInstall } from "./main-modules.ts";
import type { SearchDocument } from "./search-types.ts";
import { compactName } from "./tokenize.ts";

export interface EntryName {
  /** As written, lower case: `scikit-learn`. */
  readonly name: string;
  /** 1 for a name of the entry itself, less for one it shares with others, in steps of 1/100. */
  readonly weight: number;
}

/** Names people may type as a whole query to find an entry. */
export function entryNames(document: SearchDocument): EntryName[] {
  return [...idNames(document.id), ...otherNames(document)];
}

/** The names that an id gives. */
export function idNames(id: string): EntryName[] {
  const name = id.toLowerCase();
  const slash = name.indexOf("/");
  const author = name.slice(0, slash);
  const entry = name.slice(slash + 1);
  return [
    { name, weight: WHOLE_ID },
    { name: author, weight: AUTHOR },
    ...(entry === author ? [] : [{ name: entry, weight: LAST_SEGMENT }]),
  ];
}

/** Aliases and names of packages that the id does not give with at least the same weight. */
export function otherNames(document: SearchDocument): EntryName[] {
  const known = new Map(
    idNames(document.id).map(({ name, weight }) => [compactName(name), weight]),
  );
  const weights = new Map<string, number>();
  const add = (name: string, weight: number): void => {
    const lower = name.toLowerCase().slice(0, MAX_NAME_LENGTH);
    const compact = compactName(lower);
    if (compact === "" || (known.get(compact) ?? 0) >= weight) return;
    known.set(compact, weight);
    weights.set(lower, weight);
  };
  for (const alias of document.aliases) add(alias, ALIAS);
  for (const name of document.packages) add(name, PACKAGE);
  for (const name of mainNames(document)) add(name, INSTALL);
  return [...weights].map(([name, weight]) => ({ name, weight }));
}

/** Whether an entry is what its namespace is about, as `redis/package` is and an integration with redis is not. */
export function isMainEntry(document: SearchDocument): boolean {
  const [author = "", entry = ""] = document.id.split("/").map(compactName);
  if (author === entry) return true;
  const [first] = document.files;
  const install = first === undefined ? null : mainInstall(first);
  // An integration imports the library it works with, but has a package of its own.
  const named = install === null ? document.packages : [...document.packages, install];
  const names = named.length > 0 ? named : mainNames(document);
  return names.some((name) => compactName(name) === author);
}

/** What the first file installs first, and what its code imports most. */
function mainNames({ files: [first] }: SearchDocument): string[] {
  if (first === undefined) return [];
  return [mainInstall(first), mainImports(first)[0]].filter(
    (name) => name !== null && name !== undefined,
  );
}

/** Lower-cased words of a name. */
export function wordsOf(name: string): string[] {
  const separators = NON_ASCII.test(name) ? NOT_IN_WORD : NOT_IN_ASCII_WORD;
  return name.split(separators).filter((word) => word !== "");
}

const WHOLE_ID = 1;
const AUTHOR = 0.9; // a namespace is named after what it documents
const ALIAS = 0.9;
const PACKAGE = 0.9;
const LAST_SEGMENT = 0.8; // integrations with a library carry its name here
const INSTALL = 0.8;
const MAX_NAME_LENGTH = 64; // characters; nobody types more
// eslint-disable-next-line no-control-regex -- the range is the point
const NON_ASCII = /[^\0-\x7f]/;
const NOT_IN_ASCII_WORD = /[^A-Za-z0-9]+/; // a pattern of Unicode properties takes milliseconds to compile
const NOT_IN_WORD = /[^\p{L}\p{N}]+/u;
