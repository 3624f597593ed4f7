import { parseArgs } from "node:util";
import { FORMATS, type Format } from "../diagnostics/formats.ts";
import { countOf, oneOf } from "./option-values.ts";
import type { ProofChoices } from "./proof-environment.ts";
import { usageErrors } from "./usage.ts";

/** Arguments of `chubc verify`, checked. */
export interface VerifyOptions extends ProofChoices {
  readonly paths: readonly string[];
  readonly write: boolean;
  readonly check: boolean;
  /** Null: chosen by who reads. */
  readonly format: Format | null;
  readonly json: boolean;
  readonly config: string | null;
  readonly noColor: boolean;
}

/** **Errors**: `USAGE` for arguments that make no sense. */
export function parseVerifyArgs(args: readonly string[]): VerifyOptions {
  const { values, positionals } = usageErrors(() =>
    parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }),
  );
  return {
    paths: positionals,
    write: values.write,
    check: values.check,
    format: oneOf("--format", values.format, FORMATS),
    json: values.json,
    config: values.config ?? null,
    noColor: values["no-color"],
    store: values.store ?? null,
    jobs: countOf("--jobs", values.jobs),
    timeoutSeconds: countOf("--timeout", values.timeout),
  };
}

const OPTIONS = {
  write: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
  format: { type: "string" },
  json: { type: "boolean", default: false },
  jobs: { type: "string" },
  timeout: { type: "string" },
  store: { type: "string" },
  config: { type: "string" },
  "no-color": { type: "boolean", default: false },
} as const;
