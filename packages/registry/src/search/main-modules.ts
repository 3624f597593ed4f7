import type { SearchFile } from "./search-types.ts";
import { isInstaller, isStandardModule } from "./standard-modules.ts";

/**
 * The modules that the code of a file is mostly about, most used first, without submodules.
 *
 * Those that stand in at least half as many sections as the most used one: helpers of examples are left out.
 */
export function mainImports(file: SearchFile): string[] {
  const roots = [...new Set(file.imports.map(moduleRoot))].filter(
    (root) => !isStandardModule(root),
  );
  const uses = roots.map((name) => ({
    name,
    sections: file.sections.filter(({ code }) => code.includes(name)).length,
  }));
  uses.sort((a, b) => b.sections - a.sections);
  const most = uses[0]?.sections ?? 0;
  return uses.filter(({ sections }) => sections * 2 >= most).map(({ name }) => name);
}

/** The package that the first install command of a file names. */
export function mainInstall(file: SearchFile): string | null {
  const names = file.installs.filter((name) => !isInstaller(name));
  for (const { code, text } of file.sections) {
    const found = names.map((name) => ({ name, at: `${code}\n${text}`.indexOf(name) }));
    const first = found.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0];
    if (first !== undefined) return first.name;
  }
  return null;
}

/** `sklearn.model_selection` gives `sklearn`, `@slack/web-api/dist/x` gives `@slack/web-api`. */
function moduleRoot(name: string): string {
  if (name.startsWith("node:")) return name;
  if (name.startsWith("@")) return name.split("/").slice(0, 2).join("/");
  return name.split(/[/.]/)[0] ?? name;
}
