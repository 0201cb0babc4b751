import type { SQL } from "drizzle-orm";
import type { ForeignKey, Index, PgTable } from "drizzle-orm/pg-core";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { createForeignKey } from "../operations/create-foreign-key.ts";
import { createIndex } from "../operations/create-index.ts";
import { createTable } from "../operations/create-table.ts";
import { execute } from "../operations/execute.ts";
import { check, primaryKey, unique, type ConstraintSpec } from "../operations/language/constraint.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import { sql } from "../operations/language/sql.ts";
import type { Operation } from "../operations/operation.ts";
import { columnOf, namedIdentities } from "./drizzle-column.ts";
import type { DrizzleLibrary } from "./drizzle-library.ts";
import { keptName } from "./drizzle-names.ts";

/** What makes a table, apart by when it can run: foreign keys only when all tables are there. */
export interface TableOperations {
  readonly table: readonly Operation[];
  readonly indexes: readonly Operation[];
  readonly foreignKeys: readonly Operation[];
}

/** Constraints and indexes have the names that drizzle-kit gives them. */
export function tableOperations(table: PgTable, library: DrizzleLibrary): TableOperations {
  const config = library.pg.getTableConfig(table);
  const schema = config.schema === undefined ? {} : { schema: config.schema };
  const columns = config.columns.map((column) => columnOf(column, library));
  return {
    table: [
      createTable(config.name, ...columns, ...constraintsOf(table, library), schema),
      ...namedIdentities(config.columns, library).map((text) =>
        execute(`ALTER TABLE ${qualified(config.schema, config.name)} ${text}`),
      ),
    ],
    indexes: config.indexes.map((index) => indexOperation(index, table, library)),
    foreignKeys: config.foreignKeys.map((key) => foreignKeyOperation(key, table, library)),
  };
}

function constraintsOf(table: PgTable, { pg, render }: DrizzleLibrary): ConstraintSpec[] {
  const { columns, primaryKeys, uniqueConstraints, checks } = pg.getTableConfig(table);
  return [
    ...primaryKeys.map((key) => primaryKey(namesOf(key.columns), { name: keptName(key.getName()) })),
    ...columns
      .filter(({ isUnique }) => isUnique)
      .map((column) => uniqueOf([column.name], column.uniqueName, column.uniqueType === "not distinct")),
    ...uniqueConstraints.map((key) => uniqueOf(namesOf(key.columns), key.getName(), key.nullsNotDistinct)),
    ...checks.map(({ name, value }) => check(render(value), { name: keptName(name) })),
  ];
}

function uniqueOf(columns: readonly string[], name: string | undefined, nullsNotDistinct: boolean): ConstraintSpec {
  return unique(columns, {
    ...(name === undefined ? {} : { name: keptName(name) }),
    ...(nullsNotDistinct ? { nullsNotDistinct } : {}),
  });
}

function namesOf(columns: readonly { readonly name: string }[]): string[] {
  return columns.map(({ name }) => name);
}

function foreignKeyOperation(key: ForeignKey, table: PgTable, { pg }: DrizzleLibrary): Operation {
  const { columns, foreignTable, foreignColumns } = key.reference();
  const [source, referent] = [pg.getTableConfig(table), pg.getTableConfig(foreignTable)];
  return createForeignKey(
    keptName(key.getName()),
    source.name,
    referent.name,
    namesOf(columns),
    namesOf(foreignColumns),
    {
      ...(source.schema === undefined ? {} : { sourceSchema: source.schema }),
      ...(referent.schema === undefined ? {} : { referentSchema: referent.schema }),
      ...(key.onDelete === undefined ? {} : { onDelete: key.onDelete }),
      ...(key.onUpdate === undefined ? {} : { onUpdate: key.onUpdate }),
    },
  );
}

/** A column of an index as Drizzle keeps it; its types do not tell. */
interface IndexedColumn {
  readonly name: string;
  readonly indexConfig: {
    readonly order?: "asc" | "desc";
    readonly nulls?: "first" | "last";
    readonly opClass?: string;
  };
}

function indexOperation({ config }: Index, table: PgTable, library: DrizzleLibrary): Operation {
  const { name: tableName, schema } = library.pg.getTableConfig(table);
  const columns = config.columns as readonly (SQL | IndexedColumn)[];
  const plain = columns.filter((column): column is IndexedColumn => !library.orm.is(column, library.orm.SQL));
  const isPlain = plain.length === columns.length;
  if (config.name === undefined && !isPlain) throw unnamedIndex(qualified(schema, tableName));
  const name = keptName(config.name ?? `${tableName}_${plain.map((column) => column.name).join("_")}_index`);
  const where = config.where === undefined ? undefined : library.render(config.where);
  const rest = {
    ...(schema === undefined ? {} : { schema }),
    ...(config.unique ? { unique: true } : {}),
    ...(config.method === undefined ? {} : { using: config.method }),
    ...(config.with === undefined || Object.keys(config.with).length === 0 ? {} : { with: config.with }),
    ...(where === undefined ? {} : { where }),
  };
  if (isPlain) return createIndex(name, tableName, plain.map(indexColumn), rest);
  return expressionIndex(name, columns, rest, library, qualified(schema, tableName));
}

/** NULLS LAST belongs to an ascending column by itself, and only btree takes the words at all. */
function indexColumn({ name, indexConfig: { order, nulls, opClass } }: IndexedColumn): Parameters<typeof createIndex>[2][number] {
  const isUsual = order !== "desc" && nulls !== "first";
  if (isUsual && opClass === undefined) return name;
  return {
    column: name,
    ...(opClass === undefined ? {} : { opclass: opClass }),
    ...(order === "desc" ? { order } : {}),
    ...(isUsual || nulls === undefined ? {} : { nulls }),
  };
}
