import { type Identifier, isRelativeToCurrent, parseIdentifier } from "./identifier.ts";
import * as refuse from "./refuse.ts";
import { stateAt } from "./rows.ts";
import type { Scope } from "./scope.ts";
import type { Structure } from "./structure.ts";
import { both, branch, line, type Marks, reach, tips } from "./walk.ts";

/** A place in the history that an identifier names. */
export interface Place {
  /** The revisions named, in file order; none: below everything. */
  readonly at: readonly number[];
  /** What a downgrade to here begins to undo; when absent, all that is above `at`. */
  readonly above?: () => Marks;
}

/**
 * Finds what an identifier names. Throws TARGET_INVALID, REVISION_NOT_FOUND, REVISION_AMBIGUOUS, MULTIPLE_HEADS,
 * RELATIVE_OUT_OF_RANGE, RELATIVE_AMBIGUOUS, and what `scope.state` throws.
 */
export function locate(scope: Scope, text: string): Place {
  const identifier = parseIdentifier(text);
  const { label, symbol = "current", offset } = identifier;
  const labelled = label === undefined ? undefined : find(scope, label);
  if (isRelativeToCurrent(identifier)) return fromCurrent(scope, identifier, labelled);
  if (offset === undefined) return named(scope, identifier, symbol, labelled);
  return fromNamed(scope, identifier, symbol, offset, labelled);
}

function named(scope: Scope, { label }: Identifier, symbol: string, labelled: number | undefined): Place {
  const { structure } = scope;
  const { children } = structure;
  const onLine = labelled === undefined ? undefined : line(structure, labelled);
  switch (symbol) {
    case "base":
      return labelled === undefined ? { at: [] } : { at: [], above: () => branch(structure, labelled) };
    case "current": {
      const { applied, rows } = scope.state();
      return narrowed(structure, onLine ? tips(both(applied, onLine), children) : rows, onLine);
    }
    case "head":
    case "heads": {
      const heads = headsOf(structure).filter((head) => onLine === undefined || onLine[head] === 1);
      if (symbol === "head" && heads.length > 1) throw refuse.multipleHeads(scope, label, heads);
      return narrowed(structure, heads, onLine);
    }
    default: {
      const place = find(scope, symbol, onLine);
      if (onLine?.[place] === 0) throw refuse.notOnLine(scope, label!, structure.infos[place]!.revision);
      return narrowed(structure, [place], onLine);
    }
  }
}

/** With a label, a downgrade undoes what is above on the labelled line, and leaves its siblings. */
function narrowed({ children }: Structure, at: readonly number[], onLine: Marks | undefined): Place {
  return onLine === undefined ? { at } : { at, above: () => both(strictlyAbove(at, children), onLine) };
}

/** The descendants of these revisions, over down revisions, without themselves. */
export function strictlyAbove(at: readonly number[], children: Structure["children"]): Marks {
  const marks = reach(at, children);
  for (const place of at) marks[place] = 0;
  return marks;
}

/** The revisions that no other names as its down revision, in file order. */
export function headsOf({ children }: Structure): number[] {
  return [...children.keys()].filter((place) => children[place]!.length === 0);
}

/** The revisions without a down revision, in file order. */
export function basesOf({ parents }: Structure): number[] {
  return [...parents.keys()].filter((place) => parents[place]!.length === 0);
}

/**
 * The one revision of this id, of this label or with this prefix, in that order. `onLine` narrows prefixes.
 * Throws REVISION_NOT_FOUND or REVISION_AMBIGUOUS.
 */
function find(scope: Scope, name: string, onLine?: Marks): number {
  const { index, labels } = scope.structure;
  const exact = index.get(name) ?? labels.get(name);
  if (exact !== undefined) return exact;
  const all = startingWith(scope.sortedIds(), name);
  const near = onLine === undefined ? [] : all.filter((id) => onLine[index.get(id)!] === 1);
  const candidates = near.length > 0 ? near : all;
  const [only] = candidates;
  if (only === undefined) throw refuse.notFound(scope.structure, name);
  if (candidates.length > 1) throw refuse.ambiguousPrefix(scope, name, candidates);
  return index.get(only)!;
}

function startingWith(sorted: readonly string[], prefix: string): string[] {
  return sorted.slice(firstFrom(sorted, prefix), firstFrom(sorted, `${prefix}\uffff`));
}

