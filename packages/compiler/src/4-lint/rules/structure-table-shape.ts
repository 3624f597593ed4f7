import { defineRule } from "../rule.ts";

export const structureTableShape = defineRule({
  id: "structure/table-shape",
  code: "CHUB2008",
  severity: "warning",
  summary: "Every row of a table has as many cells as its header.",
  why: "Cells beyond the header are dropped by most renderers; a missing one shifts the meaning of the row.",
  help: "Add or merge cells; write a `|` inside a cell as `\\|`.",
  check({ tables }, report) {
    for (const { children } of tables) {
      const [header, ...rows] = children;
      const columns = header?.children.length ?? 0;
      for (const row of rows) {
        const cells = row.children.length;
        if (cells !== columns)
          report({
            at: row,
            message: `Unexpected row of ${cells} cells, expected ${columns} as in the header`,
          });
      }
    }
  },
});
