import { agentPhrases } from "../agent-phrases.ts";
import { defineRule } from "../rule.ts";

export const safetyNoAgentInstructions = defineRule({
  id: "safety/no-agent-instructions",
  code: "CHUB5106",
  severity: "warning",
  suppressible: false,
  anyFile: true,
  summary: "No text speaks to the agent that reads instead of about the subject.",
  why: "Documents are data; a sentence such as “ignore all previous instructions” has no place in one. The check knows common attempts, it is no promise.",
  help: "Rewrite it as a description; a reviewer should look at the change.",
  check({ text, parsed: { frontmatter } }, report) {
    const bodyStart = frontmatter === null ? 0 : frontmatter.offset + frontmatter.yaml.length;
    for (const { start, end, what } of agentPhrases(text)) {
      // A description is read by every agent that searches, so there it is an error.
      report({
        at: [start, end],
        message: `Unexpected ${what}`,
        ...(start < bodyStart && { severity: "error" }),
      });
    }
  },
});
