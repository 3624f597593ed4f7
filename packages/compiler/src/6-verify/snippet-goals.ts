import type { GrammarName } from "./snippet-parser.ts";

/** One way to read a snippet: the text to parse, or null when the snippet cannot be meant that way. */
export type Goal = (code: string) => string | null;

/**
 * The ways to read a snippet of a language, after the way it stands there has failed.
 *
 * Documents shorten code honestly: a placeholder, an ellipsis, the body of a function, a session with its prompts. Only code that is
 * wrong in every reading is broken.
 */
export function goalsOf(grammar: GrammarName): readonly Goal[] {
  const own = [...(OWN[grammar] ?? []), dots];
  return [...own, placeholders, ...own.map((goal) => after(placeholders, goal))];
}

/** `<your-key>` as a word of the same length. */
const placeholders: Goal = (code) => {
  const filled = code.replace(/<[A-Za-z][\w .:/|-]*>/g, (match) => "x".repeat(match.length));
  return filled === code ? null : filled;
};

/** Three dots that stand for what is left out, as a name. */
const dots: Goal = (code) => (code.includes("...") ? code.replaceAll("...", "___") : null);

const after =
  (first: Goal, second: Goal): Goal =>
  (code) => {
    const changed = first(code);
    return changed === null ? null : second(changed);
  };

const wrapped =
  (before: string, behind: string): Goal =>
  (code) =>
    `${before}${code}\n${behind}`;

/** Three dots that stand for what is left out, where they are no syntax of the language. */
const withoutDots: Goal = (code) => (code.includes("...") ? code.replaceAll("...", "   ") : null);

/** A Python session: what follows the prompts is code, the rest is output. */
const pythonSession: Goal = (code) => {
  if (!/^>>> /m.test(code)) return null;
  const lines = code
    .split("\n")
    .map((line) => (/^(?:>>>|\.\.\.)(?: |$)/.test(line) ? `    ${line.slice(4)}` : ""));
  return lines.join("\n");
};

/** A notebook: `!command`, `%magic`, `%%cell` and `help?` are its own. */
const notebook: Goal = (code) =>
  /^\s*(?:[!%]|\w+\?\s*$)/m.test(code)
    ? code.replace(/^\s*(?:[!%].*|[\w.]+\?\s*)$/gm, (line) => " ".repeat(line.length))
    : null;

/** Decorators that are shown without what they decorate. */
const decorators: Goal = (code) =>
  /^\s*@/m.test(code)
    ? `${code}\n${/^[ \t]*(?=@[^\n]*\s*$)/m.exec(code)?.[0] ?? ""}def x(): pass`
    : null;

/** The rest of a statement whose start is not shown: `except`, `else`, `finally`. */
const continued: Goal = (code) => {
  const keyword = /^\s*(except|finally|else|elif)\b/.exec(code)?.[1];
  if (keyword === undefined) return null;
  return keyword === "except" || keyword === "finally"
    ? `try:\n  pass\n${code.trimStart()}`
    : `if x:\n  pass\n${code.trimStart()}`;
};

/** Entries of a dictionary or arguments of a call that are shown without their brackets. */
const dictionaryDots: Goal = (code) =>
  code.includes("...") ? code.replaceAll("...", "**x") : null;

/** Go: statements below imports, as in the body of a function, and functions between statements. */
const goBody: Goal = (code) =>
  `func f() {\n${code
    .replace(/^(?:package .*|import (?:\([^)]*\)|.*))$/gm, "")
    .replace(/^func (?:\([^)]*\) )?\w+/gm, "_ = func")}\n}`;

const PHP_TAG = /<\?(?:php|=)/;
const php =
  (before: string, behind: string): Goal =>
  (code) =>
    `<?php ${before}${code.replace(PHP_TAG, "").replace(/\?>\s*$/, "")}\n${behind}`;

const OWN: Readonly<Partial<Record<GrammarName, readonly Goal[]>>> = {
  "c-sharp": [wrapped("class X {\n", "}"), wrapped("class X { void F() {\n", "} }"), withoutDots],
  cpp: [wrapped("void f() {\n", "}"), wrapped("class X {\n", "};"), withoutDots],
  css: [wrapped("a {\n", "}"), withoutDots],
  go: [
    goBody,
    wrapped("type X struct {\n", "}"),
    wrapped("x(\n", ")"),
    wrapped("var x = X{\n", "}"),
    withoutDots,
  ],
  java: [
    wrapped("class X {\n", "}"),
    wrapped("class X { void f() {\n", "} }"),
    wrapped("class X { Object o = \n", "; }"),
    withoutDots,
  ],
  php: [php("", ""), php("class X {\n", "}"), php("return [\n", "];"), withoutDots],
  python: [
    pythonSession,
    notebook,
    decorators,
    continued,
    dictionaryDots,
    wrapped("f(\n", ")"),
    wrapped("{\n", "}"),
  ],
  ruby: [wrapped("x({\n", "})"), wrapped("x(\n", ")"), withoutDots],
  rust: [
    wrapped("fn f() {\n", "}"),
    wrapped("impl X {\n", "}"),
    wrapped("struct X {\n", "}"),
    wrapped("match x {\n", "}"),
    withoutDots,
  ],
};
