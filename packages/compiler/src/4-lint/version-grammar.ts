import semver from "semver";

/** Where the versions of a text come from: it decides what a version looks like. */
export type Ecosystem = "npm" | "pypi" | "any";

/** Whether a text is one exact version. Days and months pass everywhere: APIs without packages are versioned by them. */
export function isVersionOf(ecosystem: Ecosystem, version: string): boolean {
  if (DATE.test(version)) return true;
  switch (ecosystem) {
    case "npm":
      return semver.valid(version) === version.replace(/\+.*$/, "");
    case "pypi":
      return PEP_440.test(version);
    case "any":
      return ANY.test(version);
  }
}

/** Whether a version is a pre-release; null when it is not understood. */
export function isPreRelease(version: string): boolean | null {
  if (DATE.test(version)) return false;
  if (semver.valid(version) !== null) return semver.prerelease(version) !== null;
  return PEP_440.test(version) ? /(?:a|b|rc|\.dev)\d/i.test(version) : null;
}

const DATE = /^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?$/;
/** At least two numbers: one alone is a series, not a release. Source: https://peps.python.org/pep-0440/#appendix-b-parsing-version-strings-with-regular-expressions */
const PEP_440 =
  /^(?:\d+!)?\d+(?:\.\d+)+(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?(?:\+[a-z0-9]+(?:\.[a-z0-9]+)*)?$/;
/** Two to five numbers with an optional label. */
const ANY = /^\d+(?:\.\d+){1,4}(?:[-.+]?[a-zA-Z][a-zA-Z0-9]*(?:[-.+][a-zA-Z0-9]+)*)?$/;
