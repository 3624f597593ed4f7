import type ts from "typescript";
import type { TypeScript } from "./typescript-api.ts";

/** What is needed to say whether an error is about a package. */
export interface ConcernContext {
  readonly api: TypeScript;
  readonly checker: ts.TypeChecker;
  /** Id of the package that a file belongs to; null for the language's own, Node's and the document's files. */
  readonly packageAt: (path: string) => string | null;
}

/**
 * Id of the package that an error is about, or null when it is about the document's own code or the language.
 *
 * The innermost thing around the error decides: a wrong argument of `JSON.stringify` inside a call of the package is not the package's.
 */
export function packageConcerned(node: ts.Node, context: ConcernContext): string | null {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    const verdict = concernOf(at, node, context);
    if (verdict !== undefined) return verdict;
  }
  return null;
}

/** Undefined when the node says nothing and the one around it decides. */
function concernOf(
  at: ts.Node,
  error: ts.Node,
  context: ConcernContext,
): string | null | undefined {
  const { api } = context;
  if (at.parent !== undefined && api.isPropertyAccessExpression(at.parent) && at.parent.name === at)
    return ofExpression(at.parent.expression, context);
  if (api.isBindingElement(at)) return ofExpression(at.parent, context);
  if (api.isImportDeclaration(at) || api.isExportDeclaration(at))
    return at.moduleSpecifier === undefined
      ? null
      : ofSymbol(symbolAt(at.moduleSpecifier, context), context);
  if (api.isCallExpression(at) || api.isNewExpression(at)) return ofCall(at, context);
  if (api.isJsxOpeningLikeElement(at)) return ofExpression(at.tagName, context);
  if (api.isVariableDeclaration(at)) return ofVariable(at, error, context);
  if (api.isBinaryExpression(at) && at.operatorToken.kind === api.SyntaxKind.EqualsToken)
    return ofExpression(at.left, context) ?? ofExpression(at.right, context);
  if (api.isTypeReferenceNode(at)) return ofSymbol(symbolAt(at.typeName, context), context);
  if (api.isExpressionWithTypeArguments(at)) return ofExpression(at.expression, context);
  if (api.isSatisfiesExpression(at) || api.isAsExpression(at))
    return ofType(context.checker.getTypeFromTypeNode(at.type), context) ?? undefined;
  if (api.isForOfStatement(at)) return ofExpression(at.expression, context);
  return undefined;
}

function ofCall(
  call: ts.CallExpression | ts.NewExpression,
  context: ConcernContext,
): string | null | undefined {
  const signature = context.checker.getResolvedSignature(call);
  const declared = signature?.declaration;
  const found =
    ofFile(declared?.getSourceFile(), context) ??
    ofSymbol(symbolAt(call.expression, context), context) ??
    ofType(context.checker.getTypeAtLocation(call.expression), context);
  if (found !== null) return found;
  // A function of the document: what it takes and gives is the document's own business.
  return null;
}

/** Both sides may be the package's: the type that is asked for, and the value. */
function ofVariable(
  { type, initializer }: ts.VariableDeclaration,
  error: ts.Node,
  context: ConcernContext,
): string | null | undefined {
  if (type === undefined) return initializer === undefined ? null : undefined;
  const asked = ofType(context.checker.getTypeFromTypeNode(type), context);
  if (asked !== null || initializer === undefined) return asked;
  return error === initializer ? null : ofExpression(initializer, context);
}

function ofExpression(node: ts.Node, context: ConcernContext): string | null {
  return (
    ofType(context.checker.getTypeAtLocation(node), context) ??
    ofSymbol(symbolAt(node, context), context) ??
    (context.api.isCallExpression(node) || context.api.isAwaitExpression(node)
      ? ofResult(node, context)
      : null)
  );
}

/** What a call of the package gives is the package's, even when it is a string. */
function ofResult(node: ts.Node, context: ConcernContext): string | null {
  const { api } = context;
  if (api.isAwaitExpression(node)) return ofResult(node.expression, context);
  return api.isCallExpression(node) ? (ofCall(node, context) ?? null) : null;
}

/** The type, its parts, and what it holds: a promise or a list of a package's things is the package's. */
export function ofType(type: ts.Type, context: ConcernContext, depth = 0): string | null {
  const own = ofSymbol(type.aliasSymbol, context) ?? ofSymbol(type.getSymbol(), context);
  if (own !== null || depth > DEEPEST) return own;
  const parts = type.isUnionOrIntersection()
    ? type.types
    : [...(type.aliasTypeArguments ?? []), ...argumentsOf(type, context)];
  for (const part of parts.slice(0, WIDEST)) {
    const found = ofType(part, context, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function argumentsOf(type: ts.Type, { checker, api }: ConcernContext): readonly ts.Type[] {
  const isReference =
    (type.flags & api.TypeFlags.Object) !== 0 &&
    ((type as ts.ObjectType).objectFlags & api.ObjectFlags.Reference) !== 0;
  return isReference ? checker.getTypeArguments(type as ts.TypeReference) : [];
}

/** Imports are followed to what they import. */
export function symbolAt(node: ts.Node, { checker, api }: ConcernContext): ts.Symbol | undefined {
  const place = api.isPropertyAccessExpression(node) ? node.name : node;
  const symbol = checker.getSymbolAtLocation(place);
  if (symbol === undefined || (symbol.flags & api.SymbolFlags.Alias) === 0) return symbol;
  return checker.getAliasedSymbol(symbol);
}

export function ofSymbol(symbol: ts.Symbol | undefined, context: ConcernContext): string | null {
  for (const declaration of symbol?.declarations ?? []) {
    const found = ofFile(declaration.getSourceFile(), context);
    if (found !== null) return found;
  }
  return null;
}

function ofFile(file: ts.SourceFile | undefined, { packageAt }: ConcernContext): string | null {
  return file === undefined ? null : packageAt(file.fileName);
}

const DEEPEST = 3;
const WIDEST = 20;
