import type { ForeignKey, PgTable } from "drizzle-orm/pg-core";
import { createForeignKey } from "../operations/create-foreign-key.ts";
import { createTable } from "../operations/create-table.ts";
import { execute } from "../operations/execute.ts";
import { check, primaryKey, unique, type ConstraintSpec } from "../operations/language/constraint.ts";
import { qualified } from "../operations/language/identifiers.ts";
import type { Operation } from "../operations/operation.ts";
import { columnOf, namedIdentities } from "./drizzle-column.ts";
import { indexOperation } from "./drizzle-index.ts";
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
      ...namedIdentities(config.columns, config.schema).map((text) =>
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
