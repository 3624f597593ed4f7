import { byCodeUnit, type EntryRecord, type Variant } from "@chub/registry";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";

/** Figures of a content tree. Counts; tokens are o200k_base tokens of entry files; ages are days. */
export interface ContentStats {
  readonly docs: number;
  readonly skills: number;
  /** DOC.md and SKILL.md files. */
  readonly files: number;
  /** Files by language, most first; `none` for those without. */
  readonly languages: readonly Counted[];
  readonly tokens: { readonly total: number; readonly median: number; readonly most: number };
  /** Code blocks of entries and their companions, by what became of their check. */
  readonly code: { readonly passed: number; readonly failed: number; readonly unchecked: number };
  /** Files by the age of `updated-on`. */
  readonly freshness: {
    /** Null when no file has a day. */
    readonly medianDays: number | null;
    readonly buckets: readonly Counted[];
  };
  /** Findings by rule, most first. */
  readonly findings: readonly (Counted & { readonly severity: Diagnostic["severity"] })[];
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

/**
 * What a compiled tree adds up to. Pure.
 *
 * @param today ISO 8601 day that ages are counted to.
 */
export function contentStats(
  entries: readonly EntryRecord[],
  diagnostics: readonly Diagnostic[],
  today: string,
): ContentStats {
  const variants = entryFiles(entries);
  const tokens = variants.map((variant) => variant.tokens ?? 0);
  const ages = variants.map(({ lastUpdated }) => ageOf(lastUpdated, today));
  const known = ages.filter((age) => age !== null);
  const sum = (status: "passed" | "failed" | "skipped"): number =>
    variants.reduce((total, { verified }) => total + (verified?.[status] ?? 0), 0);
  return {
    docs: entries.filter(({ type }) => type === "doc").length,
    skills: entries.filter(({ type }) => type === "skill").length,
    files: variants.length,
    languages: counted(variants.map(({ language }) => language ?? "none")),
    tokens: {
      total: tokens.reduce((total, count) => total + count, 0),
      median: median(tokens) ?? 0,
      most: tokens.reduce((most, count) => Math.max(most, count), 0),
    },
    code: { passed: sum("passed"), failed: sum("failed"), unchecked: sum("skipped") },
    freshness: {
      medianDays: median(known),
      buckets: BUCKETS.map(({ name, holds }) => ({ name, count: ages.filter(holds).length })),
    },
    findings: findingsByRule(diagnostics),
  };
}

/** One file can be the text of several versions and languages: it counts once. */
function entryFiles(entries: readonly EntryRecord[]): readonly Variant[] {
  const byPath = new Map<string, Variant>();
  for (const { variants } of entries) {
    for (const variant of variants) byPath.set(`${variant.path}/${variant.entryFile}`, variant);
  }
  return [...byPath.values()];
}

function findingsByRule(diagnostics: readonly Diagnostic[]): ContentStats["findings"] {
  const severities = new Map(diagnostics.map(({ rule, severity }) => [rule, severity]));
  return counted(diagnostics.map(({ rule }) => rule)).map(({ name, count }) => ({
    name,
    count,
    severity: severities.get(name) ?? "info",
  }));
}

function counted(names: readonly string[]): readonly Counted[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Array.from(counts, ([name, count]) => ({ name, count })).sort(
    (a, b) => b.count - a.count || byCodeUnit(a.name, b.name),
  );
}

/** Days from one ISO 8601 day to another; a day in the future is 0 days old. */
function ageOf(day: string | undefined, today: string): number | null {
  if (day === undefined) return null;
  return Math.max(0, dayNumber(today) - dayNumber(day));
}

/** Days since 0000-03-01 of the Gregorian calendar. Source: https://howardhinnant.github.io/date_algorithms.html */
function dayNumber(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const years = month > 2 ? year : year - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + Math.floor((153 * fromMarch + 2) / 5) + date - 1;
}

/** The lower one of two in the middle; null of nothing. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

const BUCKETS: readonly { name: string; holds: (age: number | null) => boolean }[] = [
  { name: "up to 90 days", holds: (age) => age !== null && age <= 90 },
  { name: "91 to 180 days", holds: (age) => age !== null && age > 90 && age <= 180 },
  { name: "181 to 365 days", holds: (age) => age !== null && age > 180 && age <= 365 },
  { name: "older", holds: (age) => age !== null && age > 365 },
  { name: "without a day", holds: (age) => age === null },
];
