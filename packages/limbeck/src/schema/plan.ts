import { LimbeckError } from "../errors/limbeck-error.ts";
import { execute } from "../operations/execute.ts";
import { frozen } from "../operations/language/freeze.ts";
import type { Operation } from "../operations/operation.ts";
import { withAdoptedIndexes } from "./adopted-indexes.ts";
import { dataLossOf, type DataLoss } from "./data-loss.ts";
import { displayFact } from "./describe.ts";
import { edgesOf, finishOf, type Reason } from "./edges.ts";
import { anticipated } from "./anticipate.ts";
import { keyOf, type Fact, type Identity, type Schema } from "./fact.ts";
import { changeOf, firstFates, propagate, type Propagation } from "./fates.ts";
import { folded } from "./fold.ts";
import { withFreeMoves } from "./free-moves.ts";
import { cyclesOf, sorted, type Edge } from "./graph.ts";
import { createRoot, nodesOf, separatedKey, type Node, type Nodes } from "./nodes.ts";
import { harmlessRenames, renameCandidates } from "./rename-candidates.ts";
import { nothingToRename } from "./rename-hints.ts";
import { renameOperations } from "./rename-operations.ts";
import { renamed, type RenameHint } from "./renames.ts";
import { rightsGiven } from "./rights.ts";
import { takenBack } from "./rules/grant.ts";
import { ruleOf } from "./rules/rules.ts";
import type { RuleContext } from "./rules/rule.ts";
import { isBuiltIn } from "./rules/types.ts";
import { isImplied } from "./rules/partition-index.ts";
import { completed } from "./silence.ts";
import { sideOf, type Side } from "./side.ts";
import { withUntied } from "./untied.ts";

export interface PlanOptions {
  /** The schema that goes without saying; null to name every schema. `public` by default. */
  readonly defaultSchema?: string | null;
  /** What has another name now. Without one, what has no name on the other side is dropped, and what is new is created. */
  readonly renames?: readonly RenameHint[];
}

/** What leads from one schema to another. */
export interface Plan {
  /** In the order in which they have to run. */
  readonly operations: readonly Operation[];
  /** Where data is lost, or may be. */
  readonly dataLoss: readonly DataLoss[];
  /** What may have been renamed and is dropped and created here, since no hint says so. */
  readonly renameCandidates: readonly RenameHint[];
  /** Differences that no operation makes good. */
  readonly notExpressed: readonly string[];
}

/** The changes that make the target schema out of the live one, in an order that PostgreSQL accepts. */
export function planChanges(live: Schema, target: Schema, options: PlanOptions = {}): Plan {
  const separated = new Set<string>();
  const said = options.renames ?? [];
  const told = said.reduce(renamedOrThrow, live);
  const { defaultSchema = "public" } = options;
  const schemaNamed: RuleContext["schemaNamed"] = (name) =>
    name === null || name === defaultSchema ? undefined : name;
  const { schema: placed, operations: moves } = withFreeMoves(told, target, schemaNamed);
  const { schema: called, hints } = withHarmlessRenames(placed, target);
  const { schema: before, operations: adoptions } = withAdoptedIndexes(called, target, schemaNamed);
  const { schema: untied, operations: unties } = withUntied(before, target, schemaNamed);
  const sides = anticipated(untied, completed(untied, target));
  const propagation = propagationOf(sides.live, sides.target, schemaNamed, separated);
  propagate(propagation);
  const { order, nodes, hasUnseenNames } = ordered(propagation, separated);
  const operations = order.flatMap((number) => operationsOf(nodes.list[number]!, propagation));
  return {
    operations: [
      ...renameOperations(live, said, schemaNamed),
      ...moves,
      ...renameOperations(placed, hints, schemaNamed),
      ...adoptions,
      ...unties,
      ...folded(hasUnseenNames ? withUncheckedBodies(operations) : operations),
    ],
    dataLoss: dataLossOf(propagation),
    renameCandidates: renameCandidates(before, target),
    notExpressed: notExpressed(live, target),
  };
}

