import { byCodeUnit } from "../contract/code-unit-order.ts";

/**
 * Orders versions of any ecosystem, lowest first: numbers by value, pre-releases before their release
 * (`2.0.0-beta.1`, `2.0rc1`, `2.0.dev3`), post-releases after it; texts that are no versions come first.
 *
 * Sources: https://semver.org/#spec-item-11, https://peps.python.org/pep-0440/
 */
export function compareVersions(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === null || right === null)
    return Number(left !== null) - Number(right !== null) || byCodeUnit(a, b);
  return (
    compareNumbers(left.release, right.release) ||
    left.stage - right.stage ||
    compareIdentifiers(left.pre, right.pre) ||
    byCodeUnit(a, b)
  );
}

/** Whether it is an alpha, beta, release candidate or development version. */
export function isPrerelease(version: string): boolean {
  const parsed = parseVersion(version);
  return parsed !== null && parsed.stage < RELEASE;
}

/** Numbers of the release part, `[19, 1, 0]` for `v19.1.0-rc.1`; null for a text that is no version. */
export function releaseNumbers(version: string): readonly number[] | null {
  return parseVersion(version)?.release ?? null;
}

/** Highest stable version, the highest pre-release when there is no stable one, null of none. */
export function highestVersion(versions: readonly string[]): string | null {
  const stable = versions.filter((version) => !isPrerelease(version));
  const sorted = [...(stable.length > 0 ? stable : versions)].sort(compareVersions);
  return sorted.at(-1) ?? null;
}

interface Version {
  readonly release: readonly number[];
  /** Development, pre-release, release or post-release, as a number that orders them. */
  readonly stage: number;
  readonly pre: readonly string[];
}

function parseVersion(text: string): Version | null {
  const match = VERSION.exec(text.trim());
  if (match === null) return null;
  const [, release = "", rest = ""] = match;
  const build = rest.indexOf("+");
  const suffix = (build === -1 ? rest : rest.slice(0, build)).toLowerCase();
  const numbers = release.split(/[.-]/).map(Number);
  const semver = !release.includes("-") && numbers.length === 3 && suffix.startsWith("-");
  return {
    release: numbers,
    stage: stageOf(suffix, semver),
    pre: suffix.match(/[a-z]+|\d+/g) ?? [],
  };
}

function stageOf(suffix: string, semver: boolean): number {
  const word = /[a-z]+/.exec(suffix)?.[0] ?? "";
  if (word === "dev") return RELEASE - 2;
  if (POST_RELEASE.has(word)) return RELEASE + 1;
  // In semver every hyphen after three numbers is a pre-release, elsewhere only the usual words are.
  const isPre = PRE_RELEASE.has(word) || (semver && !NAMED_RELEASE.has(word));
  return isPre ? RELEASE - 1 : RELEASE;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareIdentifiers(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [left, right] = [a[index], b[index]];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const [leftNumber, rightNumber] = [Number(left), Number(right)];
    const bothNumbers = !Number.isNaN(leftNumber) && !Number.isNaN(rightNumber);
    const difference = bothNumbers ? leftNumber - rightNumber : byCodeUnit(left, right);
    if (difference !== 0) return difference;
  }
  return 0;
}

const RELEASE = 3;
/** Dates (`2025-03-31`) and dotted numbers, with or without `v`; at most 9 digits a number, so that it stays exact. */
const VERSION = /^[vV=]?(\d{4}-\d{2}-\d{2}|\d{1,9}(?:\.\d{1,9})*)((?:[-_.+a-zA-Z].*)?)$/;
const PRE_RELEASE = new Set(
  "a alpha b beta c rc cr m pre preview canary next nightly snapshot experimental".split(" "),
);
const POST_RELEASE = new Set(["post", "rev", "r", "sp", "patch"]);
/** Words that mark a plain release: `5.6.0.RELEASE`, `1.0.0-final`. */
const NAMED_RELEASE = new Set(["final", "ga", "release", "lts", "stable"]);
