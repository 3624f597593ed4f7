import type { OutlineItem, ResolvedText, TextPart } from "@chub/registry";
import { notesJson } from "./note-lines.ts";
import type { NotedText } from "./noted-text.ts";

/** A text under --json: `content` when the answer is one part, otherwise `parts`. */
export function foundJson({ found, notes }: NotedText) {
  const { variant, parts, omitted, additionalFiles } = found;
  const [only] = parts;
  const isOne = parts.length === 1 && only !== undefined;
  const { content, ...place } = isOne ? partJson(only) : {};
  return {
    ...resolvedJson(found),
    ...(isOne
      ? { content, path: `${variant.path}/${only.file}`, ...place }
      : { path: variant.path, parts: parts.map(partJson) }),
    ...(found.tokens === undefined ? {} : { tokens: found.tokens }),
    ...(omitted.length > 0 ? { omitted } : {}),
    ...(additionalFiles.length > 0 ? { additionalFiles } : {}),
    ...notesJson(notes),
  };
}

/** A text that is named but not read: its outline. */
export function outlineJson(text: Omit<ResolvedText, "outcome">, items: readonly OutlineItem[]) {
  return { ...resolvedJson(text), path: text.variant.path, outline: items };
}

/** Which text it is, and why this one. */
export function resolvedJson({ entry, variant, match, followed }: Omit<ResolvedText, "outcome">) {
  const { record } = entry;
  return {
    id: record.id,
    type: record.type,
    address: entry.address,
    origin: entry.source,
    tier: record.tier,
    language: variant.language,
    version: variant.version,
    match,
    ...(variant.lastUpdated === undefined ? {} : { lastUpdated: variant.lastUpdated }),
    ...(variant.revision === undefined ? {} : { revision: variant.revision }),
    ...(record.status === "deprecated" ? { status: record.status } : {}),
    ...(record.replacedBy === undefined ? {} : { replacedBy: record.replacedBy }),
    ...(followed === undefined ? {} : { followed }),
    ...(variant.verified === undefined ? {} : { verified: variant.verified }),
  };
}

function partJson({ content, file, section, sha256, startLine, endLine, cut, tokens }: TextPart) {
  return {
    content,
    file,
    ...(section === undefined ? {} : { section }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(tokens === undefined ? {} : { tokens }),
    startLine,
    endLine,
    ...(cut ? { cut } : {}),
  };
}
