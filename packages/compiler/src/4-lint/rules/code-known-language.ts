import { canonicalLanguage, languageNames } from "@chub/registry";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import { fenceOf, languagePlace } from "../fences.ts";
import { defineRule } from "../rule.ts";

export const codeKnownLanguage = defineRule({
  id: "code/known-language",
  code: "CHUB3002",
  severity: "warning",
  summary: "The language of a fence is one that is known, by its name or an alias.",
  why: "Nothing can be done with code in a language nobody knows; most often it is a misspelling.",
  help: "Use the name of a language; `text` when it is no code.",
  check({ codeBlocks, text }, report) {
    for (const code of codeBlocks) {
      const { lang } = code;
      const fence = fenceOf(text, code);
      if (fence === null || lang === null || lang === undefined || isKnown(lang)) continue;
      const near = nearest(lang, [...languageNames(), ...WITHOUT_CHECKS]);
      const place = languagePlace(text, code, fence);
      report({
        at: place,
        message: `Unexpected language "${lang.slice(0, 40)}" of a code block`,
        ...(near !== null && {
          help: `Did you mean \`${near}\`?`,
          fixes: [
            {
              title: `Replace with \`${near}\``,
              kind: "suggestion",
              edits: [{ start: place[0], end: place[1], text: near }],
            },
          ],
        }),
      });
    }
  },
});

function isKnown(lang: string): boolean {
  return canonicalLanguage(lang) !== null || WITHOUT_CHECKS.has(lang.toLowerCase());
}

/** Fence names that documents use for formats and languages no entry is written in. */
const WITHOUT_CHECKS: ReadonlySet<string> = new Set(
  "ada apacheconf asciidoc asm astro awk bat batch bibtex blade bnf clojure cmake cmd cobol coffeescript cron crystal cuda cypher cython d django editorconfig ejs elm erb fish flow fortran gherkin gitattributes gitignore glsl haml handlebars hbs hjson hlsl ignore ipython jinja jinja2 jq jsonnet just kql latex ldif liquid lisp llvm mako matlab mdc mermaid mustache nim nix nsis ocaml openapi pascal pem pig plantuml promql pug puppet qml racket razor reason rego rescript rst robotframework sas scheme smarty sparql sshconfig starlark stylus svg systemd tcl tex thrift turtle twig typespec vb vbnet verilog vhdl vim wasm wat webidl wgsl xquery zsh-session".split(
    " ",
  ),
);
