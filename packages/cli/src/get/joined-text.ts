import type { FoundText } from "@chub/registry";

/** What parts several texts, and several files of one: Context Hub's form, which programs look for. */
export const TEXT_SEPARATOR = "\n\n---\n\n";

/**
 * The text of an answer: the exact bytes when it is one part.
 *
 * Several files, and every file when all were asked for (`isHeaded`), are headed by their names; sections follow
 * each other after an empty line.
 */
export function joinedText({ parts }: FoundText, isHeaded: boolean): string {
  const files = new Set(parts.map(({ file }) => file));
  const areFiles =
    parts.every(({ section }) => section === undefined) && files.size === parts.length;
  if (areFiles && (isHeaded || parts.length > 1)) {
    return parts.map(({ file, content }) => `# FILE: ${file}\n\n${content}`).join(TEXT_SEPARATOR);
  }
  let text = "";
  for (const { content } of parts) text += `${gap(text)}${content}`;
  return text;
}

function gap(before: string): string {
  if (before === "" || before.endsWith("\n\n")) return "";
  return before.endsWith("\n") ? "\n" : "\n\n";
}
