/** Checked arguments of a command. Asking for an option that the command does not declare gives nothing. */
export interface Arguments {
  readonly positionals: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  /** Values of `texts` and `list` options; undefined when not given. */
  list(name: string): readonly string[] | undefined;
  integer(name: string): number | undefined;
}
