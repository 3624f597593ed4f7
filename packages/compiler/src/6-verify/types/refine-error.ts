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
  if (CANNOT_FIND_MODULE.has(code)) {
    const id = isAsset(node, context) ? null : rootOf(node, context);
    return { ...judged, class: id === null ? "context" : "drift", packageId: id };
  }
  if (isFromIncomplete(node, context)) return { ...judged, class: "context", packageId: null };
  if (isStyle({ node, code, lines }, context))
    return { ...judged, class: "style", packageId: null };
  const packageId = packageConcerned(node, context);
  if (packageId === null || (isByOthers(packageId) && isCallback(node, context)))
    return { ...judged, class: "style", packageId: null };
  return { ...judged, class: "drift", packageId };
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

/** Style sheets and pictures are a bundler's modules: their files have no types. */
function isAsset(node: ts.Node, { api }: JudgeContext): boolean {
  return (
    api.isStringLiteralLike(node) &&
    /\.(?:css|less|s[ac]ss|svg|png|jpe?g|wasm|md|html)$/.test(node.text)
  );
}

function rootOf(node: ts.Node, { api, roots }: JudgeContext): string | null {
  if (!api.isStringLiteralLike(node)) return null;
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(node.text)?.[0] ?? "";
  return roots.get(name) ?? null;
}

/** A name from a module that passes on everything of a file which the reader's own project generates. */
function isFromIncomplete(node: ts.Node, context: JudgeContext): boolean {
  const { api, checker } = context;
  let at: ts.Node = node;
  while (at.parent !== undefined && !api.isStatement(at)) at = at.parent;
  if (!api.isImportDeclaration(at)) return false;
  return passesOnMissing(checker.getSymbolAtLocation(at.moduleSpecifier), context, new Set());
}

function passesOnMissing(
  module: ts.Symbol | undefined,
  context: JudgeContext,
  seen: Set<ts.Symbol>,
): boolean {
  if (module === undefined) return true;
  if (seen.has(module)) return false;
  seen.add(module);
  const { api, checker } = context;
  return (module.declarations ?? [])
    .filter(api.isSourceFile)
    .some((file) =>
      file.statements.some(
        (statement) =>
          api.isExportDeclaration(statement) &&
          statement.exportClause === undefined &&
          statement.moduleSpecifier !== undefined &&
          passesOnMissing(checker.getSymbolAtLocation(statement.moduleSpecifier), context, seen),
      ),
    );
}

interface Suspect {
  readonly node: ts.Node;
  readonly code: number;
  readonly lines: readonly string[];
}

/** Errors that sound code of a document gives: the types are right and the code works all the same. */
function isStyle({ node, code, lines }: Suspect, context: JudgeContext): boolean {
  if (lines.some((line) => TOLERATED.some((pattern) => pattern.test(line)))) return true;
  if (MISSING_PROPERTY.has(code)) return isMemberOfSome(node, context);
  return isWidened(node, lines, context) || isElided(node, context);
}

/** A constant in a variable is a plain string to the types; the value may well be right. */
function isWidened(node: ts.Node, lines: readonly string[], { api }: JudgeContext): boolean {
  const value = valueAt(node, api);
  const isLiteral =
    api.isLiteralExpression(value) ||
    api.isTemplateExpression(value) ||
    api.isObjectLiteralExpression(value) ||
    api.isArrayLiteralExpression(value);
  if (isLiteral) return false;
  return lines.some((line) => {
    const target = WIDENED.exec(line)?.[1];
    return target !== undefined && !target.split(" | ").every((part) => PRIMITIVE.test(part));
  });
}

/** The value that an error at the name of a property is about. */
function valueAt(node: ts.Node, api: JudgeContext["api"]): ts.Node {
  const { parent } = node;
  return api.isPropertyAssignment(parent) && parent.name === node ? parent.initializer : node;
}

/** `message.content[0].text` where only some kinds of content have a text: the author knows which one it is. */
function isMemberOfSome(node: ts.Node, { api, checker }: JudgeContext): boolean {
  const { parent } = node;
  const owner = api.isPropertyAccessExpression(parent)
    ? parent.expression
    : api.isBindingElement(parent) && api.isVariableDeclaration(parent.parent.parent)
      ? parent.parent.parent.initializer
      : undefined;
  if (owner === undefined || !api.isIdentifier(node)) return false;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(owner));
  if (isEmpty(type, { api, checker })) return true;
  return type.isUnion() && type.types.some((part) => checker.getPropertyOfType(part, node.text));
}

/** DefinitelyTyped describes what others publish, and often leaves the older form with a callback out. */
function isByOthers(packageId: string): boolean {
  return packageId.startsWith("@types/");
}

/** Whether an error is at an argument that is a function. */
function isCallback(node: ts.Node, { api }: JudgeContext): boolean {
  const start = node.getStart();
  for (let at = node; at !== undefined && at.getStart() === start; at = at.parent)
    if (api.isFunctionExpression(at) || api.isArrowFunction(at))
      return api.isCallExpression(at.parent);
  return false;
}

/** A type without anything in it is one that the reader fills, as the theme of a style library. */
function isEmpty(type: ts.Type, { api, checker }: Pick<JudgeContext, "api" | "checker">): boolean {
  return (
    (type.flags & api.TypeFlags.Object) !== 0 &&
    checker.getPropertiesOfType(type).length === 0 &&
    type.getCallSignatures().length === 0 &&
    type.getConstructSignatures().length === 0 &&
    type.getStringIndexType() === undefined
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

const CANNOT_FIND_MODULE: ReadonlySet<number> = new Set([2307, 2882]);
const MISSING_PROPERTY: ReadonlySet<number> = new Set([2339, 2551]);
const TOLERATED = [
  /type '(?:unknown|never)'/,
  /^\s*(?:Type|Argument of type) '(?:unknown|\{\}|object)' is not assignable/,
];
const WIDENED =
  /^\s*(?:Type|Argument of type) '(?:string|number|boolean)(?:\[\])?' is not assignable to (?:parameter of )?type '(.*)'/;
const PRIMITIVE = /^(?:string|number|boolean|bigint|undefined|null|void|Date|never)(?:\[\])?$/;
const ELISION = /\/\*[^*]*(?:\.\.\.|…)[^*]*\*\/|\/\/[^\n]*(?:\.\.\.|…)/;
const MOST_CHARACTERS = 300;
