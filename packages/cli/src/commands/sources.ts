import { join, resolve } from "node:path";
import { ChubError, exitCodeOf } from "@chub/registry/errors";
import type { SourceConfig, SourceStatus } from "@chub/registry";
import type { Arguments } from "../arguments/arguments.ts";
import type { Command } from "../command.ts";
import { nearest } from "../nearest.ts";
import type { Ports } from "../ports.ts";
import { done, line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";
import { quoteInput } from "../terminal/neutralise.ts";
import { withoutUndefined } from "../without-undefined.ts";

export const sourcesCommand: Command = {
  usage: "sources [list|add|remove|test] [name] [place] [options]",
  positionals: { name: "argument", minimum: 0, maximum: 3 },
  options: [
    {
      name: "token-env",
      kind: "text",
      value: "<variable>",
      description: "With add: environment variable that holds a bearer token",
    },
    {
      name: "tier",
      kind: "text",
      value: "<tier>",
      description: "With add: highest trust that its entries can have",
      choices: ["official", "maintainer", "community"],
    },
    {
      name: "project",
      kind: "flag",
      description: "Change .chub/config.yaml of this folder instead of your own",
    },
  ],
  examples: [
    { command: "chub sources", does: "Where documents come from, and whether each can be read" },
    {
      command: "chub sources add acme https://docs.example.com/v1 --token-env ACME_TOKEN",
      does: "Add a private host",
    },
    { command: "chub sources add ours ./docs-dist --project", does: "Add a folder, for a project" },
    { command: "chub sources add acme npm:@acme/docs@^2", does: "Add an npm package" },
    { command: "chub sources test acme", does: "Ask a source now, whatever is in the cache" },
    { command: "chub sources remove acme", does: "Take it out again" },
  ],
  async run(args, ports) {
    const [action = "list", name, place] = args.positionals;
    requireArguments(action, args);
    switch (action) {
      case "list":
        return listReply(ports);
      case "add":
        return addReply(sourceOf(name ?? "", place ?? "", args), args, ports);
      case "remove":
        return removeReply(name ?? "", args, ports);
      default:
        return testReply(name, ports);
    }
  },
};

/** Names and numbers of arguments; what they mean is checked where they are used. */
function requireArguments(action: string, args: Arguments): void {
  const counts = ACTIONS.get(action);
  const given = Math.max(0, args.positionals.length - 1);
  if (counts === undefined) {
    const meant = nearest(action, [...ACTIONS.keys()]);
    throw new ChubError("USAGE", `\`chub sources\` cannot ${quoteInput(action)}`, {
      hint: `${meant === null ? "" : `Did you mean \`chub sources ${meant}\`? `}It takes list, add, remove or test`,
    });
  }
  const { minimum, maximum, usage } = counts;
  if (given < minimum || given > maximum) {
    const problem = given < minimum ? "needs more arguments" : "takes fewer arguments";
    throw new ChubError("USAGE", `\`chub sources ${action}\` ${problem}`, {
      hint: `Usage: chub sources ${usage}`,
    });
  }
  const options = ["token-env", "tier"].filter((option) => args.text(option) !== undefined);
  if (action !== "add" && options.length > 0)
    throw new ChubError("USAGE", `--${options[0]} belongs to \`chub sources add\``, {
      hint: `Usage: chub sources ${usage}`,
    });
}

const ACTIONS = new Map([
  ["list", { minimum: 0, maximum: 0, usage: "list" }],
  ["add", { minimum: 2, maximum: 2, usage: "add <name> <url | folder | npm:package>" }],
  ["remove", { minimum: 1, maximum: 1, usage: "remove <name>" }],
  ["test", { minimum: 0, maximum: 1, usage: "test [name]" }],
]);

/** A place says by its form what it is: a URL, an npm package after `npm:`, else a folder. */
function sourceOf(name: string, place: string, args: Arguments): SourceConfig {
  const kind = /^[a-z][a-z0-9+.-]*:\/\//i.test(place)
    ? { url: place }
    : place.startsWith("npm:")
      ? { npm: place.slice("npm:".length) }
      : { path: place };
  return {
    name,
    ...kind,
    ...withoutUndefined({
      token_env: args.text("token-env"),
      tier: args.text("tier") as SourceConfig["tier"],
    }),
  };
}

async function listReply(ports: Ports): Promise<Reply> {
  const { catalog } = await ports.openReader();
  return statusReply(catalog.sources());
}

async function addReply(source: SourceConfig, args: Arguments, ports: Ports): Promise<Reply> {
  const { addSource } = await import("@chub/registry");
  const file = await configFile(args, ports);
  const path = source.path === undefined ? undefined : resolve(ports.folders.working, source.path);
  if (path !== undefined && !ports.files.isDirectory(path)) {
    throw new ChubError("USAGE", `There is no folder ${quoteInput(source.path ?? "")}`, {
      hint: "Name a built artifact, a content folder, a URL, or an npm package as npm:name",
    });
  }
  const added = { ...source, ...withoutUndefined({ path }) };
  ports.files.write(file.path, await addSource(file, added));
  return done({
    out: [
      line(toned("green", `Added ${source.name}`), ` to ${file.path}`),
      line(toned("dim", `Check it with \`chub sources test ${source.name}\``)),
    ],
    json: { status: "added", name: source.name, file: file.path },
  });
}

async function removeReply(name: string, args: Arguments, ports: Ports): Promise<Reply> {
  const { removeSource } = await import("@chub/registry");
  const file = await configFile(args, ports);
  const text = await removeSource(file, name);
  if (text === "") ports.files.remove(file.path);
  else ports.files.write(file.path, text);
  return done({
    out: [line(toned("green", `Removed ${name}`), ` from ${file.path}`)],
    json: { status: "removed", name, file: file.path },
  });
}

/** Asks every source, or one, now. Local ones were read when they were opened. */
async function testReply(name: string | undefined, ports: Ports): Promise<Reply> {
  const { catalog } = await ports.openReader();
  const wanted = (source: { readonly name: string }) => name === undefined || source.name === name;
  if (!catalog.sources().some(wanted)) {
    throw new ChubError("NOT_FOUND", `There is no source ${quoteInput(name ?? "")}`, {
      hint: `Sources: ${catalog
        .sources()
        .map((source) => source.name)
        .join(", ")}`,
    });
  }
  const updates = await catalog.update({ full: false, force: true });
  const failed = new Map(
    updates.flatMap((update) =>
      update.outcome === "failed" ? [[update.name, update.problem] as const] : [],
    ),
  );
  const tested = catalog
    .sources()
    .filter(wanted)
    .map((source) => {
      const found = failed.get(source.name) ?? source.problem;
      const problem = found && { code: found.code, message: found.message };
      return { ...source, ...withoutUndefined({ problem }) };
    });
  return statusReply(tested);
}

function statusReply(sources: readonly SourceStatus[]): Reply {
  const broken = sources.find(({ problem }) => problem !== undefined)?.problem;
  return {
    exitCode: broken === undefined ? 0 : exitCodeOf(broken.code),
    out: sources.flatMap(sourceLines),
    err: [],
    json: { sources },
  };
}

async function configFile(args: Arguments, { environment, files, folders }: Ports) {
  const { chubDirectory } = await import("@chub/registry");
  const folder = args.flag("project")
    ? join(folders.working, ".chub")
    : chubDirectory({ variables: environment, homeDirectory: folders.home });
  const path = join(folder, "config.yaml");
  return { path, text: files.read(path) ?? "" };
}

function sourceLines(source: SourceStatus): Line[] {
  const { name, kind, location, layout, entries, checkedAt, problem } = source;
  const by = layout === "context-hub" ? ", built by Context Hub" : "";
  const age = checkedAt === undefined ? "" : `, current at ${checkedAt}`;
  return [
    line(toned("bold", name), `  ${kind}  ${location}`),
    problem === undefined
      ? line(`  ${entries} entries${by}${age}`)
      : line("  ", toned("red", `${problem.code}: ${problem.message}`)),
  ];
}
