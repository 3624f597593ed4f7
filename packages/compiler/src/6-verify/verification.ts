/** What a check says about a piece of code. */
export interface Verdict {
  readonly status: "passed" | "failed" | "skipped";
  /** `name@version` of the checker; absent when none applies. */
  readonly tool?: string;
  /** Why it failed or was skipped. The same words on every platform. */
  readonly message?: string;
  /** 1-based place of the first failure in the code; columns in UTF-16 code units. */
  readonly line?: number;
  readonly column?: number;
}

/** A failure at an offset in UTF-16 code units. */
export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
}
