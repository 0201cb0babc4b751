import { type Adjacency, list, type Structure } from "./structure.ts";

/** A set of revisions: 1 at each member's place in file order. */
export type Marks = Uint8Array;

/** `starts` and everything reached from them, never leaving `within`. */
export function reach(starts: Iterable<number>, edges: Adjacency, within?: Marks): Marks {
  const marks = new Uint8Array(edges.length);
  const waiting: number[] = [];
  const visit = (place: number) => {
    if (marks[place] === 1 || within?.[place] === 0) return;
    marks[place] = 1;
    waiting.push(place);
  };
  for (const start of starts) visit(start);
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) edges[here]!.forEach(visit);
  return marks;
}

/** The members of a set, in file order. */
export function members(marks: Marks): number[] {
  const places: number[] = [];
  for (let place = marks.indexOf(1); place !== -1; place = marks.indexOf(1, place + 1)) places.push(place);
  return places;
}

/** Those that are in `marks`, and of which nothing that `edges` leads to is. */
export function tips(marks: Marks, edges: Adjacency): number[] {
  return members(marks).filter((place) => edges[place]!.every((next) => marks[next] === 0));
}

export function both(a: Marks, b: Marks): Marks {
  return a.map((mark, place) => mark & b[place]!);
}

export function either(a: Marks, b: Marks): Marks {
  return a.map((mark, place) => mark | b[place]!);
}

export function without(a: Marks, b: Marks): Marks {
  return a.map((mark, place) => (b[place] === 1 ? 0 : mark));
}

/** Its ancestors, itself and its descendants, over down revisions: what `label@…` may name. */
export function line(structure: Structure, place: number): Marks {
  return either(reach([place], structure.parents), reach([place], structure.children));
}

/**
 * The revisions that belong to a branch and to no sibling of it: the labelled one, its descendants, and what
 * lies under it down to the next place where lines part or join. `label@base` undoes these.
 */
export function branch(structure: Structure, place: number): Marks {
  let lowest = place;
  for (let parent = plainParent(structure, lowest); parent !== undefined; parent = plainParent(structure, lowest)) {
    lowest = parent;
  }
  return reach([lowest], structure.children);
}

/** The parent that shares the labels of a revision: the only one of an only child. */
function plainParent(structure: Structure, place: number): number | undefined {
  const parent = structure.parents[place]![0];
  return parent !== undefined && isPlain(structure, place) && isPlain(structure, parent) ? parent : undefined;
}

/** Neither a branch point nor a merge: such a revision is on one line only. */
function isPlain({ parents, children }: Structure, place: number): boolean {
  return parents[place]!.length < 2 && children[place]!.length < 2;
}

/** The labels that each revision carries, sorted: those of every branch that it belongs to. */
export function carriedLabels(structure: Structure): readonly (readonly string[])[] {
  const { infos, parents, order } = structure;
  const carried: (readonly string[])[] = [];
  if (infos.every(({ branchLabels }) => list(branchLabels).length === 0)) return infos.map(() => []);
  for (const place of order) {
    const own = list(infos[place]!.branchLabels);
    const inherited = parents[place]!.map((parent) => carried[parent]!);
    const [only] = inherited;
    carried[place] =
      own.length === 0 && only && inherited.length === 1
        ? only
        : [...new Set([...own, ...inherited.flat()])].toSorted();
  }
  for (const place of order.toReversed()) {
    const parent = plainParent(structure, place);
    if (parent !== undefined) carried[parent] = carried[place]!;
  }
  return carried;
}
