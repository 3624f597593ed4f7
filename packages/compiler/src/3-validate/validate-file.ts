import { canonicalLanguage, TIERS, type Tier } from "@chub/registry";
import type { FrontmatterBlock, ParsedFile } from "../2-parse/parsed-file.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Step } from "../diagnostics/step.ts";
import { FILE_START, rangeIn } from "../diagnostics/text-position.ts";
import { classifyFrontmatter } from "./classify-front-matter.ts";
import { commaList } from "./comma-list.ts";
import type { EntryFacts } from "./entry-facts.ts";
import {
  docFrontmatterFields,
  docFrontmatterValidator,
} from "./generated/doc-frontmatter-validator.ts";
import {
  skillFrontmatterFields,
  skillFrontmatterValidator,
} from "./generated/skill-frontmatter-validator.ts";
import { schemaDiagnostics } from "./schema-diagnostics.ts";

/**
 * What the front matter of a DOC.md or SKILL.md says; null for other files and when the entry has no address.
 *
 * An entry has an address when it stands in an author's folder and has a name and, as a document, languages and
 * versions. Everything else that is wrong is a diagnostic, and the value is left out.
 */
export function validateFile(parsed: ParsedFile): Step<EntryFacts | null> {
  if (parsed.kind === "reference") return { value: null, diagnostics: [] };
  const { frontmatter } = parsed;
  if (frontmatter === null) return { value: null, diagnostics: [withoutFrontmatter(parsed)] };
  // The YAML has been explained by the parser.
  if (frontmatter.data === null && frontmatter.yaml.trim() !== "")
    return { value: null, diagnostics: [] };
  if (!isMapping(frontmatter.data))
    return { value: null, diagnostics: [notAMapping(parsed, frontmatter)] };
  const diagnostics = [...checkSchema(parsed, frontmatter), ...checkPlace(parsed)];
  return { value: factsOf(parsed, frontmatter.data), diagnostics };
}

function checkSchema(
  { kind, source, text }: ParsedFile,
  { yaml, offset, data }: FrontmatterBlock,
): readonly Diagnostic[] {
  const schema =
    kind === "doc"
      ? { validator: docFrontmatterValidator, fields: docFrontmatterFields }
      : { validator: skillFrontmatterValidator, fields: skillFrontmatterFields };
  return schemaDiagnostics(
    { file: source.path, text, yaml, offset, ...schema, classify: classifyFrontmatter },
    data,
  );
}

function checkPlace({ source }: ParsedFile): readonly Diagnostic[] {
  const author = authorOf(source.path);
  if (author !== null && NAME.test(author)) return [];
  const message =
    author === null
      ? "Unexpected entry file at the content root, expected it below the folder of its author"
      : `Unexpected author folder "${author}", expected lower-case letters, digits, dots, underscores and hyphens`;
  return [diagnose("frontmatter/name", { file: source.path, range: FILE_START, message })];
}

function factsOf({ source, kind }: ParsedFile, data: Mapping): EntryFacts | null {
  const author = authorOf(source.path);
  const metadata = isMapping(data["metadata"]) ? data["metadata"] : {};
  const name = data["name"];
  const languages = commaList(metadata["languages"]).map(languageName);
  const versions = commaList(metadata["versions"]);
  if (author === null || typeof name !== "string" || !NAME.test(author) || !NAME.test(name))
    return null;
  if (kind === "doc" && (languages.length === 0 || versions.length === 0)) return null;
  return {
    type: kind === "doc" ? "doc" : "skill",
    path: source.path,
    folder: source.path.slice(0, source.path.lastIndexOf("/")),
    author,
    name,
    id: `${author}/${name}`,
    description: typeof data["description"] === "string" ? data["description"] : "",
    languages: [...new Set(languages)],
    versions,
    ...optionalFacts(metadata),
    tags: commaList(metadata["tags"]),
    packages: commaList(metadata["packages"]),
    upstream: commaList(metadata["upstream"]),
    aliases: commaList(metadata["aliases"]),
    status: metadata["status"] === "deprecated" ? "deprecated" : "current",
  };
}

function optionalFacts(metadata: Mapping): Partial<EntryFacts> {
  const revision = textOf(metadata["revision"]);
  const updatedOn = textOf(metadata["updated-on"]);
  const tier = TIERS.find((known) => known === metadata["source"]);
  const replacedBy = metadata["replaced-by"];
  return {
    ...(REVISION.test(revision) && { revision: Number(revision) }),
    ...(DAY.test(updatedOn) && { updatedOn }),
    ...(tier !== undefined && { claimedTier: tier satisfies Tier }),
    ...(typeof replacedBy === "string" && { replacedBy }),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function withoutFrontmatter({ source, text }: ParsedFile): Diagnostic {
  const line = /^(?:\uFEFF)?---[ \t]*(?:\r?\n|$)/.exec(text);
  if (line === null) {
    return diagnose("frontmatter/present", {
      file: source.path,
      range: FILE_START,
      message: "Missing YAML block at the start of the file",
    });
  }
  const range = rangeIn(text, 0, line[0].trimEnd().length);
  return diagnose("frontmatter/closed", {
    file: source.path,
    range,
    message: "Missing closing `---` of the YAML block",
  });
}

function notAMapping({ source, text }: ParsedFile, { offset, yaml }: FrontmatterBlock): Diagnostic {
  return diagnose("frontmatter/value", {
    file: source.path,
    range: rangeIn(text, offset, offset + yaml.length),
    message: "Unexpected YAML block, expected a mapping of keys to values",
  });
}

/** First folder below the content root; null for a file that is in none. */
function authorOf(path: string): string | null {
  const end = path.indexOf("/");
  return end === -1 ? null : path.slice(0, end);
}

/** The canonical name where one is known; otherwise what is written, in lower case. */
function languageName(written: string): string {
  return canonicalLanguage(written) ?? written.toLowerCase();
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const REVISION = /^[1-9]\d{0,8}$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
