import { byCodeUnit, canonicalLanguage, languageNames } from "@chub/registry";
import { nearest } from "../diagnostics/did-you-mean.ts";
import { isVersionOf } from "../4-lint/version-grammar.ts";

/** One thing the author says about a new entry: its flag, the question for it, and what is wrong with an answer. */
export interface Field {
  readonly flag: string;
  readonly question: string;
  /** Null when the answer will do. */
  problem(answer: string): string | null;
}

/** What a new entry is asked for, by kind, in the order of the questions. */
export const FIELDS: Readonly<Record<"doc" | "skill", readonly Field[]>> = (() => {
  const description: Field = {
    flag: "description",
    question: "What does it cover, and when should it be used",
    problem: (answer) =>
      answer.length > 0 && answer.length <= 1024 && !/[\n\r]/.test(answer)
        ? null
        : "expected one line of at most 1,024 characters",
  };
  const language: Field = {
    flag: "language",
    question: "Programming language of its code",
    problem(answer) {
      if (canonicalLanguage(answer) !== null) return null;
      const near = nearest(answer, languageNames());
      return near === null ? "unknown language" : `unknown language, did you mean ${near}?`;
    },
  };
  const version: Field = {
    flag: "package-version",
    question: "Version of the package that it documents",
    problem: (answer) => (isVersionOf("any", answer) ? null : "expected a version such as 19.1.0"),
  };
  return { doc: [description, language, version], skill: [description] };
})();

/** What is wrong with an id `author/name`; null when it will do. */
export function idProblem(id: string): string | null {
  const [author, name, ...rest] = id.split("/");
  const ok = rest.length === 0 && [author, name].every((part) => PART.test(part ?? ""));
  return ok ? null : "expected `author/name` of lower-case letters, digits, dots, hyphens";
}

/** A file to make: its path below the content root, and its text. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The entry file of a new entry. Pure.
 *
 * It has no finding but the sections that wait for their text.
 */
export function newEntry(
  kind: "doc" | "skill",
  id: string,
  { answers, today }: { answers: Readonly<Record<string, string>>; today: string },
): NewFile {
  const [author = "", name = ""] = id.split("/");
  const { description = "" } = answers;
  const language = canonicalLanguage(answers["language"] ?? "") ?? "";
  const version = answers["package-version"] ?? "";
  const facts: Readonly<Record<string, string>> = {
    ...(kind === "doc" && { languages: language, versions: version }),
    revision: "1",
    "updated-on": today,
    source: "community",
  };
  const metadata = Object.entries(facts)
    .sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b) || byCodeUnit(a, b))
    .map(([key, value]) => `  ${key}: ${key === "source" ? value : JSON.stringify(value)}\n`);
  const sections = SECTIONS[kind].map((title) => `\n## ${title}\n`);
  return {
    path: `${author}/${kind}s/${name}/${kind === "doc" ? `${language}/DOC` : "SKILL"}.md`,
    text: `---\nname: ${quoted(name)}\ndescription: ${JSON.stringify(description)}\nmetadata:\n${metadata.join("")}---\n\n# ${titleOf(name)}\n\n${description}\n${sections.join("")}`,
  };
}

/** A name such as `1.0` or `true` is no text in YAML. */
function quoted(name: string): string {
  return /^[a-z][a-z-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/.test(name)
    ? name
    : JSON.stringify(name);
}

function titleOf(name: string): string {
  const words = name.replace(/[._-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const PART = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const ORDER = ["languages", "versions", "revision", "updated-on", "source"];
const SECTIONS = { doc: ["Install", "First call"], skill: ["Steps"] } as const;
