import { badName, cycle, duplicateLabel, duplicateRevision, labelIsRevision, missing } from "./broken.ts";
import type { Revision, RevisionInfo } from "./revision.ts";

/** For each revision, by its place in file order, the places of others. */
export type Adjacency = readonly (readonly number[])[];

/**
 * A sound graph as plain arrays. A revision is a number here: its place in file order.
 * `parents` and `children` follow down revisions alone, `needs` dependencies, `below` and `above` both.
 */
export interface Structure<T extends RevisionInfo = RevisionInfo> {
  /** What was given, in file order. */
  readonly infos: readonly T[];
  readonly index: ReadonlyMap<string, number>;
  /** Each branch label with the revision that it is written on. */
  readonly labels: ReadonlyMap<string, number>;
  readonly parents: Adjacency;
  readonly needs: Adjacency;
  readonly children: Adjacency;
  readonly below: Adjacency;
  readonly above: Adjacency;
  /** All revisions: file order, except that what a revision stands on comes before it. */
  readonly order: readonly number[];
}

const none: readonly never[] = [];

/**
 * Checks revisions and indexes them. The order of `infos` is the file order that breaks ties.
 * Throws REVISION_ID_INVALID, REVISION_DUPLICATE, LABEL_DUPLICATE, PARENT_NOT_FOUND or REVISION_CYCLE.
 */
export function buildStructure<T extends RevisionInfo>(infos: readonly T[]): Structure<T> {
  const index = indexRevisions(infos);
  const labels = indexLabels(infos, index);
  const parents = edges(infos, "downRevision", index);
  const needs = edges(infos, "dependsOn", index, labels);
  const below = parents.map((down, place) => {
    const needed = needs[place]!;
    return needed.length === 0 && down.length < 2 ? down : inFileOrder([...down, ...needed]);
  });
  const order = parentsFirst(below, infos);
  const children = inverse(parents);
  const above = needs.every((needed) => needed.length === 0) ? children : inverse(below);
  return { infos, index, labels, parents, needs, children, below, above, order };
}

/** The normal form of one revision. */
export function revisionAt<T extends RevisionInfo>({ infos, needs }: Structure<T>, place: number): Revision<T> {
  const source = infos[place]!;
  return {
    revision: source.revision,
    downRevision: list(source.downRevision),
    branchLabels: list(source.branchLabels),
    dependsOn: Array.from(new Set(needs[place]), (needed) => infos[needed]!.revision),
    message: source.message ?? "",
    where: source.where,
    source,
  };
}

function indexRevisions(infos: readonly RevisionInfo[]): Map<string, number> {
  const index = new Map<string, number>();
  infos.forEach((info, place) => {
    if (!isName(info.revision)) throw badName(info, "revision id", info.revision);
    const earlier = index.get(info.revision);
    if (earlier !== undefined) throw duplicateRevision(infos[earlier]!, info);
    index.set(info.revision, place);
  });
  return index;
}

function indexLabels(infos: readonly RevisionInfo[], index: ReadonlyMap<string, number>): Map<string, number> {
  const labels = new Map<string, number>();
  infos.forEach((info, place) => {
    for (const label of list(info.branchLabels)) {
      if (!isName(label)) throw badName(info, "branch label", label);
      const earlier = labels.get(label);
      if (earlier !== undefined) throw duplicateLabel(label, infos[earlier]!, info);
      const namesake = index.get(label);
      if (namesake !== undefined) throw labelIsRevision(label, info, infos[namesake]!);
      labels.set(label, place);
    }
  });
  return labels;
}

/** The revisions that each names under `key`. */
function edges(
  infos: readonly RevisionInfo[],
  key: "downRevision" | "dependsOn",
  index: ReadonlyMap<string, number>,
  labels?: ReadonlyMap<string, number>,
): Adjacency {
  return infos.map((info) => {
    const names = list(info[key]);
    if (names.length === 0) return none;
    return names.map((name) => {
      const place = index.get(name) ?? labels?.get(name);
      if (place === undefined) throw missing(info, key, name, [...index.keys(), ...(labels?.keys() ?? [])]);
      return place;
    });
  });
}

const reserved: ReadonlySet<string> = new Set(["head", "heads", "base", "current"]);

function isName(name: string): boolean {
  return typeof name === "string" && /^[^@:+\-\s\p{Cc}]+$/u.test(name) && !reserved.has(name);
}

/** Depth first without recursion: a history may be 100,000 revisions deep. */
function parentsFirst(below: Adjacency, infos: readonly RevisionInfo[]): number[] {
  const order: number[] = [];
  const seen = new Uint8Array(below.length);
  const [onPath, done] = [1, 2];
  for (let start = 0; start < below.length; start++) {
    if (seen[start] === done) continue;
    const path = [start];
    const tried = [0];
    seen[start] = onPath;
    while (path.length > 0) {
      const top = path.length - 1;
      const here = path[top]!;
      const next = below[here]![tried[top]!++];
      if (next === undefined) {
        seen[here] = done;
        order.push(here);
        path.pop();
        tried.pop();
      } else if (seen[next] === onPath) {
        throw cycle(path.slice(path.indexOf(next)).map((place) => infos[place]!));
      } else if (seen[next] !== done) {
        seen[next] = onPath;
        path.push(next);
        tried.push(0);
      }
    }
  }
  return order;
}

function inverse(adjacency: Adjacency): Adjacency {
  const inverted: (number[] | undefined)[] = Array.from({ length: adjacency.length });
  adjacency.forEach((others, place) => {
    for (const other of others) (inverted[other] ??= []).push(place);
  });
  return inverted.map((others) => others ?? none);
}

type Names = string | readonly string[] | null | undefined;

/** Without repeats. */
export function list(names: Names): readonly string[] {
  if (names === null || names === undefined) return none;
  return typeof names === "string" ? [names] : [...new Set(names)];
}

function inFileOrder(places: readonly number[]): readonly number[] {
  return [...new Set(places)].toSorted((a, b) => a - b);
}
