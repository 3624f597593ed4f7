import type { FoundText } from "@chub/registry";
import { partCommand } from "../fetch-command.ts";
import { documentText, done, line, toned } from "../reply.ts";
import type { Block, Line, Reply } from "../reply.ts";
import { shellQuote } from "../shell-quote.ts";
import { foundJson } from "./found-json.ts";
import { joinedText, TEXT_SEPARATOR } from "./joined-text.ts";
import { noteLines } from "./note-lines.ts";
import type { NotedText } from "./noted-text.ts";
import { omittedLines } from "./omitted-lines.ts";
import { provenanceLines } from "./provenance-line.ts";

export interface FoundOptions {
  /** Unforeseeable, so that no document can pretend to have ended. */
  readonly boundary: string;
  /** Whether stdout gets nothing but the documents; notes are then on stderr. */
  readonly isBare: boolean;
  /** Whether JSON is an array, as Context Hub answers several ids and several files. */
  readonly isArray: boolean;
  /** Whether every file of an entry was asked for. */
  readonly isFull: boolean;
  /** Whether the entry file was asked for as a whole. */
  readonly isPlain: boolean;
}

/** The texts on stdout, what they are on stderr. */
export function foundReply(texts: readonly NotedText[], options: FoundOptions): Reply {
  const notes = texts.flatMap((text) => noteLines(text.notes));
  const own = options.isBare ? [] : [...notes, ...additionalFiles(texts, options)];
  const json = texts.map(foundJson);
  return done({
    out: [...documents(texts, options.isFull), ...ownPart(own, options.boundary)],
    err: [
      ...texts.flatMap(({ found }) => [
        ...provenanceLines(found, found.tokens),
        ...omittedLines(found),
      ]),
      ...(options.isBare ? notes : []),
      ...(own.length > 0
        ? [line(toned("dim", `The document ends before the line with ${options.boundary}`))]
        : []),
    ],
    json: options.isArray ? json : json[0],
  });
}

function documents(texts: readonly NotedText[], isFull: boolean): Block[] {
  return texts.flatMap(({ found }, index) => [
    ...(index > 0 ? [documentText(TEXT_SEPARATOR)] : []),
    documentText(joinedText(found, isFull)),
  ]);
}

/** Other files of the only text, when the whole of its entry file is shown. */
function additionalFiles(texts: readonly NotedText[], options: FoundOptions): Line[] {
  const [only] = texts;
  if (only === undefined || options.isArray || !options.isPlain || !isWhole(only.found)) return [];
  const [first] = only.found.additionalFiles;
  if (first === undefined) return [];
  const command = partCommand(only.found, only.found.entry.address);
  return [
    line("Additional files available (use --file to fetch):"),
    ...only.found.additionalFiles.map((file) => line(`  ${file}`)),
    line(`Example: ${command} --file ${shellQuote(first)}`),
  ];
}

function isWhole({ parts }: FoundText): boolean {
  return parts.every(({ section }) => section === undefined);
}

/** What chub adds after the documents on stdout. */
function ownPart(lines: readonly Line[], boundary: string): Line[] {
  if (lines.length === 0) return [];
  const mark = line(toned("dim", `[chub ${boundary}: not part of the document]`));
  return [line(), line(), line("---"), mark, ...lines];
}
