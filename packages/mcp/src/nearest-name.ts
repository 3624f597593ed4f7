/** The name that was most likely meant: one edit away, or the only one that begins alike; null when none is. */
export function nearestName(typed: string, names: readonly string[]): string | null {
  const key = typed.toLowerCase();
  const close = names.find((name) => isOneEdit(key, name.toLowerCase()));
  if (close !== undefined) return close;
  const alike =
    key.length < 3
      ? []
      : names.filter(
          (name) => name.toLowerCase().startsWith(key) || key.startsWith(name.toLowerCase()),
        );
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/** Whether one letter added, left out, replaced or two neighbours swapped turn one word into the other. */
function isOneEdit(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const swapped = `${restA[1] ?? ""}${restA[0] ?? ""}${restA.slice(2)}`;
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.length > 1 && swapped === restB)
  );
}
