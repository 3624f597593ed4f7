import fc from "fast-check";
import type { SearchDocument, SearchSection } from "../src/search/search-types.ts";

/** A document with defaults for what a test does not say. */
export function searchDocument(
  id: string,
  given: Partial<SearchDocument> & { readonly text?: string } = {},
): SearchDocument {
  const { text = "", ...fields } = given;
  return {
    id,
    type: "doc",
    name: id.slice(id.indexOf("/") + 1),
    description: "",
    tier: "community",
    tags: [],
    aliases: [],
    languages: ["javascript"],
    packages: [],
    files: [
      {
        variant: 0,
        file: "DOC.md",
        title: id,
        installs: [],
        imports: [],
        sections: [searchSection(id, text)],
      },
    ],
    ...fields,
  };
}

export function searchSection(
  heading: string,
  text: string,
  given: Partial<SearchSection> = {},
): SearchSection {
  return {
    slug: heading.toLowerCase(),
    heading,
    path: [heading],
    startLine: 1,
    endLine: 3,
    tokens: 10,
    text,
    code: "",
    ...given,
  };
}

// Few words, so that documents share them and scores are equal now and then.
const word = fc.constantFrom(
  "redis",
  "webhook",
  "verify",
  "token",
  "verifyIdToken",
  "queue",
  "python",
  "数据库查询",
  "café",
  "k8s",
);
const words = (max: number) => fc.array(word, { maxLength: max }).map((list) => list.join(" "));
const section = fc.record({ heading: words(3), text: words(12), code: words(6) });

const document = fc
  .record({
    author: fc.constantFrom("aws", "google", "redis"),
    name: fc.stringMatching(/^(?:redis|queue|token)-[a-z]{1,3}$/),
    description: words(5),
    tier: fc.constantFrom("official", "maintainer", "community"),
    type: fc.constantFrom("doc" as const, "skill" as const),
    tags: fc.uniqueArray(word, { maxLength: 3 }),
    aliases: fc.uniqueArray(word, { maxLength: 1 }),
    languages: fc.uniqueArray(fc.constantFrom("javascript", "python"), { maxLength: 2 }),
    sections: fc.array(section, { maxLength: 4 }),
  })
  .map(({ author, name, sections, ...fields }) =>
    searchDocument(`${author}/${name}`, {
      ...fields,
      files: [
        {
          variant: 0,
          file: "DOC.md",
          title: name,
          installs: [],
          imports: [],
          sections: sections.map(({ heading, text, code }, i) =>
            searchSection(heading, text, {
              code,
              slug: `s${i}`,
              path: [name, heading],
              startLine: i * 5 + 1,
              endLine: i * 5 + 4,
            }),
          ),
        },
      ],
    }),
  );

/** Catalogs: documents in the order of their ids, none twice. */
export const catalogs = fc
  .uniqueArray(document, { maxLength: 25, selector: ({ id }) => id })
  .map((documents) => documents.sort((a, b) => (a.id < b.id ? -1 : 1)));

/** Queries of the same words, some misspelt. */
export const queries = fc.oneof(
  words(4),
  fc.constantFrom("redsi", "reids queue", "aws/token-a", '"verify token"', "verfyIdToken"),
);
