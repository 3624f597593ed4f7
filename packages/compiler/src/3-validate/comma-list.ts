/**
 * Items of a comma-separated text or of a list, trimmed, without empty ones and repeats.
 *
 * Anything else has no items.
 */
export function commaList(value: unknown): readonly string[] {
  const parts =
    typeof value === "string" ? value.split(",") : Array.isArray(value) ? value.map(String) : [];
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ""))];
}
