import { ChubError } from "@chub/registry/errors";
import type { Catalog, FoundText, GetRequest, Miss, ResolveRequest } from "@chub/registry";
import type { Arguments } from "../arguments/arguments.ts";
import type { Command } from "../command.ts";
import { errorsReply } from "../error-reply.ts";
import type { Failure } from "../error-reply.ts";
import { languageOf } from "../filters.ts";
import { checkTogether } from "../get/check-together.ts";
import { foundReply } from "../get/found-reply.ts";
import type { NotedText } from "../get/noted-text.ts";
import { outlineReply } from "../get/outline-reply.ts";
import type { FoundOutline } from "../get/outline-reply.ts";
import { writtenReply } from "../get/written-reply.ts";
import { missFailure } from "../miss.ts";
import type { Ports, Reader } from "../ports.ts";
import type { Reply } from "../reply.ts";
import { withoutUndefined } from "../without-undefined.ts";

export const getCommand: Command = {
  usage: "get <address...> [options]",
  positionals: { name: "address", minimum: 1, maximum: 100 },
  options: [
    {
      name: "lang",
      kind: "text",
      value: "<language>",
      description: "Language, by name or alias; chosen when there is only one",
    },
    {
      name: "version",
      kind: "text",
      value: "<version>",
      description: "Version or range: 19, 19.1.0, ^19",
    },
    {
      name: "section",
      kind: "texts",
      value: "<section>",
      description: "Only this section, by slug, heading or heading path; may be repeated",
    },
    {
      name: "symbol",
      kind: "text",
      value: "<name>",
      description: "Only the sections whose code uses this identifier",
    },
    {
      name: "outline",
      kind: "flag",
      description: "The sections with their addresses and tokens, instead of the text",
    },
    {
      name: "max-tokens",
      kind: "integer",
      value: "<n>",
      description: "Whole sections up to this many o200k_base tokens, shared by several addresses",
      minimum: 1,
    },
    {
      name: "query",
      kind: "text",
      value: "<words>",
      description: "What --max-tokens keeps first; without it, the order of the document",
    },
    {
      name: "file",
      kind: "list",
      value: "<csv>",
      description: "These files of the entry instead of its main file",
    },
    { name: "full", kind: "flag", description: "All files of the entry" },
    {
      name: "match-project",
      kind: "flag",
      description: "The version that this project's lockfile or manifest names, or the nearest",
    },
    { name: "frozen", kind: "flag", description: "Read only what chub.lock names, byte for byte" },
    { name: "no-annotations", kind: "flag", description: "Leave out local notes" },
    {
      name: "output",
      short: "o",
      kind: "text",
      value: "<path>",
      description: "Write to a file or folder; - is stdout, with nothing but the documents",
    },
  ],
  examples: [
    { command: "chub get stripe/api --lang js", does: "A document" },
    { command: "chub get stripe/api#webhooks --lang js", does: "Exactly one section" },
    {
      command: "chub get stripe/api@19 --lang js --max-tokens 2000",
      does: "What fits, and what was left out",
    },
    {
      command: "chub get openai/chat stripe/api --lang py -o docs/",
      does: "Two documents as files",
    },
    {
      command: "chub get stripe/api --lang js --match-project",
      does: "For the version this project depends on",
    },
    {
      command: "chub get acme/api --file references/errors.md",
      does: "A file that belongs to an entry",
    },
  ],
  async run(args, ports) {
    checkTogether(args);
    const project = args.flag("match-project")
      ? (await ports.projectVersions()).versions
      : undefined;
    const wanted = { args, ...withoutUndefined({ project }) };
    const reader = frozenWhenAsked(await ports.openReader(), args);
    return args.flag("outline") ? outlines(wanted, reader, ports) : texts(wanted, reader, ports);
  },
};

/** What is read, and the notes on it. */
interface OpenTexts {
  readonly catalog: Catalog;
  readonly notesOn: Reader["notesOn"];
}

/** With --frozen only what chub.lock names is read. Errors: ChubError NOT_FOUND without a lock. */
function frozenWhenAsked(reader: Reader, args: Arguments): OpenTexts {
  if (!args.flag("frozen")) return reader;
  const lock = reader.lock.read();
  if (lock !== null) return { ...reader, catalog: reader.lock.freeze(reader.catalog, lock) };
  throw new ChubError("NOT_FOUND", "There is no chub.lock in this folder", {
    hint: "Make one with `chub lock <address>`, or leave --frozen out",
  });
}

