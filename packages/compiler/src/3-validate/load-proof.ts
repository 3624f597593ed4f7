import type { SourceFile } from "../1-discover/source-file.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Step } from "../diagnostics/step.ts";
import { FILE_START } from "../diagnostics/text-position.ts";
import type { Proof } from "./generated/proof.ts";
import { proofValidator } from "./generated/proof-validator.ts";

/** Path of the file, relative to the content root. */
export const PROOF_PATH = "proof.json";

/** What proof.json says; null without the file, or when it is not valid: then no types are proved. */
export function loadProof(files: readonly SourceFile[]): Step<Proof | null> {
  const file = files.find(({ path }) => path === PROOF_PATH);
  if (file === undefined) return { value: null, diagnostics: [] };
  const data = parse(file.bytes);
  if (data !== undefined && proofValidator(data)) return { value: data as Proof, diagnostics: [] };
  const [problem] = data === undefined ? [] : (proofValidator.errors ?? []);
  const detail =
    problem === undefined
      ? "Unexpected text, expected JSON"
      : `Unexpected value at ${problem.instancePath === "" ? "the top" : problem.instancePath}: it ${problem.message ?? "is not allowed"}`;
  return {
    value: null,
    diagnostics: [
      diagnose("files/proof", { file: PROOF_PATH, range: FILE_START, message: detail }),
    ],
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
