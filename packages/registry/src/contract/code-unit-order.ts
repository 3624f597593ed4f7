/** Compares by UTF-16 code unit: the only order used in artifacts, the same on every machine and locale. */
export function byCodeUnit(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
