import type ts from "typescript";
import type { TypeScript } from "./typescript-api.ts";

/** A statement at the top of a block that declares names. */
export interface Declaration {
  readonly names: readonly string[];
  readonly statement: ts.Statement;
}

/** The declarations at the top of a block, in order. */
export function topDeclarations(file: ts.SourceFile, api: TypeScript): readonly Declaration[] {
  return file.statements.flatMap((statement) => {
    const names = [...namesDeclaredBy(statement, api)].map(({ text }) => text);
    return names.length === 0 ? [] : [{ names, statement }];
  });
}

/** The identifiers that a node declares in the scope it stands in. */
export function namesDeclaredBy(node: ts.Node, api: TypeScript): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (child: ts.Node): void => {
    const name = declaredName(child, api);
    if (name !== null) found.push(name);
    if (!isScope(child, api)) api.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

/** Names that code uses and does not declare, in order of first use; those of the language itself are among them. */
export function freeNames(root: ts.Node, api: TypeScript): ReadonlySet<string> {
  const free = new Set<string>();
  visitScope(root, [], { free, api });
  return free;
}

interface Walk {
  readonly free: Set<string>;
  readonly api: TypeScript;
}

function visitScope(scope: ts.Node, outer: readonly ReadonlySet<string>[], walk: Walk): void {
  const { api } = walk;
  const declared = new Set<string>();
  api.forEachChild(scope, (child) => {
    for (const { text } of namesDeclaredBy(child, api)) declared.add(text);
  });
  const scopes = [declared, ...outer];
  const visit = (node: ts.Node): void => {
    if (api.isIdentifier(node) && isReference(node, api)) {
      if (!scopes.some((names) => names.has(node.text))) walk.free.add(node.text);
      return;
    }
    if (isScope(node, api)) visitScope(node, scopes, walk);
    else api.forEachChild(node, visit);
  };
  api.forEachChild(scope, visit);
}

function declaredName(node: ts.Node, api: TypeScript): ts.Identifier | null {
  if (!DECLARING.some((is) => api[is](node))) return null;
  const { name } = node as ts.Node & { readonly name?: ts.Node };
  return name !== undefined && api.isIdentifier(name) ? name : null;
}

function isScope(node: ts.Node, api: TypeScript): boolean {
  return SCOPES.some((is) => api[is](node));
}

/** Whether an identifier stands for something, rather than naming a member, a label or a declaration. */
function isReference(node: ts.Identifier, api: TypeScript): boolean {
  const { parent } = node;
  if (api.isShorthandPropertyAssignment(parent)) return parent.name === node;
  if (api.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === node;
  if (api.isImportSpecifier(parent) || api.isLabeledStatement(parent)) return false;
  if (api.isBreakOrContinueStatement(parent) || api.isMetaProperty(parent)) return false;
  if (api.isJsxAttribute(parent)) return false;
  if (api.isQualifiedName(parent)) return parent.left === node;
  if (api.isBindingElement(parent)) return parent.initializer === node;
  // A name of anything else is a declaration or a member.
  return (parent as { readonly name?: ts.Node }).name !== node && !isIntrinsicTag(node, api);
}

function isIntrinsicTag(node: ts.Identifier, api: TypeScript): boolean {
  const { parent } = node;
  const isTag =
    api.isJsxOpeningElement(parent) ||
    api.isJsxSelfClosingElement(parent) ||
    api.isJsxClosingElement(parent);
  return isTag && /^[a-z]/.test(node.text);
}

const DECLARING = [
  "isVariableDeclaration",
  "isBindingElement",
  "isParameter",
  "isFunctionDeclaration",
  "isFunctionExpression",
  "isClassLike",
  "isInterfaceDeclaration",
  "isTypeAliasDeclaration",
  "isEnumDeclaration",
  "isModuleDeclaration",
  "isImportClause",
  "isNamespaceImport",
  "isImportSpecifier",
  "isImportEqualsDeclaration",
  "isTypeParameterDeclaration",
] as const;
const SCOPES = [
  "isSourceFile",
  "isFunctionLike",
  "isBlock",
  "isForStatement",
  "isForInStatement",
  "isForOfStatement",
  "isCatchClause",
  "isClassLike",
  "isModuleBlock",
  "isCaseBlock",
  "isInterfaceDeclaration",
  "isTypeAliasDeclaration",
  "isMappedTypeNode",
  "isConditionalTypeNode",
] as const;
