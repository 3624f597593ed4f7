/** What a build is counted in. */
export interface BuildFigures {
  readonly docs: number;
  readonly skills: number;
  readonly files: number;
  readonly warnings: number;
  readonly errors: number;
  readonly cached: number;
}

export interface BuildOutcome {
  /** First word of the line. */
  readonly what: string;
  /** Folder of the artifact; null when nothing was written. */
  readonly place: string | null;
  readonly elapsedMs: number;
}

/** The line at the end of a build. */
export function buildSummary(
  { docs, skills, files, warnings, errors, cached }: BuildFigures,
  { what, place, elapsedMs }: BuildOutcome,
): string {
  const counts = [
    plural(docs, "doc"),
    plural(skills, "skill"),
    plural(files, "file"),
    plural(warnings, "warning"),
    plural(errors, "error"),
    ...(cached > 0 ? [`${cached} cached`] : []),
  ];
  const where = place === null ? "" : ` -> ${place}`;
  return `${what}: ${counts.join(", ")} in ${(elapsedMs / 1000).toFixed(2)} s${where}\n`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
