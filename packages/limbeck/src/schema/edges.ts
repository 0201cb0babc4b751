import { aloneSteps } from "./alone-steps.ts";
import { descentSteps, wholesAbove } from "./descent.ts";
import { changeOf, HELD, type Propagation } from "./fates.ts";
import type { Edge } from "./graph.ts";
import { isDestroyed, isMade, type Nodes, type Verb } from "./nodes.ts";
import type { Finish } from "./rules/rule.ts";
import { loggingSteps } from "./logging.ts";
import { rightsSteps } from "./rights-order.ts";
import { heldColumns } from "./rules/type-swap.ts";
import type { Side } from "./side.ts";
import { slotsOf, successorsOf, wholeOf } from "./slots.ts";

/** Why one step comes before another, so that a circle can be opened. */
export interface Reason {
  readonly before: { readonly verb: Verb; readonly key: string };
  readonly after: { readonly verb: Verb; readonly key: string };
  /** Only better so: what it keeps in order works otherwise too, if functions are not checked. */
  readonly soft?: boolean;
}

export type Step = Reason["before"];

/** What has to come before what: from the dependencies of both sides, from names, and from function bodies. */
export function edgesOf(nodes: Nodes, propagation: Propagation): Edge<Reason>[] {
  const edges: Edge<Reason>[] = [];
  const seen = new Set<number>();
  const connect = (before: Step, after: Step, soft = false): void => {
    const [from, to] = [nodes.find(before.verb, before.key), nodes.find(after.verb, after.key)];
    if (from === undefined || to === undefined || from === to) return;
    const id = from * nodes.list.length + to;
    if (seen.has(id) && soft) return;
    seen.add(id);
    edges.push({ before: from, after: to, reason: soft ? { before, after, soft } : { before, after } });
  };
  const special = specialChanges(propagation);
  liveEdges(propagation, special, connect);
  targetEdges(propagation, special, connect);
  nameEdges(propagation, connect);
  finishEdges(propagation, connect);
  castEdges(propagation, connect);
  for (const { before, after } of [
    ...rightsSteps(propagation),
    ...loggingSteps(propagation),
    ...descentSteps(propagation),
    ...aloneSteps(propagation),
  ])
    connect(before, after);
  bodyEdges(propagation, connect);
  return edges;
}

type Connect = (before: Step, after: Step, soft?: boolean) => void;

const step = (verb: Verb, key: string): Step => ({ verb, key });

/** Changes that stand to others in a way of their own. */
interface Special {
  readonly unrelated: ReadonlySet<string>;
  readonly first: ReadonlySet<string>;
  /** The columns that are altered along, by the key of what changes. */
  readonly touched: ReadonlyMap<string, readonly string[]>;
}

function specialChanges(propagation: Propagation): Special {
  const [unrelated, first] = [new Set<string>(), new Set<string>()];
  const touched = new Map<string, readonly string[]>();
  for (const [key, fate] of propagation.fates) {
    if (fate === "replaced" && HELD.has(propagation.live.facts.get(key)!.kind)) {
      const held = heldColumns(propagation.live.facts.get(key)!, propagation.context);
      touched.set(
        key,
        held.map((column) => column.key),
      );
    }
    if (fate !== "changed") continue;
    const change = changeOf(key, propagation);
    if (change === "replace") continue;
    if (change.unrelated) unrelated.add(key);
    if (change.first) first.add(key);
    if (change.touches !== undefined) touched.set(key, change.touches);
  }
  return { unrelated, first, touched };
}

