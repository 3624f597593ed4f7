import type { EntryRecord } from "@chub/registry";

/**
 * The content of `llms.txt`: one line an entry, grouped by author, with a link to the recommended text of its first language.
 *
 * Source: https://llmstxt.org
 */
export function llmsText(entries: readonly EntryRecord[], baseUrl?: string): string {
  const prefix = baseUrl === undefined ? "" : `${baseUrl.replace(/\/+$/, "")}/`;
  const lines = ["# chub", "", "> Documentation for coding agents: one entry a line, by author."];
  let author = "";
  for (const entry of entries) {
    const namespace = entry.id.slice(0, entry.id.indexOf("/"));
    if (namespace !== author) lines.push("", `## ${namespace}`, "");
    author = namespace;
    lines.push(entryLine(entry, prefix));
  }
  return `${lines.join("\n")}\n`;
}

function entryLine(entry: EntryRecord, prefix: string): string {
  const variant = entry.variants.find(({ recommended }) => recommended) ?? entry.variants[0]!;
  const languages = [...new Set(entry.variants.flatMap(({ language }) => language ?? []))].join(
    ", ",
  );
  const notes = [
    entry.type === "skill" ? "skill" : languages,
    entry.status === "deprecated" ? "deprecated" : "",
  ];
  const suffix = notes.filter((note) => note !== "").join("; ");
  const description = entry.description.replace(/\s+/g, " ").trim();
  const link = `[${entry.id}](${prefix}${variant.path}/${variant.entryFile})`;
  return `- ${link}: ${description}${suffix === "" ? "" : ` (${suffix})`}`;
}
