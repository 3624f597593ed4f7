import { parseArgs } from "node:util";
import { ChubError } from "@chub/registry";
import type { FixKinds } from "../4-lint/apply-fixes.ts";
import { FORMATS, type Format } from "../diagnostics/formats.ts";
import { CACHE_OPTIONS, type CacheChoice, cacheChoice, jobsOf } from "./run-options.ts";
import { usageErrors } from "./usage.ts";
import { oneOf } from "./option-values.ts";

/** Arguments of `chubc lint`, checked. */
export interface LintOptions {
  readonly paths: readonly string[];
  /** Null: chosen by who reads. */
  readonly format: Format | null;
  /** Null: nothing is repaired. */
  readonly fix: FixKinds | null;
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly maxWarnings: number;
  readonly config: string | null;
  readonly engine: "satteri" | "remark";
  readonly noColor: boolean;
  /** Whether only what is staged in git is looked at, as it is staged. */
  readonly staged: boolean;
  /** Git revision that the change is made against; null: none. */
  readonly base: string | null;
  readonly watch: boolean;
  /** Threads; null: as many as pay. */
  readonly jobs: number | null;
  readonly cache: CacheChoice;
}

/** **Errors**: `USAGE` for arguments that make no sense. */
export function parseLintArgs(args: readonly string[]): LintOptions {
  // `--fix` and `--fix=unsafe` are one option with an optional value, which parseArgs does not know.
  const fixes = args.filter((argument) => argument === "--fix" || argument.startsWith("--fix="));
  const rest = args.filter((argument) => !fixes.includes(argument));
  const { values, positionals } = usageErrors(() =>
    parseArgs({ args: [...rest], allowPositionals: true, options: OPTIONS }),
  );
  const dryRun = values["fix-dry-run"] === true;
  return {
    paths: positionals,
    format: oneOf("--format", values.format, FORMATS),
    fix: fixKinds(fixes) ?? (dryRun ? "safe" : null),
    dryRun,
    quiet: values.quiet === true,
    maxWarnings: wholeNumber("--max-warnings", values["max-warnings"]),
    config: values.config ?? null,
    engine: oneOf("--engine", values.engine, ENGINES) ?? "satteri",
    noColor: values["no-color"] === true,
    staged: stagedOnly(values.staged === true, positionals, fixes.length > 0 || dryRun),
    base: values.base ?? null,
    watch: values.watch === true,
    jobs: jobsOf(values.jobs),
    cache: cacheChoice(values),
  };
}

/** What is staged is in the index: there is no file to repair, and paths would be a second choice. */
function stagedOnly(staged: boolean, paths: readonly string[], fixes: boolean): boolean {
  if (staged && (fixes || paths.length > 0)) {
    throw new ChubError("USAGE", "--staged goes with neither paths nor --fix", {
      hint: "Run `chubc lint --fix` on the files, then stage them.",
    });
  }
  return staged;
}

function fixKinds(fixes: readonly string[]): FixKinds | null {
  if (fixes.length === 0) return null;
  const written = fixes.find((argument) => argument !== "--fix");
  return written === undefined
    ? "safe"
    : oneOf("--fix", written.slice("--fix=".length), ["safe", "unsafe"]);
}

function wholeNumber(option: string, value: string | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new ChubError("USAGE", `Unexpected value ${JSON.stringify(value)} of ${option}`, {
    hint: "Use a whole number.",
  });
}

const ENGINES = ["satteri", "remark"] as const;
const OPTIONS = {
  ...CACHE_OPTIONS,
  base: { type: "string" },
  config: { type: "string" },
  engine: { type: "string" },
  "fix-dry-run": { type: "boolean" },
  format: { type: "string" },
  jobs: { type: "string" },
  "max-warnings": { type: "string" },
  "no-color": { type: "boolean" },
  staged: { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
  watch: { type: "boolean", short: "w" },
} as const;
