import type ts from "typescript";
import type { TypeScript } from "./typescript-api.ts";

/** How strictly code is looked at. An error counts only when it is one under both. */
export type Strictness = "strict" | "loose";

/**
 * Options for code of documents: all of the language, nothing that asks for annotations.
 *
 * Strict, because many packages infer wrong types otherwise; loose, because a possible `null` is no fault of a snippet.
 */
export function compilerOptions(
  api: TypeScript,
  { strictness, globals }: { strictness: Strictness; globals: readonly string[] },
): ts.CompilerOptions {
  const strict = strictness === "strict";
  // Packages that declare a run time of their own, as Workers have, stand in the place of the browser.
  const lib = globals.length > 0 ? { lib: ["lib.esnext.d.ts"] } : {};
  return {
    ...lib,
    target: api.ScriptTarget.ESNext,
    module: api.ModuleKind.Preserve,
    moduleResolution: api.ModuleResolutionKind.Bundler,
    moduleDetection: api.ModuleDetectionKind.Force,
    customConditions: ["node"],
    jsx: api.JsxEmit.Preserve,
    types: ["node", ...globals],
    allowJs: true,
    checkJs: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    esModuleInterop: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    noUncheckedSideEffectImports: true,
    noEmit: true,
    strict,
    strictNullChecks: strict,
    strictFunctionTypes: strict,
    strictBindCallApply: strict,
    noImplicitAny: false,
    noImplicitThis: false,
    strictPropertyInitialization: false,
    useUnknownInCatchVariables: false,
  };
}

/** Part of the evidence: raise it when the options, or what is made of the errors, change. */
export const TYPES_FORMAT = 7;
