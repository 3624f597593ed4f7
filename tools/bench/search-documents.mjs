// What a compiled artifact says, as the documents a search index is built from: the same text for every engine.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} artifact folder of a compiled artifact
 * @returns {import("../../packages/registry/dist/index.js").SearchDocument[]} sorted by id in code-unit order
 */
export function searchDocumentsOf(artifact) {
  const { docs, skills } = JSON.parse(readFileSync(join(artifact, "registry.json"), "utf8"));
  const entries = [
    ...docs.map((doc) => fromDoc(artifact, doc)),
    ...skills.map((skill) => fromSkill(artifact, skill)),
  ];
  return entries.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function fromDoc(artifact, doc) {
  const folders = doc.languages.flatMap(({ versions }) =>
    versions.map(({ path, files }) => ({ path, files })),
  );
  const languages = [...new Set(doc.languages.map(({ language }) => language))];
  return { ...shared(doc), type: "doc", languages, files: filesOf(artifact, folders) };
}

function fromSkill(artifact, skill) {
  return { ...shared(skill), type: "skill", languages: [], files: filesOf(artifact, [skill]) };
}

function shared({ id, name, description = "", source = "community", tags = [], aliases = [] }) {
  return { id, name, description, tier: source, tags, aliases, packages: [] };
}

function filesOf(artifact, folders) {
  const seen = new Set();
  return folders.flatMap(({ path, files }, variant) =>
    files.flatMap((file) => {
      const whole = `${path}/${file}`;
      if (!file.endsWith(".md") || seen.has(whole)) return [];
      seen.add(whole);
      return [fileOf(artifact, { whole, file, variant })];
    }),
  );
}

function fileOf(artifact, { whole, file, variant }) {
  const ast = JSON.parse(readFileSync(join(artifact, "ast", `${whole}.json`), "utf8"));
  const bytes = readFileSync(join(artifact, whole));
  const named = (kind) =>
    ast.identifiers.filter((identifier) => identifier.kind === kind).map(({ name }) => name);
  const sections = ast.sections.map(({ index, slug, heading, path, range, bodyEnd, tokens }) => {
    const code = ast.code.filter(({ section }) => section === index).map(({ value }) => value);
    const body = bytes.toString("utf8", range.start.offset, bodyEnd);
    const text = body
      .replace(/^---\n[\s\S]*?\n---\n/, "")
      .replace(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\1[^\n]*$/gm, "")
      .replace(/^#{1,6} .*$/m, "");
    const { line: startLine } = range.start;
    return {
      slug,
      heading,
      path,
      startLine,
      endLine: range.end.line,
      tokens,
      text,
      code: code.join("\n"),
    };
  });
  return {
    variant,
    file,
    title: ast.title ?? "",
    installs: named("package"),
    imports: named("import"),
    sections,
  };
}
