import { join } from "node:path";
import { ChubError } from "@chub/registry";
import type { FoundText } from "@chub/registry";
import type { FilePort } from "../ports.ts";
import { joinedText, TEXT_SEPARATOR } from "./joined-text.ts";

/** A file to write: the documents' bytes and nothing else. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
  /** Entries whose text is in it. */
  readonly ids: readonly string[];
}

/**
 * The files that `-o` asks for, as Context Hub lays them out.
 *
 * A folder (it exists, or the path ends in a separator) gets `<id>.md` for every text; another path gets all
 * texts in one file. With --full the path is the folder of the files, with one folder an id when there are several.
 * Errors: ChubError USAGE when two texts would be one file.
 */
export function outputFiles(
  found: readonly FoundText[],
  options: { readonly output: string; readonly full: boolean; readonly files: FilePort },
): readonly OutputFile[] {
  const files = options.full
    ? fullFiles(found, options.output)
    : textFiles(found, options.output, options.files);
  const paths = new Set(files.map(({ path }) => path));
  if (paths.size === files.length) return files;
  throw new ChubError("USAGE", "Two of the texts would be written to the same file", {
    hint: "Run `chub get` once for each of them, with its own -o",
  });
}

function fullFiles(found: readonly FoundText[], output: string): OutputFile[] {
  return found.flatMap(({ entry, parts }) => {
    const folder = found.length > 1 ? join(output, entry.record.id) : output;
    return parts.map(({ file, content }) => ({
      path: join(folder, file),
      text: content,
      ids: [entry.record.id],
    }));
  });
}

function textFiles(found: readonly FoundText[], output: string, files: FilePort): OutputFile[] {
  if (/[/\\]$/.test(output) || files.isDirectory(output)) {
    return found.map((one) => {
      const { id } = one.entry.record;
      return { path: join(output, `${id}.md`), text: joinedText(one, false), ids: [id] };
    });
  }
  const ids = found.map(({ entry }) => entry.record.id);
  return [
    { path: output, text: found.map((one) => joinedText(one, false)).join(TEXT_SEPARATOR), ids },
  ];
}
