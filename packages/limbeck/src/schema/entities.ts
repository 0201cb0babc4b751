import { keyOf, type Fact, type Identity, type Schema } from "./fact.ts";
import { displayName } from "./describe.ts";

/** A table as a diagram shows it. */
export interface Entity {
  /** Without the schema `public`. */
  readonly name: string;
  readonly columns: readonly EntityColumn[];
}

export interface EntityColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly isPrimary: boolean;
  /** Whether it is a part of a foreign key. */
  readonly isForeign: boolean;
  /** Whether it is unique by itself. */
  readonly isUnique: boolean;
}

/** A foreign key. */
export interface Relationship {
  readonly name: string;
  readonly from: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly referencedColumns: readonly string[];
  /** Whether a row may point nowhere: one of the columns takes NULL. */
  readonly isOptional: boolean;
  /** Whether at most one row points to each: the columns are unique together. */
  readonly isUnique: boolean;
}

export interface EntityDiagram {
  readonly entities: readonly Entity[];
  readonly relationships: readonly Relationship[];
}

/** The tables of a schema and the foreign keys between them. Partitions are a part of their table, and not shown. */
export function entitiesOf({ facts }: Schema): EntityDiagram {
  const tables = facts.filter(({ kind, attributes }) => kind === "table" && attributes["partitionOf"] === null);
  const shown = new Map(tables.map((table) => [table.key, table]));
  const of = (kind: Fact["kind"], table: Fact): Fact[] =>
    facts.filter((fact) => fact.kind === kind && fact.parents[0] === table.key);
  const keysOf = (table: Fact, ...types: string[]): Fact[] =>
    of("constraint", table).filter(({ attributes }) => types.includes(attributes["type"] as string));
  const columnsOf = ({ attributes }: Fact): readonly string[] => attributes["columns"] as readonly string[];
  // What a table inherits is a fact of its parent's only.
  const columnsIn = (table: Fact): Fact[] => {
    const parents = (table.attributes["inherits"] ?? []) as unknown as readonly Identity[];
    const inherited = parents.flatMap((parent) => shown.get(keyOf("table", parent)) ?? []).flatMap(columnsIn);
    const own = of("column", table).toSorted((a, b) => a.position - b.position);
    return [...new Map([...inherited, ...own].map((column) => [column.identity.name, column])).values()];
  };
  const entities = tables.map((table): Entity => {
    const [primary, foreign] = [keysOf(table, "primary key").flatMap(columnsOf), keysOf(table, "foreign key")];
    const unique = keysOf(table, "unique").map(columnsOf);
    return {
      name: displayName(table),
      columns: columnsIn(table).map(({ identity: { name }, attributes: { type, nullable } }) => ({
        name,
        type: type as string,
        nullable: nullable === true,
        isPrimary: primary.includes(name),
        isForeign: foreign.some((key) => columnsOf(key).includes(name)),
        isUnique: unique.some((key) => key.length === 1 && key[0] === name),
      })),
    };
  });
  const relationships = tables.flatMap((table) => {
    const entity = entities.find(({ name }) => name === displayName(table))!;
    const unique = keysOf(table, "unique", "primary key").map((key) => columnsOf(key).toSorted().join());
    return keysOf(table, "foreign key").flatMap((key): Relationship[] => {
      const target = shown.get(keyOf("table", key.attributes["references"] as unknown as Identity));
      if (target === undefined) return [];
      const columns = columnsOf(key);
      return [
        {
          name: key.identity.name,
          from: entity.name,
          columns,
          to: displayName(target),
          referencedColumns: key.attributes["referencedColumns"] as readonly string[],
          isOptional: entity.columns.some(({ name, nullable }) => nullable && columns.includes(name)),
          isUnique: unique.includes(columns.toSorted().join()),
        },
      ];
    });
  });
  return { entities, relationships };
}
