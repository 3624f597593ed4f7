import type { SchemaError } from "@chub/registry";
import type { CoreRuleId } from "../diagnostics/core-rules.ts";
import type { Severity } from "../diagnostics/diagnostic.ts";

/**
 * Which rule a schema error of a front matter breaks.
 *
 * What an address needs (name, languages, versions) and values of a wrong kind are errors. All else is a warning:
 * the entry is served without the value, as Context Hub serves it.
 */
export function classifyFrontmatter(error: SchemaError): { rule: CoreRuleId; severity?: Severity } {
  const { keyword, instancePath, params } = error;
  if (keyword === "required") {
    const optional = params["missingProperty"] === "description";
    return { rule: "frontmatter/required", ...(optional && WARNING) };
  }
  if (keyword === "additionalProperties") return { rule: "frontmatter/unknown-key" };
  if (keyword === "enum") return { rule: "frontmatter/known-value" };
  if (instancePath === "/name") return { rule: "frontmatter/name" };
  return {
    rule: "frontmatter/value",
    ...(!STRUCTURAL.has(keyword) && !ADDRESS.has(instancePath) && WARNING),
  };
}

const WARNING = { severity: "warning" } as const;
const STRUCTURAL: ReadonlySet<string> = new Set(["type"]);
const ADDRESS: ReadonlySet<string> = new Set(["/metadata/languages", "/metadata/versions"]);
