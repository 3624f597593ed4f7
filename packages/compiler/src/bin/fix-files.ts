import { renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { hash } from "node:crypto";
import { join } from "node:path";
import { ChubError } from "@chub/registry";
import type { Discovered, SourceFile } from "../1-discover/source-file.ts";
import { decode } from "../2-parse/decode.ts";
import { loadAuthorRegistries } from "../3-validate/author-registry.ts";
import { type FixKinds, fixText } from "../4-lint/apply-fixes.ts";
import { configOf, lintSource, type LintInputs } from "../lint-content.ts";

export interface FixRun {
  readonly discovered: Discovered;
  readonly inputs: LintInputs;
  readonly kinds: FixKinds;
  readonly isSelected: (path: string) => boolean;
}

export interface FixedFiles {
  /** The tree with the repaired files. */
  readonly discovered: Discovered;
  readonly changed: readonly {
    readonly path: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** Findings that were repaired. */
  readonly fixed: number;
  /** Files whose rules undo each other, with the rules. */
  readonly cycles: readonly { readonly path: string; readonly rules: readonly string[] }[];
}

/** The selected files with their fixes applied; nothing is written. Files that are not UTF-8 stay as they are. */
export function fixFiles({ discovered, inputs, kinds, isSelected }: FixRun): FixedFiles {
  const listed: ReadonlySet<string> = new Set(
    loadAuthorRegistries(discovered.files).value.map(({ author }) => author),
  );
  const context = { config: configOf(discovered.files, inputs), engine: inputs.engine, listed };
  const changed: { path: string; before: string; after: string }[] = [];
  const cycles: { path: string; rules: readonly string[] }[] = [];
  let fixed = 0;
  const files = discovered.files.map((file) => {
    if (!isSelected(file.path)) return file;
    const { value: before, diagnostics } = decode(file);
    if (diagnostics.some(({ rule }) => rule === "safety/utf-8")) return file;
    const result = fixText(
      before,
      kinds,
      (text) => lintSource(withText(file, text), context).diagnostics,
    );
    if (result.cycle.length > 0) cycles.push({ path: file.path, rules: result.cycle });
    if (result.text === before) return file;
    fixed += result.fixed;
    changed.push({ path: file.path, before, after: result.text });
    return withText(file, result.text);
  });
  return { discovered: { ...discovered, files }, changed, fixed, cycles };
}

function withText(file: SourceFile, text: string): SourceFile {
  const bytes = Buffer.from(text, "utf8");
  return { path: file.path, bytes, sha256: hash("sha256", bytes, "hex") };
}

/**
 * Replaces a file by one with other text, whole or not at all, with the same permissions.
 *
 * **Errors**: `LOCAL_IO`.
 */
export function replaceFile(contentRoot: string, path: string, text: string): void {
  const target = join(contentRoot, path);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: "wx", mode: statSync(target).mode });
    renameSync(temporary, target);
  } catch (cause) {
    removeQuietly(temporary);
    throw new ChubError("LOCAL_IO", `File ${target} cannot be written`, {
      hint: "Check its permissions and the free space.",
      cause,
    });
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // ENOENT when it was never made; the first error is the one to report.
  }
}
