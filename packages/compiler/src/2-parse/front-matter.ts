import { boolCoreTag, FAILSAFE_SCHEMA, load, nullCoreTag } from "js-yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Step } from "../diagnostics/step.ts";
import { rangeIn } from "../diagnostics/text-position.ts";
import { explainYaml } from "./explain-yaml.ts";
import type { YamlLimits, YamlSource } from "./yaml-source.ts";

/**
 * The data of a YAML block; null when it does not parse or breaks a limit.
 *
 * Numbers stay the text that was written (`1.10` is "1.10"): every value of the format is a text, and a
 * version that loses its last zero is another version.
 */
export function readYaml(source: YamlSource): Step<unknown> {
  const { yaml, limits = FRONTMATTER_LIMITS } = source;
  if (limits !== null && yaml.length > limits.maxLength) {
    return refuse(
      source,
      `Unexpected YAML block of ${yaml.length} characters, expected at most ${limits.maxLength}`,
    );
  }
  // Flow collections nest without indentation: thousands of levels fit into the limit and overflow parsers.
  if (limits !== null && FLOW_DEPTH.test(yaml)) {
    return refuse(
      source,
      `Unexpected nesting of more than ${limits.maxDepth} levels in the YAML block`,
    );
  }
  if (UNPLAIN.test(yaml)) {
    const problems = explainYaml(source);
    if (problems.length > 0) return { value: null, diagnostics: problems };
  }
  const value = loadOrUndefined(yaml);
  if (value === undefined) return { value: null, diagnostics: explained(source) };
  const excess = limits === null ? null : excessOf(value, limits);
  return excess === null ? { value, diagnostics: [] } : refuse(source, excess);
}

/** Undefined when the text is not YAML, or nests so deep that the parser gives up. */
function loadOrUndefined(yaml: string): unknown {
  try {
    return load(yaml, { schema: SCHEMA });
  } catch {
    return undefined;
  }
}

function explained(source: YamlSource): readonly Diagnostic[] {
  const problems = explainYaml(source);
  if (problems.length > 0) return problems;
  const { file, text, offset, yaml } = source;
  const range = rangeIn(text, offset, offset + yaml.length);
  return [
    diagnose("frontmatter/yaml", {
      file,
      range,
      message: "Unexpected YAML, expected one mapping of keys to values",
    }),
  ];
}

function refuse(source: YamlSource, message: string): Step<null> {
  const { file, text, offset } = source;
  return {
    value: null,
    diagnostics: [
      diagnose("frontmatter/size", { file, range: rangeIn(text, offset, offset), message }),
    ],
  };
}

function excessOf(root: unknown, { maxDepth, maxKeys }: YamlLimits): string | null {
  let keys = 0;
  const queue: [value: unknown, depth: number][] = [[root, 0]];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [value, depth] = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth >= maxDepth)
      return `Unexpected nesting of more than ${maxDepth} levels in the YAML block`;
    const children = Object.values(value);
    if (!Array.isArray(value)) keys += children.length;
    if (keys > maxKeys)
      return `Unexpected number of keys in the YAML block, expected at most ${maxKeys}`;
    for (const child of children) queue.push([child, depth + 1]);
  }
  return null;
}

const SCHEMA = FAILSAFE_SCHEMA.withTags(nullCoreTag, boolCoreTag);
/** The largest known front matter has 1,357 characters. */
const FRONTMATTER_LIMITS: YamlLimits = { maxLength: 8192, maxKeys: 64, maxDepth: 4 };
const FLOW_DEPTH = /[[{](?:\s*[[{]){8}/;
/** What may be an anchor, alias, merge key, tag or directive: worth the slow look. */
const UNPLAIN = /(?:^|[\s:[{,-])(?:[&*!]\S|<<\s*:)|^%|\t/m;
