import type { SourceFile } from "../1-discover/source-file.ts";
import { type SyntaxChecker, syntaxCheckerWith } from "../6-verify/check-syntax.ts";
import { grammarsIn } from "../6-verify/fence-grammars.ts";
import type { GrammarName } from "../6-verify/snippet-parser.ts";
import { type Grammars, openGrammars } from "./open-grammars.ts";

/** A checker for every language that the fences of the files name; the grammars they need are loaded, and no others. */
export async function loadSyntaxChecker(
  files: Iterable<Pick<SourceFile, "path" | "bytes">>,
  grammars: Grammars = openGrammars(),
): Promise<SyntaxChecker> {
  await grammars.load(grammarsOf(files));
  return syntaxCheckerWith(grammars.parserOf);
}

function grammarsOf(files: Iterable<Pick<SourceFile, "path" | "bytes">>) {
  const names = new Set<GrammarName>();
  for (const { path, bytes } of files) {
    if (!path.endsWith(".md")) continue;
    for (const name of grammarsIn(Buffer.from(bytes).toString("utf8"))) names.add(name);
  }
  return names;
}
