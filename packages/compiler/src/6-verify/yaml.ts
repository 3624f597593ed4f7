import { parseAllDocuments } from "yaml";
import type { SyntaxProblem } from "./verification.ts";

/** First syntax error of a YAML stream. Tags are not resolved: `!Ref` of CloudFormation is no mistake. */
export function yamlProblem(code: string): SyntaxProblem | null {
  const documents = parseAllDocuments(code, {
    prettyErrors: false,
    logLevel: "silent",
    uniqueKeys: true,
  });
  if (!Array.isArray(documents)) return null;
  for (const { errors } of documents) {
    const error = errors[0];
    if (error !== undefined) return { message: error.message, offset: error.pos[0] };
  }
  return null;
}

/** Part of every verdict; a test keeps it equal to the installed version. */
export const YAML_VERSION = "2.9.1";
