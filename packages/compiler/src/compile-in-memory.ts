import { resolve } from "node:path";
import { ChubError } from "@chub/registry";
import { discover } from "./1-discover/discover.ts";
import { findConfig } from "./1-discover/find-config.ts";
import { loadEngine } from "./2-parse/engines.ts";
import { readCompilerConfig } from "./3-validate/read-config.ts";
import { RULE_IDS } from "./4-lint/rule-catalog.ts";
import { loadTokenCounter } from "./5-extract/tokens/token-counter.ts";
import { compile } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";

/**
 * The files of the artifact of a small content tree, by path, without writing anything: for readers that
 * are pointed at raw content.
 *
 * Broken files are left out. **Errors**: `LOCAL_IO`, `CONFIG`; `REQUEST_FAILED` when the tree is too large
 * to be compiled at every start, or nothing of it is sound.
 */
export async function compileInMemory(
  contentRoot: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const root = resolve(contentRoot);
  const found = findConfig(root);
  const config = found === null ? null : readCompilerConfig(found, RULE_IDS);
  const discovered = discover(root, { ignore: config?.ignore ?? [] });
  if (discovered.files.length > MOST_FILES) {
    throw new ChubError(
      "REQUEST_FAILED",
      `${root} has ${discovered.files.length} files, more than ${MOST_FILES}: it is not compiled at every start`,
      { hint: `Run \`chub build ${root} -o <folder>\` and configure that folder as the source` },
    );
  }
  const [engine, countTokens] = await Promise.all([loadEngine(), loadTokenCounter()]);
  const { artifact, entries, diagnostics } = compile(discovered, {
    engine,
    countTokens,
    config,
    keepGoing: true,
  });
  if (artifact === null || entries.length === 0) throw nothingSound(root, diagnostics);
  return new Map(artifact.parts.map((part) => [part.path, part.bytes()]));
}

function nothingSound(root: string, diagnostics: readonly Diagnostic[]): ChubError {
  const first = diagnostics.find(({ severity }) => severity === "error");
  const why = first === undefined ? "it has no entries" : `${first.file}: ${first.message}`;
  return new ChubError("REQUEST_FAILED", `Nothing of ${root} can be compiled: ${why}`, {
    hint: `Run \`chub lint ${root}\` for all findings`,
  });
}

/** About a second of work. */
const MOST_FILES = 500;
