import { ANNOTATION_KINDS, annotationTarget, ChubError } from "@chub/registry";
import type { Annotation, AnnotationTarget, ShownAnnotation } from "@chub/registry";
import type { Arguments } from "../arguments/arguments.ts";
import type { Command } from "../command.ts";
import { errorReply } from "../error-reply.ts";
import { languageOf } from "../filters.ts";
import { noteJson, noteLines } from "../get/note-lines.ts";
import { missFailure } from "../miss.ts";
import type { Ports, Reader } from "../ports.ts";
import { done, line, toned } from "../reply.ts";
import type { Reply } from "../reply.ts";
import { withoutUndefined } from "../without-undefined.ts";

export const annotateCommand: Command = {
  usage: "annotate [address] [note] [options]",
  positionals: { name: "address", minimum: 0, maximum: 2 },
  options: [
    {
      name: "kind",
      kind: "text",
      value: "<kind>",
      description: "What the note is",
      choices: ANNOTATION_KINDS,
    },
    {
      name: "project",
      kind: "flag",
      description: "Keep it in the project's .chub folder, to share it",
    },
    { name: "replace", kind: "flag", description: "Instead of the notes there are" },
    { name: "clear", kind: "flag", description: "Remove the notes on the entry" },
    { name: "list", kind: "flag", description: "All notes" },
    {
      name: "export",
      kind: "flag",
      description: "The notes as a patch of the document, for its author",
    },
    {
      name: "lang",
      kind: "text",
      value: "<language>",
      description: "Only for the text in this language",
    },
    {
      name: "version",
      kind: "text",
      value: "<version>",
      description: "Only for the text of this version",
    },
  ],
  examples: [
    {
      command: 'chub annotate stripe/api#verify-a-webhook "Needs the raw body"',
      does: "Note something on a section",
    },
    {
      command: 'chub annotate redis/key-value "Set a TTL" --kind practice --project',
      does: "For everybody who works on this project",
    },
    { command: "chub annotate stripe/api", does: "Show the notes on an entry" },
    { command: "chub annotate stripe/api --clear", does: "Remove them" },
    { command: "chub annotate --list", does: "All notes" },
    {
      command: "chub annotate stripe/api --lang js --export",
      does: "A patch that writes them into the document",
    },
  ],
  async run(args, ports) {
    checkTogether(args);
    const reader = await ports.openReader();
    if (args.flag("list")) return listReply(reader);
    if (args.flag("export")) return exportNotes(args, reader);
    const target = await targetOf(args, reader);
    if ("exitCode" in target) return target;
    if (args.flag("clear")) return clearReply(target, args, reader);
    const text = args.positionals[1];
    if (text === undefined) return showReply(target, reader);
    return saveReply({ target, text }, { args, reader, ports });
  },
};

function checkTogether(args: Arguments): void {
  const [address, note] = args.positionals;
  const hint =
    "Usage: chub annotate <address> <note>, <address> --clear, <address> --export, or --list";
  if (args.flag("list") && address !== undefined) {
    throw new ChubError("USAGE", "--list shows all notes and takes no address", { hint });
  }
  if (!args.flag("list") && (address ?? "").trim() === "") {
    throw new ChubError("USAGE", "`chub annotate` needs an address", { hint });
  }
  const isAlone = note === undefined || !args.flag("clear");
  if (args.flag("export") && (note !== undefined || args.flag("clear")))
    throw new ChubError("USAGE", "--export takes an address alone", { hint });
  if (!isAlone) throw new ChubError("USAGE", "--clear takes no note", { hint });
  if (args.flag("replace") && note === undefined) {
    throw new ChubError("USAGE", "--replace needs a note", { hint });
  }
}

async function exportNotes(args: Arguments, reader: Reader): Promise<Reply> {
  const address = args.positionals[0] ?? "";
  const version = args.text("version");
  const answer = await reader.catalog.get({
    address,
    ...withoutUndefined({ language: languageOf(args), version }),
  });
  if (answer.outcome !== "found") return errorReply(missFailure(answer, address));
  const { exportReply } = await import("../annotate/export-reply.ts");
  return exportReply(answer, reader);
}

