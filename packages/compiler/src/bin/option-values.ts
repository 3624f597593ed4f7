import { ChubError } from "@chub/registry";

/** The value of an option with a closed list; null when it was not given. Errors: ChubError USAGE. */
export function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly T[],
): T | null {
  if (value === undefined) return null;
  const found = allowed.find((name) => name === value);
  if (found !== undefined) return found;
  throw new ChubError("USAGE", `Unexpected value ${JSON.stringify(value)} of ${option}`, {
    hint: `Use one of ${allowed.join(", ")}.`,
  });
}

/** The value of an option that counts something; null when it was not given. Errors: ChubError USAGE. */
export function countOf(option: string, value: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new ChubError("USAGE", `Unexpected value ${JSON.stringify(value)} of ${option}`, {
    hint: "Use a whole number from 1.",
  });
}
