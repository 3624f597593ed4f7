import type { ListItem, Node, Parent, Root } from "mdast";

/**
 * Gives the paragraph of a task the start that remark gives it, where the native engine has another.
 *
 * Where the text of a task starts with markup, remark leaves the paragraph's start at the check box.
 */
export function alignTaskItems(tree: Root, text: string): Root {
  if (!BOX_BEFORE_MARKUP.test(text)) return tree;
  const stack: Node[] = [tree];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === "listItem") alignItem(node as ListItem, text);
    if ("children" in node) stack.push(...(node as Parent).children);
  }
  return tree;
}

function alignItem({ checked, children: [first] }: ListItem, text: string): void {
  if (typeof checked !== "boolean" || first?.type !== "paragraph") return;
  const start = first.position?.start;
  if (start?.offset === undefined || first.children[0]?.type === "text") return;
  if (!/^\[[ \txX]\][ \t]$/.test(text.slice(start.offset - BOX_LENGTH, start.offset))) return;
  start.offset -= BOX_LENGTH;
  start.column -= BOX_LENGTH;
}

/** `[x] ` */
const BOX_LENGTH = 4;
const BOX_BEFORE_MARKUP = /\[[ \txX]\][ \t][^\w\s]/;
