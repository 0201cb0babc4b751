import type { Step } from "./edges.ts";
import { equalAttributes } from "./attributes.ts";
import { hasSamePlace, isTable, parentsOf, typeKey, wholeTable } from "./expand.ts";
import { keyOf, type Fact, type Identity } from "./fact.ts";
import type { Propagation } from "./fates.ts";
import { isDestroyed, isMade, leavesFirst, type Verb } from "./nodes.ts";
import { isMadeAlone } from "./rules/partition-index.ts";
import type { Side } from "./side.ts";

export interface Order {
  readonly before: Step;
  readonly after: Step;
}

/** What tables do to those that inherit from them, and partitions of one table to one another. */
export function descentSteps(propagation: Propagation): Order[] {
  return [
    ...inheritedSteps(propagation),
    ...leavingSteps(propagation),
    ...boundSteps(propagation),
    ...copySteps(propagation),
    ...companySteps(propagation),
    ...keySteps(propagation),
    ...uniqueSteps(propagation),
    ...typedSteps(propagation),
    ...attributeSteps(propagation),
  ];
}

/**
 * A column that changes takes those of the children along, and its default theirs, so a child has its own way
 * afterwards.
 */
function inheritedSteps(propagation: Propagation): Order[] {
  const { live, target, fates } = propagation;
  const stepsOf = (key: string): Step[] => verbsOf(fates.get(key)).map((verb) => ({ verb, key }));
  return [...fates.keys()].flatMap((key) => {
    const fact = target.facts.get(key) ?? live.facts.get(key)!;
    const table = target.facts.get(fact.parents[0] ?? "");
    if ((fact.kind !== "column" && fact.kind !== "default") || table === undefined || !isTable(table)) return [];
    if (isMade(fates.get(table.key))) {
      // What comes with the table from its parents, and not with one that had its name before.
      const comesAlong = !isDestroyed(fates.get(table.key)) && live.facts.get(key)?.parents[0] === table.key;
      const later = verbsOf(fates.get(key)).filter((verb) => comesAlong || verb !== "drop");
      const above = parentsOf(table).map(({ schema, name }) =>
        keyOf("default", { schema, relation: name, name: fact.identity.name }),
      );
      return [
        ...later.map((verb): Order => ({ before: { verb: "create", key: table.key }, after: { verb, key } })),
        ...above.flatMap(stepsOf).map((before): Order => ({ before, after: { verb: "create", key: table.key } })),
      ];
    }
    const columnKey = keyOf("column", {
      schema: fact.identity.schema,
      relation: table.identity.name,
      name: fact.identity.name,
    });
    return keptAbove(table, propagation).flatMap((parent) => {
      const identity: Identity = { schema: parent.schema, relation: parent.name, name: fact.identity.name };
      const above = [keyOf("column", identity), ...(fact.kind === "default" ? [keyOf("default", identity)] : [])];
      const isMerged = fates.get(columnKey) === "created" && target.facts.get(columnKey)!.attributes["local"] === true;
      // What is made anew has its own way by its creation.
      const ownSteps = stepsOf(key).filter(({ verb }, _, { length }) => verb !== "drop" || length === 1);
      const pairs = above.flatMap(stepsOf).flatMap((step) => ownSteps.map((own) => [step, own] as const));
      return pairs.map(([step, own]) => (isMerged ? { before: own, after: step } : { before: step, after: own }));
    });
  });
}

/** The tables that one inherits from on both sides, near and far. */
function keptAbove(table: Fact, propagation: Propagation): Identity[] {
  const { live, target, fates } = propagation;
  return parentsOf(table).flatMap((parent) => {
    const key = keyOf("table", parent);
    if (isNewParent(parent, live.facts.get(table.key)) || isMade(fates.get(key))) return [];
    const fact = target.facts.get(key);
    return [parent, ...(fact === undefined ? [] : keptAbove(fact, propagation))];
  });
}

/**
 * A table leaves a parent before what is done to it, which would be done to the table too, and after the foreign keys
 * that are to go from both.
 */