/** What was asked for, and the versions of the project when they count. */
interface Wanted {
  readonly args: Arguments;
  readonly project?: ReadonlyMap<string, string>;
}

async function outlines(wanted: Wanted, { catalog }: OpenTexts, ports: Ports): Promise<Reply> {
  const { positionals } = wanted.args;
  const files = withoutUndefined({ files: wanted.args.list("file") });
  const answers = await answersTo(
    positionals.map((address) => ({ address, ...variantOf(wanted), ...files })),
    (request) => catalog.outline(request),
    chooserOf(wanted, ports),
  );
  const found = answers.filter((answer): answer is FoundOutline => answer.outcome === "found");
  return missReply(answers, positionals) ?? outlineReply(found);
}

async function texts(wanted: Wanted, reader: OpenTexts, ports: Ports): Promise<Reply> {
  const { args } = wanted;
  const answers = await answersTo(
    args.positionals.map((address) => requestOf(address, wanted)),
    (request) => reader.catalog.get(request),
    chooserOf(wanted, ports),
  );
  const missed = missReply(answers, args.positionals);
  if (missed !== null) return missed;
  const found = answers.filter((answer): answer is FoundText => answer.outcome === "found");
  const noted = await Promise.all(found.map((text) => withNotes(text, args, reader)));
  const output = args.text("output");
  if (output !== undefined && output !== "-") {
    return writtenReply(noted, { output, full: args.flag("full"), files: ports.files });
  }
  return foundReply(noted, {
    boundary: await ports.boundary(),
    isBare: output === "-" || args.integer("max-tokens") !== undefined,
    isArray: found.length > 1 || args.flag("full") || (args.list("file")?.length ?? 0) > 1,
    isFull: args.flag("full"),
    isPlain: isPlain(args),
  });
}

/** Where the user may have to be asked, one question after the other. */
async function answersTo<
  Request extends ResolveRequest,
  Answer extends Miss | { outcome: "found" },
>(
  requests: readonly Request[],
  question: (request: Request) => Promise<Answer>,
  choose: Ports["choose"],
): Promise<readonly Answer[]> {
  if (choose === null) return Promise.all(requests.map(question));
  const { askAgain } = await import("../get/ask-again.ts");
  const answers: Answer[] = [];
  for (const request of requests) answers.push(await askAgain(request, question, choose));
  return answers;
}

/** A program that reads JSON answers no questions. */
function chooserOf({ args }: Wanted, { choose }: Ports): Ports["choose"] {
  return args.flag("json") ? null : choose;
}

async function withNotes(found: FoundText, args: Arguments, reader: OpenTexts): Promise<NotedText> {
  return { found, notes: args.flag("no-annotations") ? [] : await reader.notesOn(found) };
}

function requestOf(address: string, wanted: Wanted): GetRequest {
  const { args } = wanted;
  const maxTokens = args.integer("max-tokens");
  const share =
    maxTokens === undefined ? undefined : Math.floor(maxTokens / args.positionals.length);
  return {
    address,
    ...variantOf(wanted),
    ...withoutUndefined({
      sections: args.list("section"),
      symbol: args.text("symbol"),
      files: args.list("file"),
      full: args.flag("full") ? true : undefined,
      maxTokens: share,
      query: args.text("query"),
    }),
  };
}

function variantOf({ args, project }: Wanted): Omit<ResolveRequest, "address"> {
  const version = args.text("version");
  return withoutUndefined({ language: languageOf(args), version, project });
}

/** Whether the whole entry file was asked for, so that its other files are worth a word. */
function isPlain(args: Arguments): boolean {
  const narrowing = ["section", "file"].some((name) => args.list(name) !== undefined);
  return (
    !narrowing && args.text("symbol") === undefined && args.integer("max-tokens") === undefined
  );
}

function missReply(
  answers: readonly (Miss | { readonly outcome: "found" })[],
  addresses: readonly string[],
): Reply | null {
  const [first, ...others] = answers.flatMap((answer, index): Failure[] =>
    answer.outcome === "found" ? [] : [missFailure(answer, addresses[index] ?? "")],
  );
  return first === undefined ? null : errorsReply([first, ...others]);
}
