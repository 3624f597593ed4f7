import type ts from "typescript";
import type { ErrorClass } from "./code-document.ts";
import type { ConcernContext } from "./concerns-package.ts";
import { packageConcerned } from "./concerns-package.ts";
import { classOfCode } from "./error-classes.ts";

/** An error in the code of a block, looked at. */
export interface JudgedError {
  readonly class: ErrorClass;
  readonly code: number;
  /** Offset in the file, UTF-16 code units. */
  readonly start: number;
  readonly message: string;
  /** Id of the package it is about; null for the classes that are about none. */
  readonly packageId: string | null;
}

export interface JudgeContext extends ConcernContext {
  /** Id by name of the packages that code may import. */
  readonly roots: ReadonlyMap<string, string>;
}

/** Says what an error is about: the package, what the document leaves to its reader, or the author's style. */
export function judgeError(
  { file, start, code, messageText }: ts.DiagnosticWithLocation,
  context: JudgeContext,
): JudgedError {
  const lines = context.api.flattenDiagnosticMessageText(messageText, "\n").split("\n");
  const judged = { code, start, message: sentence(lines) };
  const found = classOfCode(code);
  if (found !== "drift") return { ...judged, class: found, packageId: null };
  const node = nodeAt(file, start, context);
  if (code === CANNOT_FIND_MODULE) {
    const id = rootOf(node, context);
    return { ...judged, class: id === null ? "context" : "drift", packageId: id };
  }
  if (isStyle({ node, code, lines }, context))
    return { ...judged, class: "style", packageId: null };
  const packageId = packageConcerned(node, context);
  return { ...judged, class: packageId === null ? "style" : "drift", packageId };
}

/** The innermost node that starts at an offset or holds it. */
export function nodeAt(
  file: ts.SourceFile,
  offset: number,
  { api }: Pick<ConcernContext, "api">,
): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > offset || node.end <= offset) return;
    found = node;
    api.forEachChild(node, visit);
  };
  api.forEachChild(file, visit);
  return found;
}

function rootOf(node: ts.Node, { api, roots }: JudgeContext): string | null {
  if (!api.isStringLiteralLike(node)) return null;
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(node.text)?.[0] ?? "";
  return roots.get(name) ?? null;
}

interface Suspect {
  readonly node: ts.Node;
  readonly code: number;
  readonly lines: readonly string[];
}

/** Errors that sound code of a document gives: the types are right and the code works all the same. */
function isStyle({ node, code, lines }: Suspect, context: JudgeContext): boolean {
  if (lines.some((line) => TOLERATED.some((pattern) => pattern.test(line)))) return true;
  if (MISSING_PROPERTY.has(code)) return isOnPartOfUnion(node, context);
  return isElided(node, context);
}

/** `message.content[0].text` where only some kinds of content have a text: the author knows which one it is. */
function isOnPartOfUnion(node: ts.Node, { api, checker }: JudgeContext): boolean {
  const { parent } = node;
  const owner = api.isPropertyAccessExpression(parent)
    ? parent.expression
    : api.isBindingElement(parent) && api.isVariableDeclaration(parent.parent.parent)
      ? parent.parent.parent.initializer
      : undefined;
  if (owner === undefined || !api.isIdentifier(node)) return false;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(owner));
  return (
    type.isUnion() && type.types.some((part) => checker.getPropertyOfType(part, node.text))
  );
}

/** An argument that says itself that something is left out: `{ model, ... }` written as a comment. */
function isElided(node: ts.Node, { api }: JudgeContext): boolean {
  let at: ts.Node = node;
  while (at.parent !== undefined && !api.isStatement(at)) {
    if (api.isCallExpression(at) || api.isNewExpression(at) || api.isObjectLiteralExpression(at))
      return ELISION.test(at.getText());
    at = at.parent;
  }
  return ELISION.test(at.getText());
}

/** One line; places in the virtual tree are names of modules again. */
function sentence(lines: readonly string[]): string {
  const text = lines
    .slice(0, 2)
    .map((line) => line.trim())
    .join(" ")
    .replaceAll(/\/n\/[^"']*?\/node_modules\//g, "");
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;
}

const CANNOT_FIND_MODULE = 2307;
const MISSING_PROPERTY: ReadonlySet<number> = new Set([2339, 2551]);
const TOLERATED = [
  // A constant in a variable is a plain string to the types.
  /^\s*Type '(?:string|number|boolean|\(?(?:string|number)\)?\[\])' is not assignable to type '.*["\d].*'/,
  /^\s*Argument of type '(?:string|number)' is not assignable to parameter of type '["\d].*'/,
  /type '(?:unknown|never)'/,
  /^\s*(?:Type|Argument of type) '(?:unknown|\{\}|object)' is not assignable/,
];
const ELISION = /\/\*[^*]*(?:\.\.\.|…)[^*]*\*\/|\/\/[^\n]*(?:\.\.\.|…)/;
const MOST_CHARACTERS = 300;
