import type { SourceFile } from "../1-discover/source-file.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Step } from "../diagnostics/step.ts";
import { FILE_START, rangeIn } from "../diagnostics/text-position.ts";

/**
 * The text of a file. A byte order mark stays in the text, so that offsets are those of the file.
 *
 * Invalid UTF-8 becomes U+FFFD and a diagnostic: the rest of the file is still checked.
 */
export function decode(file: SourceFile): Step<string> {
  const text = strictOrNull(file.bytes);
  if (text === null) {
    const lossy = LOSSY.decode(file.bytes);
    return { value: lossy, diagnostics: [invalid(file, lossy)] };
  }
  if (!text.startsWith(BYTE_ORDER_MARK)) return { value: text, diagnostics: [] };
  return { value: text, diagnostics: [marked(file, text)] };
}

function strictOrNull(bytes: Uint8Array): string | null {
  try {
    return STRICT.decode(bytes);
  } catch {
    // TypeError: the only one the decoder has, for bytes that are not UTF-8.
    return null;
  }
}

function invalid(file: SourceFile, lossy: string): Diagnostic {
  const at = Math.max(0, lossy.indexOf("\uFFFD"));
  return diagnose("safety/utf-8", {
    file: file.path,
    range: lossy.length === 0 ? FILE_START : rangeIn(lossy, at, at + 1),
    message: "Unexpected bytes that are not UTF-8",
  });
}

function marked(file: SourceFile, text: string): Diagnostic {
  return diagnose("safety/no-bom", {
    file: file.path,
    range: rangeIn(text, 0, 1),
    message: "Unexpected byte order mark at the start of the file",
    fixes: [
      {
        title: "Remove the byte order mark",
        kind: "safe",
        edits: [{ start: 0, end: 1, text: "" }],
      },
    ],
  });
}

export const BYTE_ORDER_MARK = "\uFEFF";
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LOSSY = new TextDecoder("utf-8", { ignoreBOM: true });
