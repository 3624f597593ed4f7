import type { SourceFile } from "../1-discover/source-file.ts";
import type { Step } from "../diagnostics/step.ts";
import type { RedirectsFile } from "./generated/redirects.ts";
import { redirectsFields, redirectsValidator } from "./generated/redirects-validator.ts";
import { loadStructured } from "./load-structured.ts";

/** Path of the file, relative to the content root. */
export const REDIRECTS_PATH = "redirects.yaml";

/** The moved and retired ids of redirects.yaml; none without the file, or when it is not valid. */
export function loadRedirects(files: readonly SourceFile[]): Step<RedirectsFile> {
  const file = files.find(({ path }) => path === REDIRECTS_PATH);
  if (file === undefined) return { value: NO_REDIRECTS, diagnostics: [] };
  const { value, diagnostics } = loadStructured<RedirectsFile>(file, {
    rule: "files/redirects",
    validator: redirectsValidator,
    fields: redirectsFields,
  });
  return { value: value ?? NO_REDIRECTS, diagnostics };
}

const NO_REDIRECTS: RedirectsFile = { redirects: [] };
