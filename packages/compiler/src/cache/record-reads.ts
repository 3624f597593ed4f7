import type { Reads } from "../file-memory.ts";
import { foldersOf } from "../4-lint/entry-folder.ts";
import type { PathSet, Surroundings } from "../4-lint/rule.ts";
import { digestOfPaths } from "./digest-of-paths.ts";

/** Surroundings that answer like others and know afterwards what they were asked. */
export interface RecordedSurroundings {
  readonly surroundings: Surroundings;
  /** Null when something was read whose answer cannot be asked for again: the result must not be kept. */
  readonly reads: () => Omit<Reads, "listed"> | null;
}

export function recordReads(base: Surroundings): RecordedSurroundings {
  const files = new Map<string, boolean>();
  const folders = new Map<string, boolean>();
  const found: Found = {};
  let unknown = false;
  const paths =
    base.paths === undefined ? undefined : recordingPaths(base.paths, { files, folders, found });
  const isFuture = (day: string): boolean => {
    const future = base.isFuture?.(day) === true;
    if (future)
      found.future = found.future === undefined || day < found.future ? day : found.future;
    else found.past = found.past === undefined || day > found.past ? day : found.past;
    return future;
  };
  const answers: Surroundings = {
    ...base,
    ...(paths !== undefined && { paths }),
    ...(base.isFuture !== undefined && { isFuture }),
  };
  const surroundings = new Proxy(answers, {
    get(target, key) {
      if (key === "today" && target.today !== undefined) found.today = target.today;
      else if (!ANSWERED.has(key)) unknown = true;
      return target[key as keyof Surroundings];
    },
  });
  return {
    surroundings,
    reads: () =>
      unknown
        ? null
        : {
            ...found,
            ...(files.size > 0 && { files: Object.fromEntries(files) }),
            ...(folders.size > 0 && { folders: Object.fromEntries(folders) }),
          },
  };
}

interface Found {
  allPaths?: string;
  past?: string;
  future?: string;
  today?: string;
}

interface PathRecords {
  readonly files: Map<string, boolean>;
  readonly folders: Map<string, boolean>;
  readonly found: Found;
}

function recordingPaths(base: PathSet, { files, folders, found }: PathRecords): PathSet {
  const listed = (): PathSet => {
    found.allPaths = digestOfPaths(base);
    return base;
  };
  return {
    has: (path) => kept(files, path, base.has(path)),
    hasFolder: (path) => kept(folders, path, foldersOf(base).has(path)),
    get size() {
      return listed().size;
    },
    forEach: (visit, self) => listed().forEach(visit, self),
    entries: () => listed().entries(),
    keys: () => listed().keys(),
    values: () => listed().values(),
    [Symbol.iterator]: () => listed()[Symbol.iterator](),
  };
}

function kept(answers: Map<string, boolean>, path: string, answer: boolean): boolean {
  answers.set(path, answer);
  return answer;
}

/** What reads are checked against. */
export interface World extends Pick<Surroundings, "isFuture" | "today"> {
  /** Paths of the tree. */
  readonly paths: PathSet;
  /** Authors who bring an own registry.json. */
  readonly listed: ReadonlySet<string>;
}

/** Why what a pass read of a file's surroundings does not hold any more; null when it does. */
export function changedRead(file: string, reads: Reads, world: World): string | null {
  const { paths: tree, listed } = world;
  const isListed = listed.has(file.slice(0, file.indexOf("/")));
  if (reads.listed !== undefined && reads.listed !== isListed)
    return "the author's registry.json came or went";
  for (const path in reads.files)
    if (tree.has(path) !== reads.files[path]) return `${path} came or went`;
  for (const path in reads.folders)
    if (foldersOf(tree).has(path) !== reads.folders[path]) return `folder ${path} came or went`;
  if (reads.allPaths !== undefined && reads.allPaths !== digestOfPaths(tree))
    return "a file came or went";
  return isSameDay(reads, world) ? null : "another day";
}

/** Whether every day that was asked for is as far in the past or in the future as it was. */
function isSameDay(reads: Reads, { isFuture, today }: Pick<World, "isFuture" | "today">): boolean {
  const later = reads.past !== undefined && isFuture?.(reads.past) === true;
  const arrived = reads.future !== undefined && isFuture?.(reads.future) !== true;
  return !later && !arrived && (reads.today === undefined || reads.today === today);
}

/** `checkSyntax` and `countTokens` answer from their arguments alone, so their versions are enough. */
const ANSWERED = new Set<string | symbol>([
  "paths",
  "today",
  "isFuture",
  "checkSyntax",
  "countTokens",
]);

/** The world of a run on the day `today`; without one, nothing is in the future. */
export function worldOf({
  paths,
  listed,
  today,
}: Pick<World, "paths" | "listed"> & { readonly today: string | undefined }): World {
  return {
    paths,
    listed,
    ...(today !== undefined && { today, isFuture: (day: string) => day > today }),
  };
}
