import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createHash } from "node:crypto";
import { discover } from "../src/1-discover/discover.ts";
import type { SourceFile } from "../src/1-discover/source-file.ts";
import { loadEngine } from "../src/2-parse/engines.ts";
import type { CompilerConfig } from "../src/3-validate/generated/compiler-config.ts";
import { fixText } from "../src/4-lint/apply-fixes.ts";
import { ALL_RULES } from "../src/4-lint/rule-catalog.ts";
import { loadTokenCounter } from "../src/5-extract/tokens/token-counter.ts";
import { checkSyntax } from "../src/6-verify/check-syntax.ts";
import type { BaseChange } from "../src/4-lint/project-rule.ts";
import type { Diagnostic } from "../src/diagnostics/diagnostic.ts";
import type { RuleInfo } from "../src/diagnostics/rule-info.ts";
import { visibleText } from "../src/diagnostics/visible-text.ts";
import { configOf, lintContent, lintSource } from "../src/lint-content.ts";
import { rulePage } from "./rule-page.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const DOCS = join(import.meta.dirname, "../../../docs/rules");
const RULES_FOLDER = join(import.meta.dirname, "../src/4-lint/rules");
const engine = await loadEngine();
const countTokens = await loadTokenCounter();

/** Files that stand beside a fixture of one file. */
const NEIGHBOURS = [
  "acme/docs/widget/references/details.md",
  "acme/docs/widget/references/shape.png",
  "acme/docs/gadget/DOC.md",
];

/** What a git base would say of a fixture tree. */
const CHANGES: ReadonlyMap<string, ReadonlyMap<string, BaseChange>> = new Map([
  [
    "frontmatter/revision-bump",
    new Map([
      ["acme/docs/gadget/references/details.md", { textChanged: true, revision: null }],
      ["acme/docs/new/DOC.md", { textChanged: true, revision: null }],
      ["acme/docs/sound/DOC.md", { textChanged: false, revision: 2 }],
      ["acme/docs/widget/DOC.md", { textChanged: true, revision: 2 }],
    ]),
  ],
]);

function inputsFor(rule: RuleInfo): {
  config: CompilerConfig;
  today: string;
  engine: typeof engine;
  changes?: ReadonlyMap<string, BaseChange>;
} {
  const changes = CHANGES.get(rule.id);
  return {
    ...(changes !== undefined && { changes }),
    engine,
    config: { rules: { [rule.id]: rule.severity } },
    today: "2026-11-24",
  };
}

