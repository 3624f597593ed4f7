import { compareVersions, releaseNumbers } from "./version-order.ts";

/**
 * The version of a text that is closest to the one a project has: the same major first, then the same
 * minor, then the smallest step, an older text before a newer one. Null of no versions.
 */
export function nearestVersion(wanted: string, versions: readonly string[]): string | null {
  const target = releaseNumbers(wanted) ?? [];
  const ranked = [...versions].sort((a, b) => {
    const byParts = sharedParts(b, target) - sharedParts(a, target);
    return (
      byParts ||
      step(a, target) - step(b, target) ||
      Number(isNewer(a, wanted)) - Number(isNewer(b, wanted)) ||
      compareVersions(b, a)
    );
  });
  return ranked[0] ?? null;
}

/** Leading numbers that two versions share. */
function sharedParts(version: string, target: readonly number[]): number {
  const numbers = releaseNumbers(version) ?? [];
  const length = Math.max(numbers.length, target.length);
  let shared = 0;
  while (shared < length && (numbers[shared] ?? 0) === (target[shared] ?? 0)) shared += 1;
  return shared;
}

/** Size of the first difference. */
function step(version: string, target: readonly number[]): number {
  const numbers = releaseNumbers(version) ?? [];
  const at = sharedParts(version, target);
  return Math.abs((numbers[at] ?? 0) - (target[at] ?? 0));
}

function isNewer(version: string, than: string): boolean {
  return compareVersions(version, than) > 0;
}
