import type { SourceFile } from "../1-discover/source-file.ts";
import type { Step } from "../diagnostics/step.ts";
import type { OwnersFile } from "./generated/owners.ts";
import { ownersFields, ownersValidator } from "./generated/owners-validator.ts";
import { loadStructured } from "./load-structured.ts";

/** Path of the file, relative to the content root. */
export const OWNERS_PATH = "owners.yaml";

/** The grants of owners.yaml. Without the file, or when it is not valid, every namespace is `community`. */
export function loadOwners(files: readonly SourceFile[]): Step<OwnersFile> {
  const file = files.find(({ path }) => path === OWNERS_PATH);
  if (file === undefined) return { value: NO_GRANTS, diagnostics: [] };
  const { value, diagnostics } = loadStructured<OwnersFile>(file, {
    rule: "files/owners",
    validator: ownersValidator,
    fields: ownersFields,
  });
  return { value: value ?? NO_GRANTS, diagnostics };
}

const NO_GRANTS: OwnersFile = { namespaces: {} };
