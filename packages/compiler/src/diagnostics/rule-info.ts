import type { Severity } from "./diagnostic.ts";

/** What is known of a rule without running it: for `chubc rules`, `chubc explain` and the pages of docs/rules. */
export interface RuleInfo {
  /** `group/name`; the name of its file, its page and its fixture folder. */
  readonly id: string;
  /** Permanent, see `Diagnostic.code`. */
  readonly code: string;
  /** Default; chub.config.json can change it. */
  readonly severity: Severity;
  /** Whether it only runs when chub.config.json gives it a severity: a matter of taste. */
  readonly optIn?: true;
  /** What `--fix` can do about it; left out when nothing. */
  readonly fixable?: "safe" | "unsafe";
  /** One sentence that says what holds when the rule is content. */
  readonly summary: string;
  /** Why it matters to a reader. */
  readonly why: string;
  /** What the author does. */
  readonly help: string;
}
