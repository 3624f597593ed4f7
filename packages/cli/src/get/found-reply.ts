import type { FoundText } from "@chub/registry";
import { partCommand } from "../fetch-command.ts";
import { documentText, done, line, toned } from "../reply.ts";
import type { Block, Line, Reply } from "../reply.ts";
import { shellQuote } from "../shell-quote.ts";
import { foundJson } from "./found-json.ts";
import { joinedText, TEXT_SEPARATOR } from "./joined-text.ts";
import { provenanceLines } from "./provenance-line.ts";

export interface FoundOptions {
  /** Unforeseeable, so that no document can pretend to have ended. */
  readonly boundary: string;
  /** Whether stdout gets nothing but the documents. */
  readonly isBare: boolean;
  /** Whether JSON is an array, as Context Hub answers several ids and several files. */
  readonly isArray: boolean;
  /** Whether every file of an entry was asked for. */
  readonly isFull: boolean;
  /** Whether the entry file was asked for as a whole. */
  readonly isPlain: boolean;
}

/** The texts on stdout, what they are on stderr. */
export function foundReply(found: readonly FoundText[], options: FoundOptions): Reply {
  const [only] = found;
  const hasParts =
    !options.isBare && !options.isArray && options.isPlain && only !== undefined && isWhole(only);
  const extra = hasParts ? additionalFileLines(only) : [];
  const json = found.map(foundJson);
  return done({
    out: [...documents(found, options.isFull), ...ownPart(extra, options.boundary)],
    err: [
      ...found.flatMap((one) => [...provenanceLines(one, one.tokens), ...omittedLines(one)]),
      ...(extra.length > 0
        ? [line(toned("dim", `The document ends before the line with ${options.boundary}`))]
        : []),
    ],
    json: options.isArray ? json : json[0],
  });
}

/** What `--max-tokens` left out and how to get it; also used when the text goes to a file. */
export function omittedLines(found: FoundText): Line[] {
  const { omitted } = found;
  if (omitted.length === 0) return [];
  const tokens = omitted.reduce((sum, item) => sum + item.bodyTokens, 0);
  const shown = omitted.slice(0, MOST_OMITTED);
  return [
    line(
      toned(
        "yellow",
        `Left out to stay within --max-tokens: ${omitted.length} sections, ${tokens} tokens`,
      ),
    ),
    ...shown.map((item) =>
      line(
        toned(
          "dim",
          `  ${partCommand(found, item.address)}  ${item.heading}, ${item.tokens} tokens`,
        ),
      ),
    ),
    ...(omitted.length > shown.length
      ? [line(toned("dim", `  and ${omitted.length - shown.length} more, see --outline`))]
      : []),
  ];
}

function documents(found: readonly FoundText[], isFull: boolean): Block[] {
  return found.flatMap((one, index) => [
    ...(index > 0 ? [documentText(TEXT_SEPARATOR)] : []),
    documentText(joinedText(one, isFull)),
  ]);
}

function isWhole({ parts }: FoundText): boolean {
  return parts.every(({ section }) => section === undefined);
}

function additionalFileLines(found: FoundText): Line[] {
  const { entry, additionalFiles } = found;
  const [first] = additionalFiles;
  if (first === undefined) return [];
  return [
    line("Additional files available (use --file to fetch):"),
    ...additionalFiles.map((file) => line(`  ${file}`)),
    line(`Example: ${partCommand(found, entry.address)} --file ${shellQuote(first)}`),
  ];
}

/** What chub adds after the only document on stdout. */
function ownPart(lines: readonly Line[], boundary: string): Line[] {
  if (lines.length === 0) return [];
  return [
    line(),
    line(),
    line("---"),
    line(toned("dim", `[chub ${boundary}: not part of the document]`)),
    ...lines,
  ];
}

const MOST_OMITTED = 10;
