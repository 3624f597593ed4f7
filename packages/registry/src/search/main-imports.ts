import type { SearchFile } from "./search-types.ts";
import { isStandardModule } from "./standard-modules.ts";

/**
 * The modules that the code of a file is mostly about, most used first, without submodules.
 *
 * Those that stand in at least half as many sections as the most used one: helpers of examples are left out.
 */
export function mainImports(file: SearchFile): string[] {
  const roots = [...new Set(file.imports.map(moduleRoot))].filter((root) => !isStandardModule(root));
  const uses = roots.map((name) => ({
    name,
    sections: file.sections.filter(({ code }) => code.includes(name)).length,
  }));
  uses.sort((a, b) => b.sections - a.sections);
  const most = uses[0]?.sections ?? 0;
  return uses.filter(({ sections }) => sections * 2 >= most).map(({ name }) => name);
}

/** `sklearn.model_selection` gives `sklearn`, `@slack/web-api/dist/x` gives `@slack/web-api`. */
function moduleRoot(name: string): string {
  if (name.startsWith("@")) return name.split("/").slice(0, 2).join("/");
  return name.startsWith("node:") ? name : (name.split(/[/.]/)[0] ?? name);
}
