/** An edge says that its first node comes before its second, and what for. */
export interface Edge<Reason> {
  readonly before: number;
  readonly after: number;
  readonly reason: Reason;
}

/** The groups of nodes that wait for one another in a circle. */
export function cyclesOf(size: number, edges: readonly Edge<unknown>[]): number[][] {
  const next = adjacency(size, edges);
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const cycles: number[][] = [];
  let counter = 0;
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue;
    // Tarjan's algorithm with a stack of its own: a long chain of views would overflow JavaScript's.
    const work: { node: number; at: number }[] = [{ node: root, at: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1)!;
      const { node } = frame;
      if (frame.at === 0) {
        index[node] = low[node] = counter++;
        stack.push(node);
        onStack[node] = 1;
      }
      const target = next[node]![frame.at++];
      if (target !== undefined) {
        if (index[target] === -1) work.push({ node: target, at: 0 });
        else if (onStack[target] === 1) low[node] = Math.min(low[node]!, index[target]!);
        continue;
      }
      work.pop();
      const above = work.at(-1);
      if (above !== undefined) low[above.node] = Math.min(low[above.node]!, low[node]!);
      if (low[node] !== index[node]) continue;
      const members = stack.splice(stack.lastIndexOf(node));
      for (const member of members) onStack[member] = 0;
      if (members.length > 1) cycles.push(members);
    }
  }
  return cycles;
}

/** Kahn's sort. Of the nodes that could come next, the first one comes: nodes are numbered in the order to prefer. */
export function sorted(size: number, edges: readonly Edge<unknown>[]): number[] {
  const next = adjacency(size, edges);
  const waiting = new Int32Array(size);
  for (const { after } of edges) waiting[after]!++;
  const ready: number[] = [];
  for (let node = size - 1; node >= 0; node--) if (waiting[node] === 0) ready.push(node);
  const order: number[] = [];
  // `ready` is kept in descending order, so that the first comes off its end.
  while (ready.length > 0) {
    const node = ready.pop()!;
    order.push(node);
    for (const target of next[node]!) if (--waiting[target]! === 0) ready.splice(placeOf(target, ready), 0, target);
  }
  return order;
}

function placeOf(node: number, descending: readonly number[]): number {
  let [low, high] = [0, descending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (descending[middle]! > node) low = middle + 1;
    else high = middle;
  }
  return low;
}

function adjacency(size: number, edges: readonly Edge<unknown>[]): number[][] {
  const next: number[][] = Array.from({ length: size }, () => []);
  for (const { before, after } of edges) next[before]!.push(after);
  return next;
}
