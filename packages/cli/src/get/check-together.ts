import { ChubError } from "@chub/registry/errors";
import type { Arguments } from "../arguments/arguments.ts";

/** Refuses options that contradict each other, or would do nothing. Errors: ChubError USAGE. */
export function checkTogether(args: Arguments): void {
  const isGiven = (name: string) =>
    args.flag(name) ||
    args.list(name) !== undefined ||
    args.text(name) !== undefined ||
    args.integer(name) !== undefined;
  for (const [one, other, reason] of CONTRADICTIONS) {
    if (isGiven(one) && isGiven(other)) {
      throw new ChubError("USAGE", `--${one} and --${other} do not go together: ${reason}`, {
        hint: `Leave one of them out, see \`chub get --help\``,
      });
    }
  }
  if (isGiven("query") && !isGiven("max-tokens")) {
    throw new ChubError("USAGE", "--query does nothing without --max-tokens", {
      hint: "Add --max-tokens, or find the section with `chub search`",
    });
  }
}

const CONTRADICTIONS = [
  ["full", "file", "--full gives all files"],
  ["full", "section", "--full gives all files"],
  ["full", "symbol", "--full gives all files"],
  ["outline", "full", "an outline has no text"],
  ["outline", "section", "an outline has no text"],
  ["outline", "symbol", "an outline has no text"],
  ["outline", "max-tokens", "an outline has no text"],
  ["outline", "output", "an outline has no text"],
  ["match-project", "version", "each chooses the version"],
  ["section", "symbol", "each chooses the sections"],
] as const;
