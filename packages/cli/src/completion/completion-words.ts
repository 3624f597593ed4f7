import { languageNames } from "@chub/registry";
import type { Catalog } from "@chub/registry";
import { AGENTS } from "../install/agents.ts";
import { GLOBAL_OPTIONS } from "../command.ts";
import type { Command } from "../command.ts";
import type { CommandEntry } from "../commands.ts";
import { SHELLS } from "./completion-scripts.ts";

export interface CompletionWorld {
  readonly commands: readonly CommandEntry[];
  /** Null when the sources cannot be read: then there are no ids. */
  readonly openCatalog: () => Promise<Catalog | null>;
}

/** Words that may stand in the place of the last of `words`, which follow `chub`. Sorted as they are offered. */
export async function completionWords(
  words: readonly string[],
  { commands, openCatalog }: CompletionWorld,
): Promise<readonly string[]> {
  const typed = words.at(-1) ?? "";
  const [name, ...before] = words.slice(0, -1).filter((word) => word !== "--json");
  if (name === undefined)
    return startingWith(typed, [...commands.map((entry) => entry.name), "help"]);
  if (name === "help")
    return startingWith(
      typed,
      commands.map((entry) => entry.name),
    );
  const entry = commands.find((candidate) => candidate.name === name);
  if (entry === undefined) return [];
  const command = await entry.load();
  const values = optionValues(command, before.at(-1));
  if (values !== null) return startingWith(typed, values);
  if (typed.startsWith("-")) return startingWith(typed, optionNames(command));
  if (ADDRESSED.has(name)) return ids(typed, await openCatalog());
  return startingWith(typed, OPERANDS.get(name) ?? []);
}

/** What may follow an option; null when it takes no value, or any. */
function optionValues(command: Command, previous: string | undefined): readonly string[] | null {
  const option = command.options.find(
    ({ name, short }) => previous === `--${name}` || previous === `-${short}`,
  );
  if (option === undefined || option.kind === "flag") return null;
  if (option.name === "lang") return languageNames();
  return option.choices ?? [];
}

function optionNames(command: Command): readonly string[] {
  return [...command.options, ...GLOBAL_OPTIONS].map(({ name }) => `--${name}`);
}

/** Ids that start with what was typed: of the author once there is a slash, else of the nearest names. */
async function ids(typed: string, catalog: Catalog | null): Promise<readonly string[]> {
  if (catalog === null) return [];
  const [author = "", name] = typed.split("/");
  if (name !== undefined) {
    const { entries } = await catalog.list({ author, limit: MOST_IDS });
    return startingWith(
      typed,
      entries.map(({ address }) => address),
    );
  }
  if (typed === "") return [];
  const { hits } = await catalog.search({ query: typed, limit: MOST_IDS });
  return startingWith(
    typed,
    hits.map(({ address }) => address),
  );
}

function startingWith(typed: string, words: readonly string[]): readonly string[] {
  return words.filter((word) => word.startsWith(typed));
}

const ADDRESSED = new Set(["get", "search", "annotate", "feedback"]);
const OPERANDS = new Map<string, readonly string[]>([
  ["cache", ["status", "clear", "verify"]],
  ["completion", SHELLS],
  ["new", ["doc", "skill"]],
  ["sources", ["list", "add", "remove", "test"]],
  ["install", AGENTS.map(({ name }) => name)],
  ["uninstall", AGENTS.map(({ name }) => name)],
]);
const MOST_IDS = 100;
