import type { FreshnessRow } from "./freshness.ts";

/** Rows that ask for something, or all of them, as aligned columns. */
export function freshnessTable(rows: readonly FreshnessRow[]): string {
  if (rows.length === 0) return "";
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** The same as a Markdown table. */
export function freshnessMarkdown(rows: readonly FreshnessRow[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", String.raw`\|`)).join(" | ")} |\n`;
  return [line(HEAD), line(HEAD.map(() => "---")), ...rows.map((row) => line(cellsOf(row)))].join(
    "",
  );
}

/** Totals by distance, and how many are yanked, deprecated or could not be asked for. */
export function freshnessTotals(rows: readonly FreshnessRow[]) {
  const of = (is: (row: FreshnessRow) => boolean): number => rows.filter(is).length;
  return {
    packages: rows.length,
    current: of(({ distance }) => distance === "current" || distance === "ahead"),
    patch: of(({ distance }) => distance === "patch"),
    minor: of(({ distance }) => distance === "minor"),
    major: of(({ distance }) => distance === "major"),
    notFound: of(({ distance }) => distance === "not-found"),
    unknown: of(({ distance }) => distance === "unknown"),
    deprecated: of(({ deprecated }) => deprecated !== null),
    yanked: of(({ yanked }) => yanked),
    unreachable: of(({ unreachable }) => unreachable),
  };
}

function cellsOf(row: FreshnessRow): readonly string[] {
  const remarks = [
    ...(row.yanked ? ["yanked"] : []),
    ...(row.deprecated === null ? [] : [`deprecated: ${row.deprecated}`]),
    ...(row.reason === null ? [] : [row.reason]),
  ];
  return [
    row.id,
    row.package,
    row.latest ?? "-",
    row.distance === "not-found" ? "not found" : row.distance,
    remarks.join("; "),
  ].map((cell) => cell.replaceAll(/\s+/g, " "));
}

const HEAD = ["entry", "package", "latest", "behind by", "remark"];
