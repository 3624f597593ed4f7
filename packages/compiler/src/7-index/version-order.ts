/**
 * Orders versions from lowest to highest: semver, PEP 440, dates and shortened forms, with or without a `v`.
 *
 * A total order: numbers by value, a pre-release before its release, a post-release after it, anything unreadable below all.
 * Equal versions that are written differently (`1.0`, `v1.0.0`) are ordered by their text.
 */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  for (const key of KEYS) {
    const order = compareLists(left[key], right[key]);
    if (order !== 0) return order;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a version is a pre-release (`2.0.0-beta.1`, `3.0rc1`, `latest`): not recommended while there is a stable one. */
export function isPrerelease(version: string): boolean {
  const { known, pre } = parseVersion(version);
  return known[0] === 0 || pre !== FINAL;
}

interface ParsedVersion {
  /** [1] when the version could be read, else [0]. */
  readonly known: readonly Identifier[];
  readonly epoch: readonly Identifier[];
  /** Without trailing zeros. */
  readonly release: readonly Identifier[];
  readonly pre: readonly Identifier[];
  readonly post: readonly Identifier[];
}

type Identifier = number | string;

function parseVersion(version: string): ParsedVersion {
  const match = DATE.exec(version) ?? VERSION.exec(version);
  if (match === null) return { known: [0], epoch: [], release: [], pre: FINAL, post: [] };
  const { epoch = "0", release = "", rest = "" } = match.groups ?? {};
  const numbers = release.split(/[.-]/).map(Number);
  while (numbers.at(-1) === 0) numbers.pop();
  const suffix = rest.split("+")[0]!;
  return { known: [1], epoch: [Number(epoch)], release: numbers, ...parseSuffix(suffix) };
}

function parseSuffix(suffix: string): Pick<ParsedVersion, "pre" | "post"> {
  const identifiers = (suffix.match(/\d+|[a-z]+/gi) ?? []).map(normalised);
  const post = identifiers.indexOf("post");
  if (identifiers.length === 0) return { pre: FINAL, post: [] };
  if (post === 0) return { pre: FINAL, post: identifiers };
  return { pre: identifiers, post: [] };
}

/** PEP 440 spells pre-releases short, and puts `.dev` below all others. */
function normalised(word: string): Identifier {
  if (/^\d/.test(word)) return Number(word);
  const lower = word.toLowerCase();
  return SPELLINGS.get(lower) ?? lower;
}

function compareLists(a: readonly Identifier[], b: readonly Identifier[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const order = compareIdentifiers(a[index], b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

/** As in semver 2.0.0, 11.4: numbers below words, a list below a longer one that starts the same. */
function compareIdentifiers(a: Identifier | undefined, b: Identifier | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : 1;
}

const KEYS = ["known", "epoch", "release", "pre", "post"] as const;
/** Above every word. */
const FINAL: readonly Identifier[] = ["\uFFFF"];
const SPELLINGS: ReadonlyMap<string, Identifier> = new Map<string, Identifier>([
  ["dev", -1],
  ["a", "alpha"],
  ["b", "beta"],
  ["c", "rc"],
  ["pre", "rc"],
  ["preview", "rc"],
  ["rev", "post"],
  ["r", "post"],
  ["patch", "post"],
  ["final", "post"],
  ["ga", "post"],
]);
const DATE = /^v?(?<release>\d{4}-\d{1,2}-\d{1,2})(?<rest>(?:[-._+a-z].*)?)$/i;
const VERSION = /^v?(?:(?<epoch>\d{1,9})!)?(?<release>\d{1,15}(?:\.\d{1,15})*)(?<rest>(?:[-._+a-z].*)?)$/i;
