import { isMap, isSeq, parseDocument, type Document } from "yaml";
import { ChubError } from "../chub-error.ts";
import type { SourceConfig } from "../contract/generated/config.ts";
import { parseConfigFile } from "./config-file.ts";
import { DEFAULT_PACKAGE } from "./configuration.ts";
import { sourceSettings } from "./source-settings.ts";

/** A config.yaml as it is; an empty text when there is none. */
export interface ConfigText {
  /** Absolute path, for messages. */
  readonly path: string;
  readonly text: string;
}

/**
 * The text of a config.yaml with one more source, last in precedence; the rest of it, comments too, stays.
 *
 * A file without sources reads the documents that come with chub; they stay, as its first source.
 * Errors: ChubError CONFIG when the file or the new source is wrong, USAGE when the name is taken.
 */
export async function addSource(file: ConfigText, source: SourceConfig): Promise<string> {
  const document = await parsed(file);
  if (!document.has("sources"))
    document.set("sources", document.createNode([readBefore(document)]));
  const names = namesIn(document);
  if (names.includes(source.name)) {
    throw new ChubError("USAGE", `${file.path} has a source "${source.name}" already`, {
      hint: `Choose another name, or remove that one first: \`chub sources remove ${source.name}\``,
    });
  }
  document.addIn(["sources"], document.createNode(source));
  return checked({ path: file.path, text: document.toString({ lineWidth: 0 }) });
}

/** The text without a source. Errors: ChubError CONFIG, NOT_FOUND with the names there are. */
export async function removeSource(file: ConfigText, name: string): Promise<string> {
  const document = await parsed(file);
  const names = namesIn(document);
  const index = names.indexOf(name);
  if (index < 0) {
    throw new ChubError("NOT_FOUND", `${file.path} has no source "${name}"`, {
      hint: names.length === 0 ? "It configures no sources." : `Its sources: ${names.join(", ")}`,
    });
  }
  document.deleteIn(names.length === 1 ? ["sources"] : ["sources", index]);
  const isEmpty = isMap(document.contents) && document.contents.items.length === 0;
  return isEmpty ? "" : checked({ path: file.path, text: document.toString({ lineWidth: 0 }) });
}

/** What a file without `sources` reads, as a source: Context Hub's single URL, or the documents that come with chub. */
function readBefore(document: Document): SourceConfig {
  const url = document.get("cdn_url");
  return typeof url === "string"
    ? { name: "default", url }
    : { name: "default", npm: DEFAULT_PACKAGE };
}

async function parsed(file: ConfigText): Promise<Document> {
  await checked(file);
  const document: Document = parseDocument(file.text);
  document.contents ??= document.createNode({});
  return document;
}

/** The text, when it is a configuration that can be used. */
async function checked({ path, text }: ConfigText): Promise<string> {
  const config = await parseConfigFile(path, text, NO_CACHE);
  sourceSettings(config, (relative) => relative);
  return text;
}

function namesIn(document: Document): readonly string[] {
  const sources = document.get("sources");
  return isSeq(sources)
    ? sources.items.map((item) => String(isMap(item) ? item.get("name") : ""))
    : [];
}

const NO_CACHE = { readState: () => null, writeState: () => undefined };
