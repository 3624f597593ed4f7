import { mainImports } from "./main-imports.ts";
import type { SearchDocument } from "./search-types.ts";
import { compactName } from "./tokenize.ts";

export interface EntryName {
  /** As written, lower case: `scikit-learn`. */
  readonly name: string;
  /** 1 for a name of the entry itself, less for one it shares with others, in steps of 1/100. */
  readonly weight: number;
}

/** Names people may type as a whole query to find an entry, the id's own parts among them. */
export function entryNames(document: SearchDocument): EntryName[] {
  const weights = new Map<string, number>();
  const add = (name: string, weight: number): void => {
    const lower = name.toLowerCase().slice(0, MAX_NAME_LENGTH);
    if (compactName(lower) !== "" && (weights.get(lower) ?? 0) < weight) weights.set(lower, weight);
  };
  const [author = "", entry = ""] = document.id.split("/");
  add(document.id, WHOLE_ID);
  add(author, AUTHOR);
  add(entry, LAST_SEGMENT);
  for (const alias of document.aliases) add(alias, ALIAS);
  for (const name of document.packages) add(name, PACKAGE);
  const [first] = document.files;
  if (first?.installs[0] !== undefined) add(first.installs[0], INSTALL);
  const [mostUsed] = first === undefined ? [] : mainImports(first);
  if (mostUsed !== undefined) add(mostUsed, INSTALL);
  return [...weights].map(([name, weight]) => ({ name, weight }));
}

/** Whether an entry is what its namespace is about, as `redis/package` is and an integration with redis is not. */
export function isMainEntry(document: SearchDocument): boolean {
  const [author = "", entry = ""] = document.id.split("/").map(compactName);
  if (author === entry) return true;
  const [first] = document.files;
  const names = [...document.packages, first?.installs[0], first && mainImports(first)[0]];
  return names.some((name) => name !== undefined && compactName(name) === author);
}

const WHOLE_ID = 1;
const AUTHOR = 0.9; // a namespace is named after what it documents
const ALIAS = 0.9;
const PACKAGE = 0.9;
const LAST_SEGMENT = 0.8; // integrations with a library carry its name here
const INSTALL = 0.8;
const MAX_NAME_LENGTH = 64; // characters; nobody types more
