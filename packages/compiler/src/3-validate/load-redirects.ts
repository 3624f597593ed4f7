import type { SourceFile } from "../1-discover/source-file.ts";
import { decode } from "../2-parse/decode.ts";
import { yamlDocumentOf } from "../2-parse/yaml-document.ts";
import type { SourceRange } from "../diagnostics/diagnostic.ts";
import type { Step } from "../diagnostics/step.ts";
import { FILE_START, rangeIn } from "../diagnostics/text-position.ts";
import type { Redirect, RedirectsFile } from "./generated/redirects.ts";
import { redirectsFields, redirectsValidator } from "./generated/redirects-validator.ts";
import { loadStructured } from "./load-structured.ts";

/** Path of the file, relative to the content root. */
export const REDIRECTS_PATH = "redirects.yaml";

/** The file's data, and where a value of it stands. */
export interface LoadedRedirects extends RedirectsFile {
  /** Range of a value of a redirect, by the redirect's index in the file. */
  readonly placeOf: (index: number, key: keyof Redirect) => SourceRange;
}

/** The moved and retired ids of redirects.yaml; none without the file, or when it is not valid. */
export function loadRedirects(files: readonly SourceFile[]): Step<LoadedRedirects> {
  const file = files.find(({ path }) => path === REDIRECTS_PATH);
  if (file === undefined) return { value: NO_REDIRECTS, diagnostics: [] };
  const { value, diagnostics } = loadStructured<RedirectsFile>(file, {
    rule: "files/redirects",
    validator: redirectsValidator,
    fields: redirectsFields,
  });
  if (value === null) return { value: NO_REDIRECTS, diagnostics };
  return { value: { ...value, placeOf: placesIn(file) }, diagnostics };
}

/** Reads the file again, with positions, when the first one is asked for. */
function placesIn(file: SourceFile): LoadedRedirects["placeOf"] {
  let known: { text: string; document: ReturnType<typeof yamlDocumentOf> } | null = null;
  return (index, key) => {
    if (known === null) {
      const { value: text } = decode(file);
      known = { text, document: yamlDocumentOf(text) };
    }
    const range = known.document.rangeOf(["redirects", index, key], "value");
    return range === null ? FILE_START : rangeIn(known.text, range[0], range[1]);
  };
}

const NO_REDIRECTS: LoadedRedirects = { redirects: [], placeOf: () => FILE_START };