function lintOne(rule: RuleInfo, path: string, text: string): readonly Diagnostic[] {
  const bytes = Buffer.from(text);
  const file: SourceFile = {
    path,
    bytes,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
  const files = [file, ...NEIGHBOURS.map((neighbour) => ({ ...file, path: neighbour }))];
  const config = configOf(files, { ...inputsFor(rule), checkSyntax, countTokens });
  const { diagnostics } = lintSource(file, { config, engine, listed: new Set() });
  return diagnostics.filter((diagnostic) => diagnostic.rule === rule.id);
}

function lintTree(rule: RuleInfo, folder: string): readonly Diagnostic[] {
  return lintContent(discover(folder, {}), inputsFor(rule)).filter(
    (diagnostic) => diagnostic.rule === rule.id,
  );
}

function shown(diagnostics: readonly Diagnostic[], withFile: boolean): string {
  return diagnostics
    .map(({ file, range: { start, end }, severity, message, help }) => {
      const place = `${withFile ? `${file}:` : ""}${start.line}:${start.column}-${end.line}:${end.column}`;
      return visibleText(
        `${place} ${severity} ${message}${help?.startsWith("Did you mean") ? ` | ${help}` : ""}\n`,
      );
    })
    .join("");
}

function pathFor(file: string): string {
  return file.includes(".skill.") ? "acme/skills/widget/SKILL.md" : "acme/docs/widget/DOC.md";
}

const read = (path: string): string => readFileSync(path, "utf8");
const fixturesOf = (rule: RuleInfo): readonly string[] => {
  const folder = join(FIXTURES, rule.id);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};

describe.each(ALL_RULES)("$id", (rule) => {
  const folder = join(FIXTURES, rule.id);
  const cases = fixturesOf(rule);
  const files = cases.filter((name) => name.endsWith(".md") && !name.includes(".fixed."));
  const trees = cases.filter((name) => name === "valid" || name === "invalid");

  it.each(files.filter((name) => name.startsWith("valid")))("has nothing to say of %s", (name) => {
    expect(shown(lintOne(rule, pathFor(name), read(join(folder, name))), false)).toBe("");
  });

  it.each(files.filter((name) => name.startsWith("invalid")))(
    "finds what is wrong in %s",
    async (name) => {
      const text = read(join(folder, name));
      const found = lintOne(rule, pathFor(name), text);
      expect(found.length).toBeGreaterThan(0);
      await expect(shown(found, false)).toMatchFileSnapshot(
        join(folder, name.replace(/\.md$/, ".txt")),
      );
    },
  );

  it.each(files.filter((name) => name.startsWith("invalid") && rule.fixable !== undefined))(
    "repairs %s",
    async (name) => {
      const kinds = rule.fixable ?? "safe";
      const lint = (text: string): readonly Diagnostic[] => lintOne(rule, pathFor(name), text);
      const once = fixText(read(join(folder, name)), kinds, lint);
      expect(once.cycle).toEqual([]);
      expect(once.fixed).toBeGreaterThan(0);
      expect(fixText(once.text, kinds, lint)).toEqual({ text: once.text, fixed: 0, cycle: [] });
      await expect(once.text).toMatchFileSnapshot(join(folder, name.replace(/\.md$/, ".fixed.md")));
    },
  );

  it.each(trees.filter((name) => name === "valid"))("has nothing to say of the tree %s", (name) => {
    expect(shown(lintTree(rule, join(folder, name)), true)).toBe("");
  });

  it.each(trees.filter((name) => name === "invalid"))(
    "finds what is wrong in the tree %s",
    async (name) => {
      const found = lintTree(rule, join(folder, name));
      expect(found.length).toBeGreaterThan(0);
      await expect(shown(found, true)).toMatchFileSnapshot(join(folder, "invalid.txt"));
    },
  );

  it("has a page that is up to date", async () => {
    const name = files.find((file) => file.startsWith("invalid"));
    const text = name === undefined ? "" : read(join(folder, name));
    const example =
      name === undefined
        ? null
        : { text, findings: shown(lintOne(rule, pathFor(name), text), false) };
    await expect(rulePage(rule, example)).toMatchFileSnapshot(join(DOCS, `${rule.id}.md`));
  });
});

it("has a fixture of both kinds for every rule, and none without a rule", () => {
  const expected = ALL_RULES.map(({ id }) => id).filter((id) => !WITHOUT_FIXTURE.has(id));
  const present = ALL_RULES.filter(
    (rule) =>
      fixturesOf(rule).some((name) => name.startsWith("valid")) &&
      fixturesOf(rule).some((name) => name.startsWith("invalid")),
  );
  expect(present.map(({ id }) => id)).toEqual(expected);
  expect(groupedNames(FIXTURES)).toEqual([...expected].sort());
});

it("has a page for every rule, and none without a rule", () => {
  expect(
    groupedNames(DOCS)
      .map((name) => name.replace(/\.md$/, ""))
      .sort(),
  ).toEqual(ALL_RULES.map(({ id }) => id).sort());
});

it("gives every rule a code and an id of its own", () => {
  expect(new Set(ALL_RULES.map(({ code }) => code)).size).toBe(ALL_RULES.length);
  expect(new Set(ALL_RULES.map(({ id }) => id)).size).toBe(ALL_RULES.length);
  expect(ALL_RULES.filter(({ code }) => !/^CHUB[1-69]\d{3}$/.test(code))).toEqual([]);
});

it("lists every file of rules/", async () => {
  await expect(ruleList()).toMatchFileSnapshot(join(RULES_FOLDER, "../rules.ts"));
});

/** `group/name` of every file or folder two levels down. */
function groupedNames(folder: string): readonly string[] {
  const groups = readdirSync(folder, { withFileTypes: true }).filter((item) => item.isDirectory());
  return groups
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((item) => `${name}/${item}`))
    .sort();
}

function ruleList(): string {
  const rules = readdirSync(RULES_FOLDER)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => ({
      file,
      name: file
        .slice(0, -".ts".length)
        .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
      across: read(join(RULES_FOLDER, file)).includes("defineProjectRule("),
    }));
  const list = (across: boolean): string =>
    rules
      .filter((rule) => rule.across === across)
      .map(({ name }) => `  ${name},\n`)
      .join("");
  return `// Generated from the files of rules/ by \`vitest run packages/compiler/test/rules.test.ts -u\`. Do not edit.
import type { ProjectRule } from "./project-rule.ts";
import type { Rule } from "./rule.ts";
${rules.map(({ file, name }) => `import { ${name} } from "./rules/${file}";`).join("\n")}

/** Rules on one file, sorted by id. */
export const RULES: readonly Rule[] = [
${list(false)}];

/** Rules across documents, sorted by id. */
export const PROJECT_RULES: readonly ProjectRule[] = [
${list(true)}];
`;
}

/** Their fixtures cannot be files of a repository, or are made by a fault: symbolic links, dotfiles, invalid bytes, a rule that throws, a file that ends a thread, what only a build or `chubc verify` finds. Other tests cover them. */
const WITHOUT_FIXTURE: ReadonlySet<string> = new Set([
  "files/portable-path",
  "files/no-symlink",
  "files/not-published",
  "safety/utf-8",
  "internal/rule-failed",
  "internal/file-failed",
  "files/proof",
  "code/types",
  "code/published-package",
  "code/checkable",
]);
