import type { Node, Parent, Root } from "mdast";

/**
 * The nodes of a tree by type, each list in document order.
 *
 * One walk serves everyone who asks for the same tree; the answer is dropped together with it.
 */
export function nodesByType(root: Root): ReadonlyMap<string, readonly Node[]> {
  const known = WALKED.get(root);
  if (known !== undefined) return known;
  const nodes = walk(root);
  WALKED.set(root, nodes);
  return nodes;
}

/** Iterative, so that no depth of nesting can overflow the stack. */
function walk(root: Root): ReadonlyMap<string, readonly Node[]> {
  const byType = new Map<string, Node[]>();
  const stack: Node[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const list = byType.get(node.type);
    if (list === undefined) byType.set(node.type, [node]);
    else list.push(node);
    if (!("children" in node)) continue;
    const { children } = node as Parent;
    for (let index = children.length - 1; index >= 0; index -= 1) {
      stack.push(children[index] as Node);
    }
  }
  return byType;
}

const WALKED = new WeakMap<Root, ReadonlyMap<string, readonly Node[]>>();
