import type { Fact, FactKind } from "./fact.ts";
import { changeOf, type Fates, type Propagation } from "./fates.ts";
import { rankOf } from "./rank.ts";
import { staysAttached } from "./rules/partition-index.ts";
import { wholeOf } from "./slots.ts";

export type Verb = "drop" | "create" | "change" | "finish";

/** One thing to do: it makes, changes or takes away one fact, and the parts that go with it. */
export interface Node {
  readonly verb: Verb;
  readonly fact: Fact;
  /** The facts that it stands for, its own first. */
  readonly members: Fact[];
}

export interface Nodes {
  readonly list: readonly Node[];
  /** The number of the node that does something to a fact. */
  find(verb: Verb, key: string): number | undefined;
}

/** Parts that have to be taken out of the way of a circle, and are dropped or created by themselves. */
export type Separated = ReadonlySet<string>;

/** Dropping one of these does not take its parts along. */
const HOLDS_ON: ReadonlySet<FactKind> = new Set(["foreign data wrapper", "foreign server", "operator family", "grant"]);

export function nodesOf(propagation: Propagation, separated: Separated): Nodes {
  const { live, target, fates, context, ruleOf } = propagation;
  const roots = new Map<string, Node>();
  const list: Node[] = [];
  const member = (verb: Verb, fact: Fact, root: Fact): void => {
    const id = `${verb} ${root.key}`;
    let node = roots.get(id);
    if (node === undefined) {
      node = { verb, fact: root, members: [root] };
      roots.set(id, node);
      list.push(node);
    }
    if (fact !== root) {
      node.members.push(fact);
      roots.set(`${verb} ${fact.key}`, node);
    }
  };
  for (const [key, fate] of fates) {
    if (isDestroyed(fate)) {
      const fact = live.facts.get(key)!;
      member("drop", fact, dropRoot(fact, propagation, separated));
    }
    if (isMade(fate)) {
      const fact = target.facts.get(key)!;
      member("create", fact, createRoot(fact, propagation, separated));
      if (ruleOf(fact).finish?.(fact, context) !== undefined) member("finish", fact, fact);
    }
    if (fate === "changed") {
      const fact = target.facts.get(key)!;
      member("change", fact, fact);
      const change = changeOf(key, propagation);
      if (change !== "replace" && change.finish !== undefined) member("finish", fact, fact);
    }
  }
  list.sort((a, b) => compareTuples(rankOf(a), rankOf(b)));
  const numbers = new Map(list.map((node, index) => [node, index]));
  return {
    list,
    find: (verb, key) => {
      const node = roots.get(`${verb} ${key}`);
      return node && numbers.get(node);
    },
  };
}

export function isDestroyed(fate: ReturnType<Fates["get"]>): boolean {
  return fate === "dropped" || fate === "replaced";
}

export function isMade(fate: ReturnType<Fates["get"]>): boolean {
  return fate === "created" || fate === "replaced";
}

export function separatedKey(verb: Verb, key: string): string {
  return `${verb} ${key}`;
}

/** What is dropped so that this fact goes with it. */
function dropRoot(fact: Fact, propagation: Propagation, separated: Separated): Fact {
  const { live, fates } = propagation;
  if (separated.has(separatedKey("drop", fact.key))) return fact;
  for (const key of fact.parents) {
    const parent = live.facts.get(key);
    if (parent === undefined || HOLDS_ON.has(parent.kind) || !isDestroyed(fates.get(key))) continue;
    if (key === wholeOf(fact) && leavesFirst(fact, propagation)) continue;
    return dropRoot(parent, propagation, separated);
  }
  return typeOf(fact, propagation) ?? fact;
}

/** Whether a part of an index goes along with a table that leaves the whole one. */
export function leavesFirst(part: Fact, propagation: Propagation): boolean {
  return wholeOf(part) !== undefined && !staysAttached(part, propagation);
}

/** The base type that a function serves: neither can be dropped without the other. */
function typeOf({ kind, key }: Fact, { live, fates }: Propagation): Fact | undefined {
  if (kind !== "function") return undefined;
  return [...live.needs(key)]
    .filter((need) => isDestroyed(fates.get(need)) && live.needs(need).has(key))
    .map((need) => live.facts.get(need)!)
    .find((need) => need.kind === "base type");
}

/** What is created so that this fact comes with it. */
export function createRoot(fact: Fact, propagation: Propagation, separated: Separated): Fact {
  const { target, fates, ruleOf } = propagation;
  if (separated.has(separatedKey("create", fact.key))) return fact;
  for (const key of fact.parents) {
    const parent = target.facts.get(key);
    if (parent === undefined || !isMade(fates.get(key)) || !ruleOf(parent).absorbs?.(fact, parent)) continue;
    return createRoot(parent, propagation, separated);
  }
  return fact;
}

function compareTuples(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at]!, b[at]!];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
