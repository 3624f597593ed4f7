import type { SourceFile } from "../1-discover/source-file.ts";
import { decode } from "../2-parse/decode.ts";
import { yamlDocumentOf } from "../2-parse/yaml-document.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Step } from "../diagnostics/step.ts";
import { FILE_START, lineStartsOf, rangeBetween } from "../diagnostics/text-position.ts";
import { type AuthorProblem, readAuthorEntries } from "./author-entries.ts";
import type { AuthorEntryFacts } from "./author-entry-facts.ts";

export type { AuthorEntryFacts } from "./author-entry-facts.ts";

/** The entries of an author who brings an own registry.json: they replace the search for entry files in the folder. */
export interface AuthorRegistry {
  readonly author: string;
  /** Path of the file, relative to the content root. */
  readonly path: string;
  /** One for each language and version of a document, one for each skill; in the order of the file. */
  readonly facts: readonly AuthorEntryFacts[];
}

/**
 * Every `<author>/registry.json` of the tree, checked like entry files: the namespace is the folder, paths stay in it,
 * and the files exist. An entry that fails is left out and diagnosed.
 */
export function loadAuthorRegistries(
  files: readonly SourceFile[],
): Step<readonly AuthorRegistry[]> {
  const registries = files.filter(({ path }) => AUTHOR_REGISTRY.test(path));
  if (registries.length === 0) return { value: [], diagnostics: [] };
  const paths: ReadonlySet<string> = new Set(files.map(({ path }) => path));
  const steps = registries.map((file) => loadOne(file, paths));
  return {
    value: steps.map(({ value }) => value),
    diagnostics: steps.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Authors with a registry.json. */
export function listedAuthors(files: readonly Pick<SourceFile, "path">[]): readonly string[] {
  return files
    .filter(({ path }) => AUTHOR_REGISTRY.test(path))
    .map(({ path }) => path.slice(0, path.indexOf("/")));
}

function loadOne(file: SourceFile, paths: ReadonlySet<string>): Step<AuthorRegistry> {
  const author = file.path.slice(0, file.path.indexOf("/"));
  const { value: text, diagnostics: encoding } = decode(file);
  const none = { author, path: file.path, facts: [] };
  const parsed = parseJson(text);
  if ("problem" in parsed) {
    const message = `Unexpected text, expected JSON: ${parsed.problem}`;
    return {
      value: none,
      diagnostics: [
        ...encoding,
        diagnose("files/author-registry", { file: file.path, range: FILE_START, message }),
      ],
    };
  }
  const { facts, problems } = readAuthorEntries(parsed.data, { author, paths });
  return {
    value: { ...none, facts },
    diagnostics: [...encoding, ...located(file.path, text, problems)],
  };
}

function parseJson(text: string): { data: unknown } | { problem: string } {
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** JSON is YAML, so that the parser with positions serves both. */
function located(
  file: string,
  text: string,
  problems: readonly AuthorProblem[],
): readonly Diagnostic[] {
  if (problems.length === 0) return [];
  const document = yamlDocumentOf(text);
  const lines = lineStartsOf(text);
  return problems.map(({ at, message }) => {
    const range = document.rangeOf(at, "value");
    return diagnose("files/author-registry", {
      file,
      range: range === null ? FILE_START : rangeBetween(lines, range[0], range[1]),
      message,
    });
  });
}

const AUTHOR_REGISTRY = /^[^/]+\/registry\.json$/;
