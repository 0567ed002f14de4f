/** A stretch of text with one owner. Joined to its neighbour where both are alike. */
export interface Run {
  /** Id of the edit that inserted it; undefined for text that was there before. */
  readonly owner: string | undefined;
  /** UTF-16 code units. */
  readonly length: number;
  /** It was removed once and came back by undo, paste or move, so it no longer counts as kept. */
  readonly restored: boolean;
}

/**
 * A node of a treap ordered by place in the text: a binary tree that random priorities keep shallow, so that cutting
 * and joining at any offset costs the logarithm of the number of runs.
 */
export interface SpanNode {
  readonly owner: string | undefined;
  readonly restored: boolean;
  readonly priority: number;
  length: number;
  /** Of the whole subtree. */
  total: number;
  left: SpanNode | undefined;
  right: SpanNode | undefined;
}

export type SpanTree = SpanNode | undefined;

export function totalOf(tree: SpanTree): number {
  return tree === undefined ? 0 : tree.total;
}

export function isAlike(node: SpanNode, run: Run): boolean {
  return node.owner === run.owner && node.restored === run.restored;
}

/** The two trees as one, in order. Takes both over. */
export function concatenate(left: SpanTree, right: SpanTree): SpanTree {
  if (left === undefined) return right;
  if (right === undefined) return left;
  if (left.priority > right.priority) {
    left.right = concatenate(left.right, right);
    return summed(left);
  }
  right.left = concatenate(left, right.left);
  return summed(right);
}

/** Cuts at an offset, in the middle of a run if need be. Takes the tree over. */
export function cut(tree: SpanTree, offset: number, priority: () => number): [SpanTree, SpanTree] {
  if (tree === undefined) return [undefined, undefined];
  const start = totalOf(tree.left);
  const end = start + tree.length;
  if (offset <= start) {
    const [left, right] = cut(tree.left, offset, priority);
    tree.left = right;
    return [left, summed(tree)];
  }
  if (offset >= end) {
    const [left, right] = cut(tree.right, offset - end, priority);
    tree.right = left;
    return [summed(tree), right];
  }
  const rest = leaf({ owner: tree.owner, length: end - offset, restored: tree.restored }, priority());
  const after = concatenate(rest, tree.right);
  tree.right = undefined;
  tree.length = offset - start;
  return [summed(tree), after];
}

export function leaf({ owner, length, restored }: Run, priority: number): SpanNode {
  return { owner, restored, priority, length, total: length, left: undefined, right: undefined };
}

export function firstOf(tree: SpanNode): SpanNode {
  let node = tree;
  while (node.left) node = node.left;
  return node;
}

export function lastOf(tree: SpanNode): SpanNode {
  let node = tree;
  while (node.right) node = node.right;
  return node;
}

/** Makes the last run longer. */
export function lengthenLast(tree: SpanNode, by: number): void {
  let node: SpanTree = tree;
  while (node) {
    node.total += by;
    if (!node.right) node.length += by;
    node = node.right;
  }
}

/** Calls `visit` for every run that has a part between two offsets, with the offset the run starts at. */
export function visit(
  tree: SpanTree,
  from: number,
  to: number,
  visitNode: (node: SpanNode, start: number) => void,
  base = 0,
): void {
  if (tree === undefined || to <= base || from >= base + tree.total) return;
  const start = base + totalOf(tree.left);
  visit(tree.left, from, to, visitNode, base);
  if (start < to && start + tree.length > from) visitNode(tree, start);
  visit(tree.right, from, to, visitNode, start + tree.length);
}

function summed(node: SpanNode): SpanNode {
  node.total = totalOf(node.left) + node.length + totalOf(node.right);
  return node;
}
