import { ChubError, isChubError, scanProject } from "@chub/registry";
import type { ProjectVersions } from "@chub/registry";
import type { Arguments } from "../arguments/arguments.ts";
import type { Command } from "../command.ts";
import { AGENTS } from "../install/agents.ts";
import type { AgentSpec } from "../install/agents.ts";
import { planReply, planWorld } from "../install/apply-plan.ts";
import { agentOf, PART_KINDS } from "../install/parts.ts";
import { planInstall } from "../install/plan.ts";
import { ruleText } from "../install/rule-text.ts";
import type { IndexedDependency } from "../install/rule-text.ts";
import { nearest } from "../nearest.ts";
import type { Ports } from "../ports.ts";
import { quoteInput } from "../terminal/neutralise.ts";

const AGENT_NAMES = AGENTS.map(({ name }) => name);

export const installCommand: Command = {
  usage: "install <agent...> [options]",
  positionals: { name: "agent", minimum: 1, maximum: 100 },
  options: [
    {
      name: "only",
      kind: "list",
      value: "<csv>",
      description: "Only these parts",
      choices: PART_KINDS,
    },
    { name: "dry-run", kind: "flag", description: "Show the changes as a diff, and make none" },
  ],
  examples: [
    { command: "chub install claude-code --dry-run", does: "What would be changed" },
    {
      command: "chub install claude-code cursor",
      does: "Skill, rule and MCP entry for two agents",
    },
    {
      command: "chub install codex --only rule",
      does: `Only the rule. Agents: ${AGENT_NAMES.join(", ")}`,
    },
  ],
  async run(args, ports) {
    const agents = args.positionals.map(knownAgent);
    const kinds = PART_KINDS.filter((kind) => args.list("only")?.includes(kind) ?? true);
    const world = planWorld(ports, ruleText(await indexOf(ports)));
    return planReply(planInstall(agents, kinds, world), isDryRun(args), ports);
  },
};

/** An agent by its name. Errors: ChubError USAGE. */
export function knownAgent(name: string): AgentSpec {
  const agent = agentOf(name);
  if (agent !== undefined) return agent;
  const meant = nearest(name, AGENT_NAMES);
  throw new ChubError("USAGE", `Unknown agent ${quoteInput(name)}`, {
    hint: `${meant === null ? "" : `Did you mean ${meant}? `}Known: ${AGENT_NAMES.join(", ")}`,
  });
}

export function isDryRun(args: Arguments): boolean {
  return args.flag("dry-run");
}

/** The project's dependencies that have a document. Without documents an agent can still be set up. */
async function indexOf(ports: Ports): Promise<readonly IndexedDependency[]> {
  const project = await ports.projectVersions();
  if (project.packages.length === 0) return [];
  try {
    const { catalog } = await ports.openReader();
    const { documented } = await scanProject(catalog, project);
    return documented.flatMap(({ key, texts: [text] }) =>
      text === undefined ? [] : [{ name: nameOf(key, project), address: text.address }],
    );
  } catch (cause) {
    if (isChubError(cause) && cause.code === "NO_DATA") return [];
    throw cause;
  }
}

function nameOf(key: string, project: ProjectVersions): string {
  return project.packages.find((one) => one.key === key)?.name ?? key;
}
