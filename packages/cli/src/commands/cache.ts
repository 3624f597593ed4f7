import { ChubError } from "@chub/registry/errors";
import type { SourceStatus } from "@chub/registry";
import type { Command } from "../command.ts";
import { nearest } from "../nearest.ts";
import type { Reader } from "../ports.ts";
import { done, line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";
import { quoteInput } from "../terminal/neutralise.ts";

export const cacheCommand: Command = {
  usage: "cache <status|clear|verify>",
  positionals: { name: "action", minimum: 1, maximum: 1 },
  options: [
    { name: "force", kind: "flag", description: "Accepted for Context Hub; nothing is asked" },
  ],
  examples: [
    { command: "chub cache status", does: "What is kept, and how old it is" },
    { command: "chub cache verify", does: "Check every file, and drop the damaged ones" },
    {
      command: "chub cache clear",
      does: "Drop what can be fetched again; notes and settings stay",
    },
  ],
  async run(args, ports) {
    const action = actionOf(args.positionals[0] ?? "");
    return action(await ports.openReader());
  },
};

const ACTIONS: Readonly<Record<string, (reader: Reader) => Reply>> = {
  status: statusReply,
  clear: clearReply,
  verify: verifyReply,
};

function actionOf(name: string): (reader: Reader) => Reply {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action !== undefined) return action;
  const meant = nearest(name, Object.keys(ACTIONS));
  throw new ChubError("USAGE", `Unknown action ${quoteInput(name)} for \`chub cache\``, {
    hint: `${meant === null ? "" : `Did you mean ${meant}? `}Usage: chub ${cacheCommand.usage}`,
  });
}

function statusReply({ cache, catalog }: Reader): Reply {
  const { folder, objects, bytes } = cache.status();
  const remote = catalog.sources().filter(({ kind }) => kind === "url" || kind === "npm");
  return done({
    out: [
      line(toned("bold", folder)),
      line(`  ${objects} files, ${(bytes / 1024).toFixed(1)} KB`),
      ...remote.map(sourceLine),
    ],
    json: { exists: objects > 0, folder, objects, bytes, sources: remote },
  });
}

function sourceLine({ name, checkedAt, problem }: SourceStatus): Line {
  const state = problem === undefined ? "" : `, ${problem.message}`;
  return line(`  ${name}: last known to be current ${checkedAt ?? "never"}${state}`);
}

function clearReply({ cache }: Reader): Reply {
  cache.clear();
  return done({ out: [line(toned("green", "Cache cleared."))], json: { status: "cleared" } });
}

function verifyReply({ cache }: Reader): Reply {
  const damaged = cache.verify();
  const { objects } = cache.status();
  const text =
    damaged.length === 0
      ? line(toned("green", `${objects} files are what they were.`))
      : line(
          toned(
            "yellow",
            `${damaged.length} damaged files were dropped; they are fetched again when needed.`,
          ),
        );
  return done({
    out: [text],
    json: { status: damaged.length === 0 ? "ok" : "repaired", objects, damaged },
  });
}
