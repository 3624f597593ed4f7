import { ChubError, checkLock, LOCK_FILE, lockText, withText } from "@chub/registry";
import type { Lock, LockedText, LockFinding } from "@chub/registry";
import type { Arguments } from "../arguments/arguments.ts";
import type { Command } from "../command.ts";
import { errorsReply } from "../error-reply.ts";
import type { Failure } from "../error-reply.ts";
import { languageOf } from "../filters.ts";
import { missFailure } from "../miss.ts";
import type { Reader } from "../ports.ts";
import { done, line, toned } from "../reply.ts";
import type { Line, Reply } from "../reply.ts";
import { withoutUndefined } from "../without-undefined.ts";

export const lockCommand: Command = {
  usage: "lock [address...] [options]",
  positionals: { name: "address", minimum: 0, maximum: 100 },
  options: [
    {
      name: "lang",
      kind: "text",
      value: "<language>",
      description: "Language of the texts to lock",
    },
    { name: "version", kind: "text", value: "<version>", description: "Version or range to lock" },
    { name: "check", kind: "flag", description: "Fail when a locked text has changed or is gone" },
  ],
  examples: [
    { command: "chub lock stripe/api --lang js", does: `Pin what agents read, in ${LOCK_FILE}` },
    { command: "chub lock", does: "What is locked, brought up to date" },
    { command: "chub lock --check", does: "In CI: nothing has changed" },
    { command: "chub get stripe/api --lang js --frozen", does: "Read only what is locked" },
  ],
  async run(args, ports) {
    const reader = await ports.openReader();
    const lock = reader.lock.read();
    if (args.flag("check")) return checkReply(lock, args, reader);
    if (args.positionals.length > 0) return addReply(lock ?? EMPTY, args, reader);
    return refreshReply(lock, reader);
  },
};

async function addReply(lock: Lock, args: Arguments, reader: Reader): Promise<Reply> {
  const version = args.text("version");
  const variant = withoutUndefined({ language: languageOf(args), version });
  const added: LockedText[] = [];
  const missed: Failure[] = [];
  for (const address of args.positionals) {
    const found = await reader.catalog.resolve({ address, ...variant });
    if (found.outcome === "found") added.push(await lockText(reader.catalog, found));
    else missed.push(missFailure(found, address));
  }
  const [first, ...others] = missed;
  if (first !== undefined) return errorsReply([first, ...others]);
  const next = added.reduce(withText, lock);
  reader.lock.write(next);
  return done({
    out: added.map((text) => line(toned("green", "locked  "), textWords(text))),
    json: { texts: next.texts, locked: added },
  });
}

/** Locks again what is locked: the bytes the sources have now. */
async function refreshReply(lock: Lock | null, reader: Reader): Promise<Reply> {
  const known = requireLock(lock);
  const findings = await checkLock(reader.catalog, known);
  const changed = findings.filter(({ outcome }) => outcome === "changed").map(({ text }) => text);
  const locked: LockedText[] = [];
  for (const { id, source, language, version } of changed) {
    const found = await reader.catalog.resolve({
      address: `${source}:${id}`,
      ...withoutUndefined({ language: language ?? undefined, version: version ?? undefined }),
    });
    if (found.outcome === "found") locked.push(await lockText(reader.catalog, found));
  }
  const next = locked.reduce(withText, known);
  if (locked.length > 0) reader.lock.write(next);
  return done({
    out: findings.map((finding) => findingLine(finding, "locked again")),
    json: { texts: next.texts, locked },
  });
}

async function checkReply(lock: Lock | null, args: Arguments, reader: Reader): Promise<Reply> {
  if (args.positionals.length > 0) {
    throw new ChubError("USAGE", "--check checks all that is locked and takes no address", {
      hint: "Run `chub lock --check`",
    });
  }
  const findings = await checkLock(reader.catalog, requireLock(lock));
  const isSame = findings.every(({ outcome }) => outcome === "same");
  return {
    ...done({
      out: findings.map((finding) => findingLine(finding, "changed")),
      json: {
        status: isSame ? "ok" : "changed",
        texts: findings.map(({ text, outcome }) => ({ ...text, outcome })),
      },
    }),
    exitCode: isSame ? 0 : INTEGRITY,
  };
}

/** Errors: ChubError NOT_FOUND without a lock. */
function requireLock(lock: Lock | null): Lock {
  if (lock !== null) return lock;
  throw new ChubError("NOT_FOUND", `There is no ${LOCK_FILE} in this folder`, {
    hint: "Make one with `chub lock <address>`",
  });
}

function findingLine({ text, outcome }: LockFinding, changed: string): Line {
  if (outcome === "same") return line(toned("dim", `same          ${textWords(text)}`));
  const word = outcome === "changed" ? changed : "missing";
  return line(toned("yellow", word.padEnd(14)), textWords(text));
}

function textWords({ id, source, language, version, digest }: LockedText): string {
  const facts = [
    version ?? [],
    language ?? [],
    `source ${source}`,
    `sha256 ${digest.slice(0, 12)}`,
  ];
  return `${id}  ${facts.flat().join(", ")}`;
}

const EMPTY: Lock = { texts: [] };
/** Exit code of an integrity refusal. */
const INTEGRITY = 5;
