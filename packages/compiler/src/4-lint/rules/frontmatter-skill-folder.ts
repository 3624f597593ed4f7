import { frontmatterPlace } from "../front-matter-place.ts";
import { defineRule } from "../rule.ts";

export const frontmatterSkillFolder = defineRule({
  id: "frontmatter/skill-folder",
  code: "CHUB1112",
  severity: "warning",
  kinds: ["skill"],
  summary: "The name of a skill is the name of its folder.",
  why: "The Agent Skills specification asks for it: agents install a skill by its folder.",
  help: "Rename the folder or the skill.",
  check({ facts, parsed }, report) {
    if (facts === null) return;
    const folder = facts.folder.slice(facts.folder.lastIndexOf("/") + 1);
    if (folder === facts.name || folder === "skills") return;
    report({
      at: frontmatterPlace(parsed, "name"),
      message: `Unexpected name \`${facts.name}\`, expected the name of the folder, \`${folder}\``,
    });
  },
});
