import type { Redirect } from "../../3-validate/generated/redirects.ts";
import { defineProjectRule } from "../project-rule.ts";
import { REDIRECT_PLACE } from "../redirect-place.ts";

export const acrossRedirects = defineProjectRule({
  id: "across/redirects",
  code: "CHUB6004",
  severity: "error",
  summary:
    "A redirect starts at an id that is gone, is the only one from there, and ends at an entry.",
  why: "Old addresses in notes and lock files keep working only when the way ends somewhere.",
  help: "Correct `to`; leave it out when the entry is retired without a successor.",
  check({ entries, redirects }, report) {
    const ids: ReadonlySet<string> = new Set(entries.map(({ id }) => id));
    const targets = new Map<string, string | undefined>();
    for (const { from, to } of redirects) {
      const problem = problemOf(
        { from, ...(to !== undefined && { to }) },
        { ids, targets, redirects },
      );
      if (problem !== null) report({ ...REDIRECT_PLACE, message: problem });
      targets.set(from, to);
    }
  },
});

interface Known {
  readonly ids: ReadonlySet<string>;
  /** Of the redirects before. */
  readonly targets: ReadonlyMap<string, string | undefined>;
  readonly redirects: readonly Redirect[];
}

function problemOf({ from, to }: Redirect, { ids, targets, redirects }: Known): string | null {
  if (ids.has(from)) return `Unexpected redirect from \`${from}\`, which is an entry`;
  if (targets.has(from)) return `Unexpected second redirect from \`${from}\``;
  if (to === undefined) return null;
  const next = new Map(redirects.map((redirect) => [redirect.from, redirect.to]));
  const seen = new Set([from]);
  let current = to;
  while (!ids.has(current)) {
    if (seen.has(current))
      return `Unexpected redirect from \`${from}\` in a circle: ${[...seen, current].join(" → ")}`;
    if (!next.has(current))
      return `Unexpected redirect from \`${from}\` to \`${current}\`, which does not exist`;
    seen.add(current);
    const following = next.get(current);
    // The way ends at a retired entry.
    if (following === undefined) return null;
    current = following;
  }
  return null;
}