function renamedOrThrow(schema: Schema, hint: RenameHint): Schema {
  const after = renamed(schema, hint);
  if (after === schema) throw nothingToRename(hint);
  return after;
}

/** Renames what is the same in all but its name, where neither rows nor numbers can get lost over it. */
function withHarmlessRenames(live: Schema, target: Schema): { readonly schema: Schema; readonly hints: RenameHint[] } {
  const hints = harmlessRenames(live, target);
  return { schema: hints.reduce(renamed, live), hints };
}

function propagationOf(
  liveSchema: Schema,
  targetSchema: Schema,
  schemaNamed: RuleContext["schemaNamed"],
  separated: Set<string>,
): Propagation {
  const [live, target] = [sideOf(liveSchema), sideOf(targetSchema)];
  const defaults = liveSchema.facts.filter(
    ({ kind, identity }) => kind === "default privileges" && identity.name === liveSchema.user,
  );
  const fates = firstFates(liveSchema, targetSchema);
  const context: RuleContext = {
    live,
    target,
    user: liveSchema.user,
    majorVersion: liveSchema.majorVersion,
    fateOf: (key) => fates.get(key) ?? "kept",
    absorbedBy: (fact) => absorbed(fact),
    isImplied: (fact) => isImplied(fact, context),
    givenToNew: (fact) => givenToNew(fact, defaults, target),
    schema: ({ schema, relation, name }: Identity) =>
      schema !== null && isBuiltIn(relation ?? name) ? schema : schemaNamed(schema),
    at: ({ identity }) => frozen({ schema: context.schema(identity) }),
    schemaNamed,
    schemaBeside: (name, other) => (name === other ? undefined : name),
  };
  const propagation: Propagation = { live, target, fates, context, ruleOf };
  const absorbed = (fact: Fact): Fact[] =>
    target
      .partsOf(fact.key)
      .filter((part) => part.parents.includes(fact.key))
      .flatMap((part) => [part, ...absorbed(part)])
      .filter(
        (part) =>
          part !== fact && createRoot(part, propagation, separated) === createRoot(fact, propagation, separated),
      );
  return propagation;
}

/** What default privileges let others do with a new object. Who gets the object has everything of itself. */
function givenToNew(fact: Fact, defaults: readonly Fact[], target: Side): readonly Fact[] {
  if (defaults.length === 0) return [];
  const owner = target.facts.get(keyOf("owner", { ...fact.identity, on: fact.kind }))?.attributes["role"];
  return rightsGiven(fact, defaults).filter(({ identity }) => identity.role !== owner);
}

interface Ordered {
  readonly order: readonly number[];
  readonly nodes: Nodes;
  /** Some function is made before something that its body mentions. */
  readonly hasUnseenNames: boolean;
}

/** Sorts the steps; where they wait for one another in a circle, takes a part out of one, or makes something anew. */
function ordered(propagation: Propagation, separated: Set<string>): Ordered {
  for (;;) {
    const nodes = nodesOf(propagation, separated);
    const edges = edgesOf(nodes, propagation);
    const size = nodes.list.length;
    const hard = edges.filter(({ reason }) => !reason.soft);
    const cycles = cyclesOf(size, hard);
    if (cycles.length === 0) {
      const kept = withoutSoftCycles(size, edges);
      return { order: sorted(size, kept), nodes, hasUnseenNames: kept.length < edges.length };
    }
    for (const cycle of cycles) open(cycle, nodes, hard, propagation, separated);
  }
}

function withoutSoftCycles(size: number, edges: readonly Edge<Reason>[]): readonly Edge<Reason>[] {
  const cycles = cyclesOf(size, edges);
  if (cycles.length === 0) return edges;
  const circle = new Map(cycles.flatMap((cycle, index) => cycle.map((node) => [node, index] as const)));
  return edges.filter(({ before, after, reason }) => {
    const isInside = circle.has(before) && circle.get(before) === circle.get(after);
    return !(reason.soft && isInside);
  });
}

