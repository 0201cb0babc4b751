export interface TreeNode {
  readonly id: number;
  readonly parent_id: number | null;
  readonly start_date: string;
  readonly end_date: string | null;
}

export interface TreeRow<Node extends TreeNode> {
  readonly node: Node;
  readonly depth: number;
  /** Where its bar begins and how long it is, as shares of the family's time. */
  readonly from: number;
  readonly share: number;
}

/** A family in the order in which it is read, each child below its parent, with what part of the time each took. */
export function treeRows<Node extends TreeNode>(nodes: readonly Node[], root: number, now: number): TreeRow<Node>[] {
  const starts = nodes.map(({ start_date: start }) => Date.parse(start));
  const ends = nodes.map(({ end_date: end }) => (end === null ? now : Date.parse(end)));
  const first = Math.min(...starts);
  const span = Math.max(1, Math.max(...ends) - first);
  const children = new Map<number | null, Node[]>();
  for (const node of nodes) {
    if (node.id !== root) children.set(node.parent_id, [...(children.get(node.parent_id) ?? []), node]);
  }
  const rows: TreeRow<Node>[] = [];
  const seen = new Set<number>();
  // Deep families are walked without recursion; those that go in a circle, once.
  const waiting = nodes.filter(({ id }) => id === root).map((node) => ({ node, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    const start = Date.parse(node.start_date);
    const end = node.end_date === null ? now : Date.parse(node.end_date);
    rows.push({ node, depth, from: (start - first) / span, share: Math.max(0, end - start) / span });
    const below = (children.get(node.id) ?? []).toSorted((a, b) => Date.parse(b.start_date) - Date.parse(a.start_date));
    for (const child of below) waiting.push({ node: child, depth: depth + 1 });
  }
  return rows;
}
