import { equalIn } from "./attributes.ts";
import { factOf, factsByKey, keyOf, type Attributes, type Fact, type Identity, type Schema } from "./fact.ts";

/** A table's parents: those that it inherits from, or the one that it is a partition of. */
export function parentsOf({ attributes }: Fact): readonly Identity[] {
  const inherits = Array.isArray(attributes["inherits"]) ? (attributes["inherits"] as unknown as Identity[]) : [];
  const partitionOf = attributes["partitionOf"] as Identity | null | undefined;
  return partitionOf ? [partitionOf] : inherits;
}

export function isTable({ kind }: Fact): boolean {
  return kind === "table" || kind === "foreign table";
}

/** The key of the table that one is a partition of. */
export function wholeTable(fact: Fact | undefined): string | undefined {
  const whole = fact !== undefined && isTable(fact) ? fact.attributes["partitionOf"] : undefined;
  return whole ? keyOf("table", whole as unknown as Identity) : undefined;
}

/** Whether a table stands among the partitions of the same one, with the same bounds. */
export function hasSamePlace(fact: Fact, other: Fact | undefined): boolean {
  return equalIn(["partitionOf", "partitionBound"], fact.attributes, other?.attributes ?? {});
}

/** Facts by their keys, and the columns of each table. */
export interface Expanded {
  readonly facts: Map<string, Fact>;
  /** The keys of the columns by the key of their table. */
  readonly columns: Map<string, Map<string, Fact>>;
  /** The keys of the defaults that the inherited ones are copies of. */
  readonly copies: ReadonlyMap<string, string>;
}

/**
 * The facts with those that a reader leaves out because another says them: the columns that a table inherits, with
 * their defaults, and those of a typed table. A default that is there only to say that there is none is left out.
 */
export function expanded(schema: Schema): Expanded {
  const facts = new Map(factsByKey(schema.facts));
  const columns = new Map<string, Map<string, Fact>>();
  const bare = new Set<string>();
  const copies = new Map<string, string>();
  for (const fact of schema.facts) {
    if (fact.kind === "default" && fact.attributes["expression"] === null) {
      facts.delete(fact.key);
      bare.add(fact.key);
    }
    if (fact.kind !== "column") continue;
    const [table] = fact.parents;
    columns.set(table!, (columns.get(table!) ?? new Map<string, Fact>()).set(fact.identity.name, fact));
  }
  const done = new Set<string>();
  const expand = (table: Fact): void => {
    if (done.has(table.key)) return;
    done.add(table.key);
    const own = columns.get(table.key) ?? new Map<string, Fact>();
    columns.set(table.key, own);
    for (const attribute of columns.get(typeKey(table))?.values() ?? []) {
      if (own.has(attribute.identity.name)) continue;
      const copy = factOf({ ...attribute, identity: placeIn(table, attribute), parents: [table.key] });
      own.set(attribute.identity.name, copy);
      facts.set(copy.key, copy);
    }
    for (const parent of parentsOf(table).flatMap((identity) => facts.get(keyOf("table", identity)) ?? [])) {
      expand(parent);
      for (const column of columns.get(parent.key)?.values() ?? []) inherit(column, table, own);
    }
  };
  const inherit = (column: Fact, table: Fact, own: Map<string, Fact>): void => {
    if (!own.has(column.identity.name)) {
      const copy = inheritedColumn(column, table);
      own.set(column.identity.name, copy);
      facts.set(copy.key, copy);
    }
    const inherited = facts.get(keyOf("default", column.identity));
    const copy = inherited && inheritedDefault(inherited, table);
    if (copy === undefined || facts.has(copy.key) || bare.has(copy.key)) return;
    facts.set(copy.key, copy);
    copies.set(copy.key, copies.get(inherited!.key) ?? inherited!.key);
  };
  for (const fact of schema.facts) if (isTable(fact)) expand(fact);
  return { facts, columns, copies };
}

/** The key of the type that a typed table is of. */
export function typeKey({ attributes }: Fact): string {
  return `composite type ${attributes["ofType"] as string | null}`;
}

function placeIn(table: Fact, { identity: { name } }: Fact): Identity {
  return { schema: table.identity.schema, relation: table.identity.name, name };
}

/** What a child does not have from its parent. A partition's identity is its table's. */
export const OWN = { identity: null, identitySequence: null } as const;

export function inheritedColumn(column: Fact, table: Fact, attributes: Attributes = column.attributes): Fact {
  return factOf({
    kind: "column",
    identity: placeIn(table, column),
    parents: [table.key],
    position: column.position,
    attributes: { ...attributes, ...OWN, inherited: true, local: false },
  });
}

/** A column's attributes as its children get them: from PostgreSQL 18 on, NOT NULL may be the table's alone. */
export function inheritable({ attributes }: Fact): Attributes {
  if (attributes["notNullNoInherit"] !== true) return attributes;
  return { ...attributes, nullable: true, notNullName: null, notNullValidated: true, notNullNoInherit: false };
}

/** An inherited column as it comes with a new table, none of whose rows is null. */
export function newColumn(column: Fact, table: Fact): Fact {
  return inheritedColumn(column, table, { ...inheritable(column), notNullValidated: true });
}

export function inheritedDefault(inherited: Fact, table: Fact): Fact {
  const identity = placeIn(table, inherited);
  return factOf({
    kind: "default",
    identity,
    parents: [table.key, keyOf("column", identity)],
    attributes: inherited.attributes,
  });
}
