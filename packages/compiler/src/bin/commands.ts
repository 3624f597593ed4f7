import type { Command } from "./command.ts";

/** A command as `chubc --help` lists it. */
export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command by name, in the order of the help text. Modules are loaded on use. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  build: {
    summary: "Compile a content folder into an artifact",
    load: async () => (await import("./commands/build.ts")).buildCommand,
  },
  lint: {
    summary: "Check content, show what is wrong, and fix what can be fixed",
    load: async () => (await import("./commands/lint.ts")).lintCommand,
  },
  verify: {
    summary: "Check the code of documents against the packages they document",
    load: async () => (await import("./commands/verify.ts")).verifyCommand,
  },
  drift: {
    summary: "Say which code blocks break with newer packages",
    load: async () => (await import("./commands/drift.ts")).driftCommand,
  },
  outdated: {
    summary: "Compare the packages of entries with their registries",
    load: async () => (await import("./commands/outdated.ts")).outdatedCommand,
  },
  new: {
    summary: "Make the entry file of a new document or skill",
    load: async () => (await import("./commands/new.ts")).newCommand,
  },
  stats: {
    summary: "Count entries, languages, tokens, code blocks, ages and findings",
    load: async () => (await import("./commands/stats.ts")).statsCommand,
  },
  explain: {
    summary: "Say what a diagnostic code or rule means",
    load: async () => (await import("./commands/explain.ts")).explainCommand,
  },
  rules: {
    summary: "List every rule",
    load: async () => (await import("./commands/rules.ts")).rulesCommand,
  },
};