/** Old dependents go, or let go, before what they stand on does or changes. */
function liveEdges(propagation: Propagation, { unrelated, first, touched }: Special, connect: Connect): void {
  const { live, target, fates } = propagation;
  for (const [key, fate] of fates) {
    if (fate === "created") continue;
    const isGone = isDestroyed(fate);
    for (const other of [
      ...live.neededBy(key),
      ...(touched.get(key) ?? []).flatMap((column) => [...live.neededBy(column)]),
    ]) {
      const otherFate = fates.get(other);
      if (isDestroyed(otherFate)) {
        if (isGone) connect(step("drop", other), step("drop", key));
        else if (first.has(key) && !refersTo(key, other, live)) connect(step("change", key), step("drop", other));
        else if (first.has(key)) connect(step("drop", other), step("change", key));
        else if (fate === "changed" && !unrelated.has(key)) connect(step("drop", other), step("change", key));
      } else if (first.has(key)) {
        if (otherFate === "changed") connect(step("change", key), step("change", other));
      } else if (otherFate === "changed" && !target.needs(other).has(key) && !isPartOfWhole(key, other, live)) {
        if (isGone) connect(step("change", other), step("drop", key));
        else if (fate === "changed" && !unrelated.has(key)) connect(step("change", other), step("change", key));
      }
    }
  }
}

/** Whether a foreign key of another table refers to a partition, which would not leave rows behind that are referred to. */
function refersTo(partition: string, key: string, { facts }: Side): boolean {
  const { parents, attributes } = facts.get(key)!;
  return attributes["type"] === "foreign key" && !parents.includes(partition);
}

/** Whether a partition has something from a table above, and so loses it with that. */
function isPartOfWhole(key: string, partition: string, side: Side): boolean {
  return wholesAbove(partition, side).some((whole) => side.facts.get(key)!.parents.includes(whole));
}

/** New dependents come after what they stand on. */
function targetEdges(propagation: Propagation, { unrelated, first, touched }: Special, connect: Connect): void {
  const { target, fates, ruleOf } = propagation;
  for (const [key, fate] of fates) {
    if (fate === "dropped") continue;
    const isAnnounced = ruleOf(target.facts.get(key)!).isAnnounced === "by name";
    for (const other of [
      ...target.neededBy(key),
      ...(touched.get(key) ?? []).flatMap((column) => [...target.neededBy(column)]),
    ]) {
      const serves = isAnnounced && target.needs(key).has(other);
      const before = isMade(fate) ? step(isAnnounced && !serves ? "finish" : "create", key) : step("change", key);
      const otherFate = fates.get(other);
      if (isMade(otherFate)) {
        if (ruleOf(target.facts.get(other)!).isAnnounced !== undefined && target.facts.get(key)!.kind !== "schema")
          continue;
        if (wholeOf(target.facts.get(other)!) === key) partEdge(other, key, propagation, connect);
        else if (fate !== "changed" || !unrelated.has(key) || first.has(key)) connect(before, step("create", other));
      } else if (
        otherFate === "changed" &&
        !isForTheEnd(key, other, propagation) &&
        (fate !== "changed" || !unrelated.has(key) || first.has(key))
      ) {
        connect(before, step("change", other));
      }
    }
  }
}

/** Whether one needs the other only when it is finished, and can be used before. */
function isForTheEnd(need: string, key: string, propagation: Propagation): boolean {
  const isUsed = propagation.ruleOf(propagation.target.facts.get(key)!).isAnnounced === "for use";
  return isUsed && finishOf(key, propagation)?.needs.includes(need) === true;
}

/**
 * An index of a partition that PostgreSQL would not name like this has to be there when the whole one comes, which
 * then takes it in.
 */
function partEdge(part: string, whole: string, { target, context }: Propagation, connect: Connect): void {
  const fact = target.facts.get(part)!;
  if (fact.kind === "trigger" || context.isImplied(fact)) connect(step("create", whole), step("create", part));
  else connect(step("create", part), step("create", whole));
}

/** What casts a value needs, as far as the catalogs know, the cast's function alone. */
function castEdges({ live, target, fates }: Propagation, connect: Connect): void {
  for (const [key, fate] of fates) {
    if (isDestroyed(fate) && live.facts.get(key)!.kind === "cast") {
      for (const user of usersOf(key, live)) connect(step("drop", user), step("drop", key));
    }
    if (isMade(fate) && target.facts.get(key)!.kind === "cast") {
      for (const user of usersOf(key, target))
        for (const verb of ["create", "change"] as const) connect(step("create", key), step(verb, user));
    }
  }
}

