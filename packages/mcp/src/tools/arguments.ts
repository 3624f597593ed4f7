/** Checked arguments of a call. */
export interface Arguments {
  text(name: string): string | undefined;
  integer(name: string): number | undefined;
  flag(name: string): boolean;
  /** Parts between commas or line feeds, trimmed, without empty ones; undefined when there are none. */
  list(name: string): readonly string[] | undefined;
  /** Lines, trimmed, without empty ones; undefined when there are none. */
  lines(name: string): readonly string[] | undefined;
}