function leavingSteps(propagation: Propagation): Order[] {
  const { live, target, fates } = propagation;
  return [...fates].flatMap(([key, fate]) => {
    const [here, there] = [live.facts.get(key), target.facts.get(key)];
    if (fate !== "changed" || !isTable(here!)) return [];
    const left = parentsOf(here!).filter((parent) => isNewParent(parent, there));
    const parents = left.flatMap(parentsFrom);
    const leaves: Step = { verb: "change", key };
    const shared = parents.flatMap((parent) => live.partsOf(parent)).filter((part) => goesFromBoth(part, key));
    const own = live.partsOf(key).filter((part) => isDestroyed(fates.get(part.key)) && leavesFirst(part, propagation));
    const later = parents
      .filter((parent) => !isDestroyed(fates.get(parent)))
      .flatMap((parent) => [...live.partsOf(parent), ...target.partsOf(parent)])
      .filter((part) => (part.kind === "default" || COME_ALONG.has(part.kind)) && !shared.includes(part))
      .flatMap((part) => verbsOf(fates.get(part.key)).map((verb) => ({ verb, key: part.key })));
    return [
      ...shared.map((part): Order => ({ before: { verb: "drop", key: part.key }, after: leaves })),
      ...own.map((part): Order => ({ before: leaves, after: { verb: "drop", key: part.key } })),
      ...later.map((after) => ({ before: leaves, after })),
    ];
  });
  function parentsFrom(parent: Identity): string[] {
    const table = live.facts.get(keyOf("table", parent));
    return table === undefined ? [] : [table.key, ...parentsOf(table).flatMap(parentsFrom)];
  }
  function goesFromBoth({ key, attributes }: Fact, table: string): boolean {
    if (attributes["type"] !== "foreign key" || !isDestroyed(fates.get(key))) return false;
    return !live.partsOf(table).some((own) => equalAttributes(own.attributes, attributes, ["inherited"]));
  }
}

function isNewParent({ schema, name }: Identity, live: Fact | undefined): boolean {
  return live !== undefined && !parentsOf(live).some((parent) => parent.name === name && parent.schema === schema);
}

function verbsOf(fate: ReturnType<Propagation["fates"]["get"]>): Verb[] {
  if (fate === "changed") return ["change"];
  return [...(isDestroyed(fate) ? ["drop" as const] : []), ...(isMade(fate) ? ["create" as const] : [])];
}

/** The place among the partitions of a table is free once what has it is gone. */
function boundSteps({ live, target, fates }: Propagation): Order[] {
  const left = new Map<string, Step[]>();
  for (const [key, fate] of fates) {
    const whole = wholeTable(live.facts.get(key));
    if (whole === undefined || !(isDestroyed(fate) || moves(key))) continue;
    left.set(whole, [...(left.get(whole) ?? []), { verb: isDestroyed(fate) ? "drop" : "change", key }]);
  }
  return [...fates].flatMap(([key, fate]) => {
    const whole = wholeTable(target.facts.get(key));
    if (whole === undefined || !(isMade(fate) || moves(key))) return [];
    const steps = (["create", "finish"] as const).map((verb): Step => ({ verb, key }));
    return (left.get(whole) ?? []).flatMap((before) => steps.map((after) => ({ before, after })));
  });
  function moves(key: string): boolean {
    const [here, there] = [live.facts.get(key), target.facts.get(key)];
    if (fates.get(key) !== "changed" || here === undefined || there === undefined) return false;
    return !hasSamePlace(here, there);
  }
}

/** What a partition says of its copy of a trigger it can say when it has joined its table, and what is said there reaches it. */
function copySteps({ target, fates }: Propagation): Order[] {
  return [...fates].flatMap(([key, fate]) => {
    const fact = target.facts.get(key);
    if (fact?.kind !== "trigger" || !fact.attributes["partOf"]) return [];
    const [table, whole] = [fact.parents[0]!, fact.parents.at(-1)!];
    const before: Step[] = [
      ...[table, ...wholesAbove(table, target)].map((above) => ({ verb: "finish" as const, key: above })),
      ...verbsOf(fates.get(whole)).map((verb) => ({ verb, key: whole })),
    ];
    const own = verbsOf(fate).filter((verb) => verb !== "drop");
    return before.flatMap((step) => own.map((verb) => ({ before: step, after: { verb, key } })));
  });
}

/** A partition leaves for other bounds of the same table once it has got all that the table gets. */
function companySteps({ live, target, fates, context }: Propagation): Order[] {
  return [...fates].flatMap(([key, fate]) => {
    const [here, there] = [wholeTable(live.facts.get(key)), wholeTable(target.facts.get(key))];
    if (fate !== "changed" || here === undefined || here !== there) return [];
    const parts = [live, target]
      .flatMap((side) => wholesAbove(key, side).flatMap((whole) => side.partsOf(whole)))
      .filter(({ kind }) => COME_ALONG.has(kind));
    const keys = [...new Set(parts.flatMap((part) => [part.key, keyOf("default", part.identity)]))];
    return keys.flatMap((part) =>
      verbsOf(fates.get(part))
        .filter((verb) => verb !== "create" || !isMadeAlone(target.facts.get(part)!, context))
        .map((verb): Order => ({ before: { verb, key: part }, after: { verb: "change", key } })),
    );
  });
}

/**
 * A column may be in the key of a partition that has partitions itself: it goes, or changes, when that has gone and before
 * that comes.
 */
