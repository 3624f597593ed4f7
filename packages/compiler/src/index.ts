/**
 * The compiler as a library: content in, artifact and diagnostics out.
 *
 * `buildContent` does the whole of it on disk; `compile` is the same as a pure function of files and settings.
 */
export { buildContent, type BuildOptions, type BuildResult } from "./build-content.ts";
export { compileInMemory } from "./compile-in-memory.ts";
export { compile, type Compilation, type CompileInputs } from "./compile.ts";

// The steps around `compile`
export { discover, type DiscoverOptions } from "./1-discover/discover.ts";
export type { Discovered, SourceFile } from "./1-discover/source-file.ts";
export { loadEngine, type MarkdownEngine } from "./2-parse/engines.ts";
export type { CompilerConfig } from "./3-validate/generated/compiler-config.ts";
export { loadTokenCounter, type TokenCounter } from "./5-extract/tokens/token-counter.ts";
export type { Artifact, ArtifactPart, PartStore, ValueStore } from "./7-index/artifact.ts";
export { openOutput, type OutputFolder } from "./8-emit/output-folder.ts";

// Single checks
export { checkedLanguages, checkSyntax } from "./6-verify/check-syntax.ts";
export type { Verdict } from "./6-verify/verification.ts";

// Diagnostics
export type {
  Diagnostic,
  Fix,
  Severity,
  SourcePoint,
  SourceRange,
} from "./diagnostics/diagnostic.ts";
