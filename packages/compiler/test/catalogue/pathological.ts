const r = (text: string, times: number): string => text.repeat(times);
const each = (times: number, line: (index: number) => string): string =>
  Array.from({ length: times }, (_, index) => line(index)).join("");

/** Markdown that takes parsers seconds or their whole stack, by what it repeats. */
export const PATHOLOGICAL: Readonly<Record<string, string>> = {
  backticks: each(4000, (i) => `e${r("`", i + 1)}`),
  blockquotes: `${r(">", 16_000)}a`,
  "blockquotes-spaced": `${r("> ", 16_000)}a`,
  brackets: `${r("[", 16_000)}a${r("]", 16_000)}`,
  "emphasis-closed": r("a* ", 16_000),
  "footnotes-nested": each(1000, (i) => `${r("    ", i)}[^${i}]: x\n\n`),
  images: `${r("![", 4000)}a${r("](x)", 4000)}`,
  "lazy-lines": `${r("> ", 16_000)}a\n${r("b\n", 16_000)}`,
  "links-nested": `${r("[", 16_000)}a${r("](x)", 16_000)}`,
  "lists-in-a-line": `${r("- ", 4000)}a`,
  "lists-nested": each(1000, (i) => `${r("  ", i)}- a\n`),
  "ordered-lists": `${r("1. ", 4000)}a`,
  "quotes-and-lists": `${r("> ", 16_000)}${r("- a\n", 20)}`,
  definitions: each(16_000, (i) => `[a${i}]: x\n`),
  "references-missing": r("[a] ", 16_000),
  setext: r("a\n-\n", 16_000),
  stars: `${r("*", 16_000)}a${r("*", 16_000)}`,
  table: `|${r("a|", 16_000)}\n|${r("-|", 16_000)}\n|${r("b|", 16_000)}`,
  "table-rows": `|${r("a|", 16_000)}\n|${r("-|", 16_000)}\n${r("|\n", 16_000)}`,
  "task-list": r("- [ ] a\n", 16_000),
  "html-open": r("<a ", 16_000),
  "comments-open": `a ${r("<!--", 16_000)}`,
  entities: r("&#x", 16_000),
  "one-long-line": r("word ", 200_000),
};
