import coerce from "semver/functions/coerce.js";
import satisfies from "semver/functions/satisfies.js";
import valid from "semver/functions/valid.js";
import validRange from "semver/ranges/valid.js";
import { compareVersions, isPrerelease, releaseNumbers } from "./version-order.ts";

/**
 * Versions that fulfil what was asked, best first: stable before pre-releases, then highest.
 *
 * Takes a version, a part of one (`19`, `19.1`, `19.x`), `latest`, a semver range and a PEP 440 specifier.
 * Anything else fulfils nothing. Errors: none.
 */
export function versionsFulfilling(
  requested: string,
  versions: readonly string[],
): readonly string[] {
  const wanted = requested.trim();
  const exact = versions.filter((version) => plain(version) === plain(wanted));
  if (exact.length > 0) return exact;
  return versions
    .filter((version) => fulfils(version, wanted))
    .sort((a, b) => Number(isPrerelease(a)) - Number(isPrerelease(b)) || -compareVersions(a, b));
}

/** Whether it is the very version that was asked for, apart from a leading `v` or `=`. */
export function isExactly(version: string, requested: string): boolean {
  return plain(version) === plain(requested);
}

function fulfils(version: string, wanted: string): boolean {
  if (/^(latest|\*|)$/i.test(wanted)) return true;
  const part = /^[vV=]*(\d{1,9}(?:[.-]\d{1,9})*)(?:\.[xX*])*$/.exec(wanted)?.[1];
  if (part !== undefined)
    return startsWith(releaseNumbers(version) ?? [], part.split(/[.-]/).map(Number));
  const range = validRange(asSemverRange(wanted), { loose: true });
  if (range === null) return false;
  const semver = valid(version, { loose: true }) ?? coerced(version);
  // Whether a pre-release may answer is decided by the order above, stable ones come first.
  return semver !== null && satisfies(semver, range, { includePrerelease: true, loose: true });
}

function startsWith(release: readonly number[], part: readonly number[]): boolean {
  return release.length >= part.length && part.every((number, index) => release[index] === number);
}

/** `1.0rc1` and `13.0` are no semver; compared by their numbers, pre-releases as `-0`, below the release. */
function coerced(version: string): string | null {
  const numbers = releaseNumbers(version);
  const semver = numbers === null ? null : coerce(numbers.slice(0, 3).join("."));
  return semver === null ? null : `${semver.version}${isPrerelease(version) ? "-0" : ""}`;
}

/** PEP 440 specifiers and Ruby's `~>` in the words of semver. */
function asSemverRange(specifier: string): string {
  return specifier
    .replaceAll(/(?:~=|~>)\s*v?(\d+(?:\.\d+)*)/g, (_, version: string) => compatible(version))
    .replaceAll("===", "=")
    .replaceAll("==", "=")
    .replaceAll(/\s*,\s*/g, " ");
}

/** `~=1.4.2`: at least 1.4.2, below 1.5. Source: https://peps.python.org/pep-0440/#compatible-release */
function compatible(version: string): string {
  const upper = version.split(".").slice(0, -1).map(Number);
  if (upper.length === 0) return `>=${version}`;
  upper.push((upper.pop() ?? 0) + 1);
  return `>=${version} <${upper.join(".")}`;
}

function plain(version: string): string {
  return version.trim().replace(/^[vV=]+\s*(?=\d)/, "");
}