/** Where the first that is not less than `limit` is, or would be. */
function firstFrom(sorted: readonly string[], limit: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `+2`, `-1`, `left@+2`, `left@-1`. */
function fromCurrent(scope: Scope, identifier: Identifier, labelled: number | undefined): Place {
  const { structure } = scope;
  const { applied, rows } = scope.state();
  const offset = identifier.offset!;
  const lane = labelled === undefined ? undefined : line(structure, labelled);
  const own = lane === undefined ? rows : rows.filter((row) => lane[row] === 1);
  const starts = own.length > 0 || lane === undefined ? own : tips(both(applied, lane), structure.children);
  if (starts.length > 1) throw refuse.severalStarts(scope, identifier, starts);
  const [start] = starts;
  if (offset > 0) return { at: [climb(scope, identifier, nextAbove(structure, start, lane), offset, lane)] };
  if (start === undefined) throw refuse.tooFar(scope, identifier, 0);
  const { at, walked } = descend(scope, identifier, start, -offset, lane);
  if (labelled !== undefined) refuseSiblings(scope, identifier, labelled, walked);
  return { at, above: () => marked(structure, walked) };
}

/** `left@-2` may walk on into what a branch shares with others, but not while one of the others is applied. */
function refuseSiblings(scope: Scope, identifier: Identifier, labelled: number, walked: readonly number[]): void {
  const { structure } = scope;
  const { applied } = scope.state();
  const [own, onLine] = [branch(structure, labelled), line(structure, labelled)];
  for (const [done, place] of walked.entries()) {
    const sibling = structure.above[place]!.find((other) => applied[other] === 1 && onLine[other] === 0);
    if (own[place] === 0 && sibling !== undefined) throw refuse.shared(scope, identifier, done, place, sibling);
  }
}

/** `b+1`, `head-1`, `base+2`, `left@head-1`. */
function fromNamed(
  scope: Scope,
  identifier: Identifier,
  symbol: string,
  offset: number,
  labelled: number | undefined,
): Place {
  const { structure } = scope;
  const { at: starts } = named(scope, identifier, symbol, labelled);
  const [start] = starts;
  const lane = labelled === undefined ? undefined : line(structure, labelled);
  if (starts.length > 1) throw refuse.severalStarts(scope, identifier, starts);
  if (offset > 0) {
    // The first step up from `left@base` is to the lowest revision that `left@base` undoes.
    const first =
      start === undefined && labelled !== undefined
        ? tips(branch(structure, labelled), structure.parents)
        : nextAbove(structure, start, lane);
    return narrowed(structure, [climb(scope, identifier, first, offset, lane)], lane);
  }
  if (start === undefined) throw refuse.tooFar(scope, identifier, 0);
  const { at, walked } = descend(scope, identifier, start, -offset, lane);
  if (at.length > 1) throw refuse.fork(scope, identifier, walked.length - 1, at);
  return at.length > 0
    ? narrowed(structure, at, lane)
    : { at, above: () => reach(walked.slice(-1), structure.children) };
}

function nextAbove(structure: Structure, from: number | undefined, lane: Marks | undefined): number[] {
  const above = from === undefined ? basesOf(structure) : structure.children[from]!;
  return above.filter((place) => lane === undefined || lane[place] === 1);
}

/** Walks up, within `lane`, beginning with one of `first`. */
function climb(
  scope: Scope,
  identifier: Identifier,
  first: readonly number[],
  steps: number,
  lane: Marks | undefined,
): number {
  let next = first;
  for (let done = 0; ; done++) {
    if (next.length > 1) throw refuse.fork(scope, identifier, done, next);
    const [here] = next;
    if (here === undefined) throw refuse.tooFar(scope, identifier, done);
    if (done + 1 === steps) return here;
    next = nextAbove(scope.structure, here, lane);
  }
}

/** Walks down, within `lane`: where it arrives, and the revisions that it left behind. */
function descend(scope: Scope, identifier: Identifier, start: number, steps: number, lane: Marks | undefined) {
  const walked: number[] = [];
  let next: readonly number[] = [start];
  for (;;) {
    if (next.length > 1) throw refuse.fork(scope, identifier, walked.length, next);
    const [here] = next;
    if (here === undefined) throw refuse.tooFar(scope, identifier, walked.length);
    walked.push(here);
    const parents = scope.structure.parents[here]!.filter((place) => lane === undefined || lane[place] === 1);
    // A parent that is below another one is no second way.
    next = parents.length < 2 ? parents : stateAt(scope.structure, parents).rows;
    if (walked.length === steps) return { at: next, walked };
  }
}

function marked({ infos }: Structure, places: readonly number[]): Marks {
  const marks = new Uint8Array(infos.length);
  for (const place of places) marks[place] = 1;
  return marks;
}

/** The ids that a place names, in file order. */
export function idsAt({ infos }: Structure, places: Iterable<number>): string[] {
  return Array.from(places, (place) => infos[place]!.revision);
}
