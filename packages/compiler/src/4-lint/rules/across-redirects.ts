import type { Redirect } from "../../3-validate/generated/redirects.ts";
import { REDIRECTS_PATH } from "../../3-validate/load-redirects.ts";
import { defineProjectRule } from "../project-rule.ts";

export const acrossRedirects = defineProjectRule({
  id: "across/redirects",
  code: "CHUB6004",
  severity: "error",
  summary:
    "A redirect starts at an id that is gone, is the only one from there, and ends at an entry.",
  why: "Old addresses in notes and lock files keep working only when the way ends somewhere.",
  help: "Correct `to`; leave it out when the entry is retired without a successor.",
  check({ entries, redirects, redirectPlace }, report) {
    const ids: ReadonlySet<string> = new Set(entries.map(({ id }) => id));
    const targets = new Map<string, string | undefined>();
    for (const [index, { from, to }] of redirects.entries()) {
      const redirect = { from, ...(to !== undefined && { to }) };
      const problem = problemOf(redirect, { ids, targets, redirects });
      if (problem !== null) {
        const { key, message } = problem;
        report({ file: REDIRECTS_PATH, range: redirectPlace(index, key), message });
      }
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

/** What is wrong with a redirect, and with which of its values. */
interface Problem {
  readonly key: "from" | "to";
  readonly message: string;
}

function problemOf(redirect: Redirect, known: Known): Problem | null {
  const start = startProblem(redirect, known);
  if (start !== null) return { key: "from", message: start };
  const end = endProblem(redirect, known);
  return end === null ? null : { key: "to", message: end };
}

function startProblem({ from }: Redirect, { ids, targets }: Known): string | null {
  if (ids.has(from)) return `Unexpected redirect from \`${from}\`, which is an entry`;
  return targets.has(from) ? `Unexpected second redirect from \`${from}\`` : null;
}

function endProblem({ from, to }: Redirect, { ids, redirects }: Known): string | null {
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
