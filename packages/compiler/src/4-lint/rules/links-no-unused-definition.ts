import type { ImageReference, LinkReference } from "mdast";
import { nodesByType } from "../nodes-by-type.ts";
import { defineRule } from "../rule.ts";

export const linksNoUnusedDefinition = defineRule({
  id: "links/no-unused-definition",
  code: "CHUB4106",
  severity: "error",
  suppressible: false,
  summary: "Every link definition is used.",
  why: "An unused definition is invisible in every rendered form, so that it can carry text which only a model reads.",
  help: "Remove it, or refer to it.",
  check({ definitions, parsed }, report) {
    if (definitions.length === 0) return;
    const nodes = nodesByType(parsed.tree);
    const references = ["linkReference", "imageReference"].flatMap((type) => nodes.get(type) ?? []);
    const used = new Set(
      (references as unknown as readonly (LinkReference | ImageReference)[]).map(
        ({ identifier }) => identifier,
      ),
    );
    for (const definition of definitions) {
      if (used.has(definition.identifier)) continue;
      report({
        at: definition,
        message: `Unexpected link definition "${definition.identifier.slice(0, 60)}" that nothing refers to`,
      });
    }
  },
});
