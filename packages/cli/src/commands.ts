import type { Command } from "./command.ts";

/** A command by name; its code is loaded when it runs. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "search",
    summary: "Find documents and skills; without a query, list all",
    load: async () => (await import("./commands/search.ts")).searchCommand,
  },
  {
    name: "get",
    summary: "Print documents, sections or files by address",
    load: async () => (await import("./commands/get.ts")).getCommand,
  },
  {
    name: "list",
    summary: "List entries, filtered",
    load: async () => (await import("./commands/list.ts")).listCommand,
  },
  {
    name: "annotate",
    summary: "Keep notes on documents, shown with them and never in them",
    load: async () => (await import("./commands/annotate.ts")).annotateCommand,
  },
  {
    name: "feedback",
    summary: "Rate documents; kept on this machine unless you say where to send it",
    load: async () => (await import("./commands/feedback.ts")).feedbackCommand,
  },
  {
    name: "update",
    summary: "Ask the remote sources for what is new",
    load: async () => (await import("./commands/update.ts")).updateCommand,
  },
  {
    name: "sources",
    summary: "Where documents come from, and whether each can be read",
    load: async () => (await import("./commands/sources.ts")).sourcesCommand,
  },
  {
    name: "cache",
    summary: "Show, check or clear what is kept of remote sources",
    load: async () => (await import("./commands/cache.ts")).cacheCommand,
  },
  {
    name: "scan",
    summary: "Which dependencies of this project have documents, and for which version",
    load: async () => (await import("./commands/scan.ts")).scanCommand,
  },
  {
    name: "lock",
    summary: "Pin what agents read in this project, and check it",
    load: async () => (await import("./commands/lock.ts")).lockCommand,
  },
  {
    name: "install",
    summary: "Set a coding agent up to use chub in this project",
    load: async () => (await import("./commands/install.ts")).installCommand,
  },
  {
    name: "uninstall",
    summary: "Take back exactly what install did",
    load: async () => (await import("./commands/uninstall.ts")).uninstallCommand,
  },
  {
    name: "doctor",
    summary: "Whether everything is set up, and what mends what is not",
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
  {
    name: "outdated",
    summary: "Which documents are behind the packages they describe",
    load: async () => (await import("./commands/compiler.ts")).outdatedCommand,
  },
  {
    name: "new",
    summary: "Write the frame of a document or a skill",
    load: async () => (await import("./commands/compiler.ts")).newCommand,
  },
  {
    name: "build",
    summary: "Compile a content folder into an artifact",
    load: async () => (await import("./commands/compiler.ts")).buildCommand,
  },
  {
    name: "lint",
    summary: "Check documents and skills",
    load: async () => (await import("./commands/compiler.ts")).lintCommand,
  },
  {
    name: "verify",
    summary: "Check code blocks against the packages they are written for",
    load: async () => (await import("./commands/compiler.ts")).verifyCommand,
  },
  {
    name: "serve",
    summary: "Reserved",
    load: async () => (await import("./commands/serve.ts")).serveCommand,
  },
];