/** What the note is bound to. An entry in several languages may be noted as a whole; an unknown one may not. */
async function targetOf(args: Arguments, reader: Reader): Promise<AnnotationTarget | Reply> {
  const address = args.positionals[0] ?? "";
  const version = args.text("version");
  const answer = await reader.catalog.get({
    address,
    ...withoutUndefined({ language: languageOf(args), version }),
  });
  if (answer.outcome === "found") return targetAsAsked(annotationTarget(answer), args);
  if (answer.outcome === "choose-language" && !address.includes("#")) return { id: answer.id };
  return errorReply(missFailure(answer, address));
}

/** Only what was named limits a note: one on an entry is for all of its languages and versions. */
function targetAsAsked(target: AnnotationTarget, args: Arguments): AnnotationTarget {
  if (target.section !== undefined) return target;
  const { language, version, ...entry } = target;
  return {
    ...entry,
    ...withoutUndefined({
      language: args.text("lang") === undefined ? undefined : language,
      version: args.text("version") === undefined ? undefined : version,
    }),
  };
}

interface SaveInputs {
  readonly args: Arguments;
  readonly reader: Reader;
  readonly ports: Ports;
}

function saveReply(
  { target, text }: { readonly target: AnnotationTarget; readonly text: string },
  { args, reader, ports }: SaveInputs,
): Reply {
  const scope = args.flag("project") ? "project" : "personal";
  const kind = ANNOTATION_KINDS.find((known) => known === args.text("kind")) ?? "note";
  const before = args.flag("replace") ? notesIn(reader, target.id, scope) : [];
  // The new note first: whatever goes wrong after it, nothing is lost.
  const saved = reader.annotations.add({ scope, kind, text, target, createdAt: ports.now() });
  for (const { key } of before) reader.annotations.remove(key);
  return done({
    out: [line("Annotation saved for ", toned("bold", target.id), ".")],
    json: noteJson({ ...saved, outdated: false }),
  });
}

function clearReply(target: AnnotationTarget, args: Arguments, reader: Reader): Reply {
  const scope = args.flag("project") ? "project" : "personal";
  const notes = notesIn(reader, target.id, scope);
  for (const { key } of notes) reader.annotations.remove(key);
  const { id } = target;
  const text = notes.length > 0 ? "Annotation cleared for " : "No annotation found for ";
  return done({
    out: [line(text, toned("bold", id), ".")],
    json: { id, cleared: notes.length > 0, removed: notes.length },
  });
}

function showReply({ id }: AnnotationTarget, reader: Reader): Reply {
  const { annotations, problems } = reader.annotations.list(id);
  const notes = annotations.map(shown);
  const newest = notes.at(-1);
  const err = problems.map((problem) => line(toned("yellow", `Warning: ${problem}`)));
  if (newest === undefined) {
    return done({
      out: [line("No annotation for ", toned("bold", id), ".")],
      err,
      json: { id, note: null },
    });
  }
  return done({
    out: noteLines(notes),
    err,
    json: { ...noteJson(newest), annotations: notes.map(noteJson) },
  });
}

function listReply(reader: Reader): Reply {
  const { annotations, problems } = reader.annotations.list();
  const notes = annotations.map(shown);
  return done({
    out: notes.length === 0 ? [line("No annotations.")] : noteLines(notes),
    err: problems.map((problem) => line(toned("yellow", `Warning: ${problem}`))),
    json: notes.map(noteJson),
  });
}

function notesIn(reader: Reader, id: string, scope: Annotation["scope"]): readonly Annotation[] {
  return reader.annotations.list(id).annotations.filter((note) => note.scope === scope);
}

/** Whether the text has changed since is asked only when the text is read. */
function shown(note: Annotation): ShownAnnotation {
  return { ...note, outdated: false };
}
