import type { FoundText } from "@chub/registry";
import type { FilePort } from "../ports.ts";
import { done, line } from "../reply.ts";
import type { Reply } from "../reply.ts";
import { resolvedJson } from "./found-json.ts";
import { omittedLines } from "./found-reply.ts";
import { provenanceLines } from "./provenance-line.ts";
import { outputFiles } from "./write-output.ts";

/** Writes the texts and says where they are. Errors: ChubError LOCAL_IO, USAGE. */
export function writtenReply(
  found: readonly FoundText[],
  options: { readonly output: string; readonly full: boolean; readonly files: FilePort },
): Reply {
  const files = outputFiles(found, options);
  for (const file of files) options.files.write(file.path, file.text);
  return done({
    err: [
      ...found.flatMap((one) => [...provenanceLines(one, one.tokens), ...omittedLines(one)]),
      ...files.map(({ path }) => line(`Written to ${path}`)),
    ],
    json: found.map((one) => ({
      ...resolvedJson(one),
      path: options.output,
      ...(one.omitted.length > 0 ? { omitted: one.omitted } : {}),
      written: files.filter(({ ids }) => ids.includes(one.entry.record.id)).map(({ path }) => path),
    })),
  });
}
