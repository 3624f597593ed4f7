import type { Command } from "../command.ts";
import { AGENTS } from "../install/agents.ts";
import { planReply, planWorld } from "../install/apply-plan.ts";
import { planUninstall } from "../install/plan.ts";
import { ruleText } from "../install/rule-text.ts";
import { done, line } from "../reply.ts";
import { isDryRun, knownAgent } from "./install.ts";

export const uninstallCommand: Command = {
  usage: "uninstall [agent...] [options]",
  positionals: { name: "agent", minimum: 0, maximum: 100 },
  options: [
    { name: "dry-run", kind: "flag", description: "Show the changes as a diff, and make none" },
  ],
  examples: [
    { command: "chub uninstall", does: "Take back everything install did in this project" },
    { command: "chub uninstall cursor --dry-run", does: "What would be taken back for one agent" },
  ],
  async run(args, ports) {
    const names = args.positionals.map((name) => knownAgent(name).name);
    const wanted = names.length === 0 ? AGENTS.map(({ name }) => name) : names;
    const plan = planUninstall(wanted, planWorld(ports, ruleText([])));
    if (plan.changes.length > 0) return planReply(plan, isDryRun(args), ports);
    return done({
      out: [line("Nothing is installed in this project.")],
      json: { dryRun: isDryRun(args), changes: [] },
    });
  },
};
