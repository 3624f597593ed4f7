/** The two parts of a Markdown text, without parsing either; line endings do not matter. */
export function splitFrontMatter(text: string): { frontMatter: string; body: string } {
  const whole = text.replaceAll("\r\n", "\n");
  const match = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(whole);
  if (match === null) return { frontMatter: "", body: whole };
  return { frontMatter: match[1] ?? "", body: whole.slice(match[0].length) };
}
