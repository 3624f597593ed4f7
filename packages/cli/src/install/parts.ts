import { AGENTS } from "./agents.ts";
import type { AgentSpec } from "./agents.ts";
import { withEntry, withoutEntry } from "./json-entry.ts";
import { MARKDOWN_MARKS, TOML_MARKS, withBlock, withoutBlock } from "./managed-block.ts";

/** One file that an agent needs, and how to put our part in and out. */
export interface Part {
  readonly kind: PartKind;
  /** As in `AgentSpec`. */
  readonly path: string;
  /** The text with our part; null when the user has something else in its place. */
  add(text: string): string | null;
  /** The text without it, when it has been edited since; null when it is to be left alone. */
  remove(text: string): string | null;
}

export const PART_KINDS = ["skill", "rule", "mcp"] as const;
export type PartKind = (typeof PART_KINDS)[number];

export interface PartTexts {
  /** SKILL.md of the skill that comes with chub. */
  readonly skill: string;
  /** What agents are told about chub. */
  readonly rule: string;
}

/** The files of an agent, in the order skill, rule, MCP entry. */
export function partsOf(agent: AgentSpec, texts: PartTexts): readonly Part[] {
  return [
    ownFile("skill", `${agent.skills}/get-api-docs/SKILL.md`, texts.skill),
    rulePart(agent, texts.rule),
    mcpPart(agent),
  ];
}

/** The agent of a name. */
export function agentOf(name: string): AgentSpec | undefined {
  return AGENTS.find((agent) => agent.name === name);
}

function ownFile(kind: PartKind, path: string, content: string): Part {
  return {
    kind,
    path,
    add: (text) => (text === "" || text === content ? content : null),
    remove: (text) => (text === content ? "" : null),
  };
}

function rulePart({ rule }: AgentSpec, content: string): Part {
  if (rule.form === "file") return ownFile("rule", rule.path, `${rule.frontMatter}${content}`);
  return {
    kind: "rule",
    path: rule.path,
    add: (text) => withBlock(text, content, MARKDOWN_MARKS),
    remove: (text) => withoutBlock(text, MARKDOWN_MARKS),
  };
}

function mcpPart({ mcp }: AgentSpec): Part {
  if (mcp.form === "json") {
    return {
      kind: "mcp",
      path: mcp.path,
      add: (text) => withEntry(text, mcp, mcp.entry),
      remove: (text) => withoutEntry(text, mcp),
    };
  }
  return {
    kind: "mcp",
    path: mcp.path,
    add: (text) => (hasOwnTable(text) ? null : withBlock(text, mcp.text, TOML_MARKS)),
    remove: (text) => withoutBlock(text, TOML_MARKS),
  };
}

/** Whether the user has set up the server without us. */
function hasOwnTable(text: string): boolean {
  return /^\s*\[\s*mcp_servers\s*\.\s*"?chub"?\s*\]/m.test(withoutBlock(text, TOML_MARKS));
}