function usersOf(cast: string, side: Side): string[] {
  const called = [...side.needs(cast)].filter((need) => side.facts.get(need)!.kind === "function");
  const isOthers = (key: string, user: string): boolean =>
    user !== cast && !side.facts.get(user)!.parents.includes(key);
  return called.flatMap((key) => [...side.neededBy(key)].filter((user) => isOthers(key, user)));
}

/** A name is free once what has it is gone. */
function nameEdges({ live, target, fates }: Propagation, connect: Connect): void {
  const freed = new Map<string, Step[]>();
  for (const [key, fate] of fates) {
    if (fate === "replaced") connect(step("drop", key), step("create", key));
    if (isDestroyed(fate))
      for (const successor of successorsOf(key, fates)) connect(step("drop", key), step("create", successor));
    if (fate === "created") continue;
    const verb = isDestroyed(fate) ? "drop" : "change";
    for (const slot of slotsOf(live.facts.get(key)!)) freed.set(slot, [...(freed.get(slot) ?? []), step(verb, key)]);
  }
  for (const [key, fate] of fates) {
    if (fate === "dropped") continue;
    const verb = isMade(fate) ? "create" : "change";
    for (const slot of slotsOf(target.facts.get(key)!)) {
      for (const before of freed.get(slot) ?? []) {
        if (before.key !== key && !(before.verb === "change" && keepsSlot(before.key, slot)))
          connect(before, step(verb, key));
      }
    }
  }
  function keepsSlot(key: string, slot: string): boolean {
    return slotsOf(target.facts.get(key)!).includes(slot);
  }
}

function finishEdges(propagation: Propagation, connect: Connect): void {
  for (const key of propagation.fates.keys()) {
    const finish = finishOf(key, propagation);
    if (finish === undefined) continue;
    connect(step("create", key), step("finish", key));
    connect(step("change", key), step("finish", key));
    for (const need of finish.needs) {
      connect(step("create", need), step("finish", key));
      connect(step("change", need), step("finish", key));
      connect(step("finish", need), step("finish", key));
    }
  }
}

/** What is still to be done when a fact has been created or changed. */
export function finishOf(key: string, propagation: Propagation): Finish | undefined {
  const { target, fates, context, ruleOf } = propagation;
  const fate = fates.get(key);
  if (fate === "changed") {
    const change = changeOf(key, propagation);
    return change === "replace" ? undefined : change.finish;
  }
  const fact = target.facts.get(key);
  return isMade(fate) && fact !== undefined ? ruleOf(fact).finish?.(fact, context) : undefined;
}

/**
 * What a function says in a text of its own language PostgreSQL does not follow, but reads when the function is made.
 * So it had better come after all that is new and that it mentions.
 */
function bodyEdges({ target, fates }: Propagation, connect: Connect): void {
  const news = new Map<string, string[]>();
  for (const [key, fate] of fates) {
    if (!isMade(fate)) continue;
    const { kind, identity } = target.facts.get(key)!;
    if (MENTIONED.has(kind)) news.set(identity.name, [...(news.get(identity.name) ?? []), key]);
  }
  if (news.size === 0) return;
  for (const [key, fate] of fates) {
    const body = fate === "dropped" ? undefined : target.facts.get(key)!.attributes["body"];
    if (typeof body !== "string") continue;
    const words = new Set(body.match(/[\p{L}_][\p{L}\p{N}_$]*|"(?:[^"]|"")+"/gu)?.map(unquoted));
    for (const word of words) {
      for (const other of news.get(word) ?? []) {
        connect(step("create", other), step(isMade(fate) ? "create" : "change", key), true);
      }
    }
  }
}

const MENTIONED: ReadonlySet<string> = new Set([
  "table",
  "foreign table",
  "view",
  "materialized view",
  "sequence",
  "enum",
  "domain",
  "composite type",
  "range type",
  "function",
  "procedure",
  "aggregate",
  "column",
]);

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase();
}
