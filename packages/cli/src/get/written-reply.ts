import type { FilePort } from "../ports.ts";
import { done, line } from "../reply.ts";
import type { Reply } from "../reply.ts";
import { resolvedJson } from "./found-json.ts";
import { noteLines, notesJson } from "./note-lines.ts";
import type { NotedText } from "./noted-text.ts";
import { omittedLines } from "./omitted-lines.ts";
import { provenanceLines } from "./provenance-line.ts";
import { outputFiles } from "./write-output.ts";

/** Writes the texts and says where they are; notes stay out of the files. Errors: ChubError LOCAL_IO, POLICY, USAGE. */
export function writtenReply(
  texts: readonly NotedText[],
  options: { readonly output: string; readonly full: boolean; readonly files: FilePort },
): Reply {
  const files = outputFiles(
    texts.map(({ found }) => found),
    options,
  );
  for (const file of files) options.files.write(file.path, file.text, options.output);
  return done({
    err: [
      ...texts.flatMap(({ found, notes }) => [
        ...provenanceLines(found, found.tokens),
        ...omittedLines(found),
        ...noteLines(notes),
      ]),
      ...files.map(({ path }) => line(`Written to ${path}`)),
    ],
    json: texts.map(({ found, notes }) => ({
      ...resolvedJson(found),
      path: options.output,
      ...(found.omitted.length > 0 ? { omitted: found.omitted } : {}),
      ...notesJson(notes),
      written: files
        .filter(({ ids }) => ids.includes(found.entry.record.id))
        .map(({ path }) => path),
    })),
  });
}
