import { factsByKey, keyOf, type Attribute, type Fact, type Schema } from "./fact.ts";
import { enumValueCandidates } from "./enum-value-renames.ts";
import { MOVED_KINDS } from "./moves.ts";
import { slotsOf } from "./slots.ts";
import { heirsOf, type RenamedKind, type RenameHint } from "./renames.ts";

/** Renames that lose nothing when they are taken for granted: the object is the same in all but its name. */
export function harmlessRenames(live: Schema, target: Schema): RenameHint[] {
  const differing = differingFacts(live, target);
  const hints = HARMLESS.flatMap((kind) =>
    matches(differing, kind, (fact) => {
      if (kind === "sequence" && fact.attributes["ownedBy"] === null) return undefined;
      if (kind === "trigger" && isOnPartitions(fact, live)) return undefined;
      const place = [...fact.parents, fact.identity.relation ?? ""].join(" ");
      return `${place} ${JSON.stringify(sorted(withoutPart(fact.attributes)))}`;
    }),
  );
  if (hints.length === 0) return hints;
  const taken = new Set(live.facts.flatMap(slotsOf));
  const along = new Set(hints.flatMap((hint) => heirsOf(live, hint)).map((hint) => JSON.stringify(hint)));
  const isAlong = ({ kind, schema, relation, from, to }: RenameHint): boolean =>
    along.has(JSON.stringify({ kind, schema, relation, from, to }));
  return hints.filter((hint) => !taken.has(`relation ${hint.schema}.${hint.to}`) && !isAlong(hint));
}

const HARMLESS = ["index", "constraint", "sequence", "trigger", "policy", "statistics object"] as const;

/** A trigger of a partitioned table has copies, which take its new name from PostgreSQL 15 on. */
function isOnPartitions({ attributes, parents: [table] }: Fact, { facts, majorVersion }: Schema): boolean {
  const isPartitioned = facts.find(({ key }) => key === table)?.attributes["partitionKey"] !== null;
  return (majorVersion < 15 && isPartitioned) || Boolean(attributes["partOf"]);
}

/** What may have been renamed: gone here and new there, and the same in all but its name. Only somebody who knows can say. */
export function renameCandidates(live: Schema, target: Schema): RenameHint[] {
  const columns = (schema: Schema): Map<string, Fact[]> => {
    const byTable = new Map<string, Fact[]>();
    for (const fact of schema.facts) {
      if (fact.kind !== "column") continue;
      const own = byTable.get(fact.parents[0]!);
      if (own === undefined) byTable.set(fact.parents[0]!, [fact]);
      else own.push(fact);
    }
    return byTable;
  };
  let sides: readonly Map<string, Fact[]>[] | undefined;
  const tableShape = (fact: Fact): string => {
    const [here, there] = (sides ??= [columns(live), columns(target)]);
    const own = (here!.get(fact.key) ?? there!.get(fact.key) ?? []).map((column) => [
      column.identity.name,
      columnShape(column),
    ]);
    return JSON.stringify([
      own.map((column) => column.join(" ")).toSorted(),
      sorted({ ...fact.attributes, partitionOf: null }),
    ]);
  };
  const differing = differingFacts(live, target);
  return [
    ...matches(differing, "table", tableShape),
    ...matches(differing, "column", (fact) => `${fact.parents.join(" ")} ${columnShape(fact)}`),
    ...(["view", "materialized view", "enum", "domain"] as const).flatMap((kind) =>
      matches(differing, kind, (fact) => JSON.stringify(sorted(fact.attributes))),
    ),
    ...enumValueCandidates(live, target).map((rename) => ({ kind: "enum value" as const, ...rename })),
    ...MOVED_KINDS.flatMap((kind) =>
      matches(
        differing,
        kind,
        (fact) =>
          `${fact.identity.name} ${kind === "table" ? tableShape(fact) : JSON.stringify(sorted({ ...fact.attributes, ownedBy: null }))}`,
        true,
      ),
    ),
  ];
}

function columnShape({ attributes }: Fact): string {
  const { identitySequence: _, ...rest } = attributes;
  return JSON.stringify(sorted(rest));
}

/** What is gone, and what is new, in something that is on both sides. */
interface DifferingFacts {
  readonly gone: readonly Fact[];
  readonly made: readonly Fact[];
}

function differingFacts(live: Schema, target: Schema): DifferingFacts {
  const alone = ({ facts }: Schema, other: Schema): Fact[] => {
    const keys = factsByKey(other.facts);
    return facts.filter((fact) => !keys.has(fact.key) && stands(fact, keys));
  };
  return { gone: alone(live, target), made: alone(target, live) };
}

/** Pairs of a fact that is gone and one that is new, alike and alone in that. */
function matches(
  { gone, made }: DifferingFacts,
  kind: RenamedKind,
  shape: (fact: Fact) => string | undefined,
  isMove = false,
): RenameHint[] {
  const byShapes = (facts: readonly Fact[]): Map<string, Fact | undefined> => {
    const byShape = new Map<string, Fact | undefined>();
    for (const fact of facts) {
      if (fact.kind !== kind) continue;
      const own = shape(fact);
      if (own !== undefined) byShape.set(own, byShape.has(own) ? undefined : fact);
    }
    return byShape;
  };
  const there = byShapes(made);
  return [...byShapes(gone)].flatMap(([own, fact]) => {
    const match = there.get(own);
    if (fact === undefined || match === undefined) return [];
    const { schema, relation, name } = fact.identity;
    const { schema: toSchema, name: to } = match.identity;
    if ((schema !== toSchema) !== isMove) return [];
    const place = relation === undefined ? {} : { relation };
    return [{ kind, schema: schema!, ...place, from: name, to, ...(isMove && { toSchema: toSchema! }) }];
  });
}

/** Whether what a fact is a part of is on the other side as well: else there is nothing to rename it in. */
function stands(fact: Fact, keys: ReadonlyMap<string, Fact>): boolean {
  const { schema, relation } = fact.identity;
  if (relation === undefined && fact.parents.length === 0) return true;
  return (
    fact.parents.every((key) => keys.has(key)) &&
    (relation === undefined ||
      ["table", "domain"].some((kind) => keys.has(keyOf(kind as "table", { schema, name: relation }))))
  );
}

function withoutPart({ partOf: _, ...attributes }: Fact["attributes"]): Fact["attributes"] {
  return attributes;
}

function sorted(value: Attribute): Attribute {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Attribute[]).map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
