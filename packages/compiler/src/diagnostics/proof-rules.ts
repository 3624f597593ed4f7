import type { RuleInfo } from "./rule-info.ts";

/** What `chubc verify` reports besides `code/syntax`. */
export const PROOF_RULES = {
  types: {
    id: "code/types",
    code: "CHUB3101",
    severity: "error",
    summary: "Code uses its packages as they are in the version that the entry documents.",
    why: "An agent copies the block. A member, option or argument that the version does not have fails for everybody.",
    help: "Correct the code, or `packages` in the front matter. For code that is wrong on purpose write `expect-error` behind the language, for code that cannot be checked `no-check`.",
  },
  unpublished: {
    id: "code/published-package",
    code: "CHUB3102",
    severity: "error",
    summary: "The versions in `packages` exist.",
    why: "Code for a version that was never published cannot be run, and cannot be checked.",
    help: "Name a version that the registry has.",
  },
  unfinished: {
    id: "code/checkable",
    code: "CHUB3103",
    severity: "error",
    summary: "The type checker comes to an end.",
    why: "Without a verdict nothing is proved.",
    help: "Run `chubc verify` on the file alone; when the package itself is what the checker cannot bear, mark its blocks with `no-check`.",
  },
} as const satisfies Readonly<Record<string, RuleInfo>>;