const PARTS_BY_NAME: ReadonlySet<string> = new Set([
  "constraint",
  "index",
  "statistics object",
  "trigger",
  "policy",
  "rule",
]);

/** The parts that are easiest to do by themselves, first. */
const SEPARABLE: readonly ((fact: Fact) => boolean)[] = [
  ({ kind, attributes }) => kind === "constraint" && attributes["type"] === "foreign key",
  ({ kind }) => kind === "default",
  ({ kind, attributes }) => kind === "constraint" && attributes["type"] === "check",
  ({ kind }) => PARTS_BY_NAME.has(kind),
  ({ kind }) => kind === "sequence" || kind === "table" || kind === "foreign table",
  ({ kind }) => kind === "column",
];

function open(
  cycle: readonly number[],
  nodes: Nodes,
  edges: readonly Edge<Reason>[],
  propagation: Propagation,
  separated: Set<string>,
): void {
  const inside = new Set(cycle);
  const reasons = edges
    .filter(({ before, after }) => inside.has(before) && inside.has(after))
    .map(({ reason }) => reason);
  const { live, target, fates } = propagation;
  const parts = reasons
    .flatMap(({ before, after }) => [before, after])
    .filter(({ verb, key }) => {
      if (verb !== "drop" && verb !== "create") return false;
      return nodes.list[nodes.find(verb, key)!]!.fact.key !== key;
    });
  for (const isSeparable of SEPARABLE) {
    const found = parts.filter(({ verb, key }) => isSeparable((verb === "drop" ? live : target).facts.get(key)!));
    if (found.length === 0) continue;
    for (const { verb, key } of found) separated.add(separatedKey(verb, key));
    return;
  }
  const changed = cycle
    .map((number) => nodes.list[number]!)
    .filter(({ verb, fact }) => verb === "change" && !HOLDS_DATA.has(fact.kind));
  if (changed.length > 0) {
    fates.set(changed[0]!.fact.key, "replaced");
    propagate(propagation);
    return;
  }
  const names = cycle.map((number) => `${nodes.list[number]!.verb} ${displayFact(nodes.list[number]!.fact)}`);
  throw new LimbeckError("INTERNAL", {
    message: `These steps wait for one another: ${names.join(", ")}.`,
    hint: "This is a mistake in limbeck. Please report it with both schemas.",
  });
}

const HOLDS_DATA: ReadonlySet<string> = new Set(["table", "column", "sequence", "schema", "extension"]);

function operationsOf({ verb, fact }: Node, propagation: Propagation): readonly Operation[] {
  const { context } = propagation;
  const rule = ruleOf(fact);
  switch (verb) {
    case "create":
      return [...rule.create(fact, context), ...takenBack(fact, context)];
    case "drop":
      return rule.drop(fact, context);
    case "finish":
      return finishOf(fact.key, propagation)?.operations ?? [];
    case "change": {
      const change = changeOf(fact.key, propagation);
      return change === "replace" ? [] : change.operations;
    }
  }
}

/** Functions are made without a look at what they mention, as pg_dump does it. */
function withUncheckedBodies(operations: readonly Operation[]): Operation[] {
  return [execute("SET check_function_bodies = off"), ...operations, execute("RESET check_function_bodies")];
}

/** What the catalogs have and no fact describes. */
function notExpressed(live: Schema, target: Schema): string[] {
  const isUnsaid = (kind: string): boolean =>
    [live, target].some(({ silentOn }) => silentOn.includes("unmodelled") || silentOn.includes(`unmodelled ${kind}`));
  const names = ({ unmodelled }: Schema): string[] =>
    unmodelled.filter(({ kind }) => !isUnsaid(kind)).map(({ kind, name }) => `${kind} ${name}`);
  const [here, there] = [new Set(names(live)), new Set(names(target))];
  return [...[...here].filter((name) => !there.has(name)), ...[...there].filter((name) => !here.has(name))].toSorted();
}
