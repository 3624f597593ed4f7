/** How long a registry may take for one body. */
export interface NpmLimits {
  /** Between two pieces, and before the first. */
  readonly idleMs: number;
  /** To the last byte. */
  readonly totalMs: number;
}
