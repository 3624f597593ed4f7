import { anchorsOf } from "../anchors.ts";
import { defineProjectRule } from "../project-rule.ts";

export const linksAnchor = defineProjectRule({
  id: "links/anchor",
  code: "CHUB4109",
  severity: "warning",
  summary: "A link with `#anchor` leads to a heading that exists.",
  why: "Anchors are the addresses of sections; a wrong one fetches nothing.",
  help: "Correct the anchor: it is the heading in lower case with hyphens for spaces.",
  check({ outlines }, report) {
    const known = new Map<string, ReadonlySet<string>>();
    for (const outline of outlines.values()) {
      for (const { url, target, anchor, range } of outline.links) {
        const headings =
          target === null || anchor === "" ? undefined : outlines.get(target)?.headings;
        if (target === null || headings === undefined || LINES.test(anchor)) continue;
        const anchors = known.get(target) ?? anchorsOf(headings);
        known.set(target, anchors);
        if (anchors.has(anchor.toLowerCase())) continue;
        const where = target === outline.path ? "this file" : target;
        report({
          file: outline.path,
          range,
          message: `Unexpected anchor "${url.slice(0, 100)}": no heading of ${where} has it`,
        });
      }
    }
  },
});

/** Line numbers as code hosts use them. */
const LINES = /^L\d+(?:-L?\d+)?$/;