function keySteps({ live, target, fates }: Propagation): Order[] {
  return [...fates].flatMap(([key, fate]) => [
    ...(isDestroyed(fate) ? columnSteps(key, live, "create") : []).map((after) => ({
      before: { verb: "drop" as const, key },
      after,
    })),
    ...(isMade(fate) ? columnSteps(key, target, "drop") : []).map((before) => ({
      before,
      after: { verb: "create" as const, key },
    })),
  ]);
  function columnSteps(key: string, side: Side, except: Verb): Step[] {
    return wholesAbove(key, side)
      .flatMap((whole) => side.partsOf(whole).filter(({ kind }) => kind === "column"))
      .flatMap((column) => verbsOf(fates.get(column.key)).map((verb) => ({ verb, key: column.key })))
      .filter(({ verb }) => verb !== except);
  }
}

/**
 * A key of a partitioned table comes when the partitions that could not have it are gone, and their own keys; it
 * goes before partitions come that could not have it.
 */
function uniqueSteps({ live, target, fates }: Propagation): Order[] {
  const keysOf = (tables: readonly string[], side: Side): Fact[] =>
    tables.flatMap((table) => side.partsOf(table).filter(isUnique));
  return [...fates].flatMap(([key, fate]) => {
    const [here, there] = [live.facts.get(key), target.facts.get(key)];
    const isOwn = here?.kind === "constraint" && isUnique(here);
    const leaves = isDestroyed(fate) || (fate === "changed" && wholeTable(here) !== wholeTable(there));
    const left = leaves && here !== undefined ? wholesAbove(isOwn ? here.parents[0]! : key, live) : [];
    const joined = isMade(fate) ? wholesAbove(key, target) : [];
    const references = isDestroyed(fate) ? left.flatMap((whole) => referencesTo(whole)) : [];
    return [
      ...references.map((after): Order => ({ before: { verb: "drop", key }, after: { verb: "create", key: after } })),
      ...keysOf(left, target)
        .filter((whole) => isMade(fates.get(whole.key)))
        .map((whole): Order => ({
          before: { verb: isDestroyed(fate) ? "drop" : "change", key },
          after: { verb: "create", key: whole.key },
        })),
      ...keysOf(joined, live)
        .filter((whole) => isDestroyed(fates.get(whole.key)))
        .map((whole): Order => ({ before: { verb: "drop", key: whole.key }, after: { verb: "create", key } })),
    ];
  });
  /** New foreign keys to a partitioned table: none of its partitions can be dropped after they have come. */
  function referencesTo(whole: string): string[] {
    const isReference = (key: string): boolean => {
      const { references } = target.facts.get(key)!.attributes;
      return Boolean(references) && keyOf("table", references as unknown as Identity) === whole;
    };
    return [...target.neededBy(whole), ...target.partsOf(whole).flatMap(({ key }) => [...target.neededBy(key)])].filter(
      (key) => isMade(fates.get(key)) && isReference(key),
    );
  }
}

function isUnique({ kind, attributes: { type, unique } }: Fact): boolean {
  return kind === "index" ? unique === true : kind === "constraint" && (type === "primary key" || type === "unique");
}

/** The tables that one is a partition of, the nearest first. */
export function wholesAbove(key: string, side: Side): string[] {
  const whole = wholeTable(side.facts.get(key));
  return whole === undefined ? [] : [whole, ...wholesAbove(whole, side)];
}

/** A table that is of a type no more leaves it before what the type's attributes go through. */
function typedSteps({ live, target, fates }: Propagation): Order[] {
  return [...fates].flatMap(([key, fate]) => {
    const [here, there] = [live.facts.get(key), target.facts.get(key)];
    if (fate !== "changed" || !here?.attributes["ofType"] || typeKey(here) === typeKey(there!)) return [];
    const type = typeKey(here);
    return [...live.partsOf(type), ...target.partsOf(type)].flatMap((attribute) =>
      verbsOf(fates.get(attribute.key)).map((verb) => ({
        before: { verb: "change" as const, key },
        after: { verb, key: attribute.key },
      })),
    );
  });
}

/** What a typed table says of a column of its own it can say when the type has the attribute. */
function attributeSteps({ target, fates }: Propagation): Order[] {
  return [...fates].flatMap(([attribute, fate]) => {
    const fact = target.facts.get(attribute);
    const type = fact?.parents[0];
    if (!isMade(fate) || fact!.kind !== "column" || !type?.startsWith("composite type ")) return [];
    return [...target.neededBy(type)]
      .filter((table) => typeKey(target.facts.get(table)!) === type)
      .flatMap((table) => {
        const { schema, name: relation } = target.facts.get(table)!.identity;
        const column = { schema, relation, name: fact!.identity.name };
        const key = keyOf("column", column);
        return [key, keyOf("default", column), ...target.neededBy(key)];
      })
      .flatMap((key) =>
        verbsOf(fates.get(key))
          .filter((verb) => verb !== "drop")
          .map((verb) => ({ before: { verb: "create" as const, key: attribute }, after: { verb, key } })),
      );
  });
}

const COME_ALONG: ReadonlySet<string> = new Set(["column", "constraint", "index", "trigger"]);
