import type { RuleInfo } from "../diagnostics/rule-info.ts";

/** What is said of suppression comments. */
export const SUPPRESSION_RULES = {
  reason: {
    id: "suppression/reason",
    code: "CHUB9002",
    severity: "warning",
    summary: "A suppression says why.",
    why: "Whoever reads the document later must know whether the exception still holds. Without a reason the comment has no effect.",
    help: "Write `<!-- chub-disable-next-line rule -- why -->`.",
  },
  used: {
    id: "suppression/used",
    code: "CHUB9003",
    severity: "warning",
    summary: "A suppression names a rule that exists and has something to suppress.",
    why: "A comment that suppresses nothing hides the next real finding on that line.",
    help: "Remove the comment or correct the name.",
  },
} as const satisfies Readonly<Record<string, RuleInfo>>;
