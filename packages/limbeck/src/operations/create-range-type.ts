import type { ColumnType } from "./language/column.ts";
import { define, notReversible, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { nameSql, qualified } from "./language/identifiers.ts";
import type { Sql } from "./language/sql-text.ts";
import { statement, type Statement } from "./language/statement.ts";

export interface CreateRangeTypeOptions {
  readonly schema?: string;
  /** The type of which it is a range. */
  readonly subtype: ColumnType;
  /** The operator class that sorts the subtype: a name, or sql`…`. */
  readonly opclass?: string | Sql;
  /** A collation: a name, or sql`…`. */
  readonly collation?: string | Sql;
  /** The function that makes equal ranges look the same: a name, or sql`…`. */
  readonly canonical?: string | Sql;
  /** The function that tells how far two values lie apart: a name, or sql`…`. */
  readonly subtypeDiff?: string | Sql;
  /** The multirange type (PostgreSQL 14): a name, or sql`…` with its schema; made of the range's own name by default. */
  readonly multirangeName?: string | Sql;
}

export interface CreateRangeType extends CreateRangeTypeOptions {
  readonly kind: "createRangeType";
  readonly name: string;
}

/**
 * Creates a range type. `op.dropType` drops it.
 *
 * @example
 * op.createRangeType("height", { subtype: "double precision", subtypeDiff: "float8mi" });
 * // CREATE TYPE height AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);
 */
export function createRangeType(name: string, options: CreateRangeTypeOptions): CreateRangeType {
  return frozen({ kind: "createRangeType", name, ...options });
}

function statements(op: CreateRangeType): Statement[] {
  const parameters = [
    `SUBTYPE = ${op.subtype}`,
    op.opclass !== undefined && `SUBTYPE_OPCLASS = ${nameSql(op.opclass)}`,
    op.collation !== undefined && `COLLATION = ${nameSql(op.collation)}`,
    op.canonical !== undefined && `CANONICAL = ${nameSql(op.canonical)}`,
    op.subtypeDiff !== undefined && `SUBTYPE_DIFF = ${nameSql(op.subtypeDiff)}`,
    op.multirangeName !== undefined && `MULTIRANGE_TYPE_NAME = ${nameSql(op.multirangeName)}`,
  ].filter((parameter) => parameter !== false);
  return [statement(`CREATE TYPE ${qualified(op.schema, op.name)} AS RANGE (${parameters.join(", ")})`)];
}

export const createRangeTypeDefinition = define({
  build: createRangeType,
  statements,
  reverse: ({ name, schema, canonical }) =>
    canonical === undefined
      ? reversedBy(frozen({ kind: "dropType", name, schema }))
      : notReversible("The canonical function and the type need one another: neither can be dropped alone."),
  args: ({ name, ...options }) => [name, options],
  fields: {
    name: true,
    schema: true,
    subtype: true,
    opclass: true,
    collation: true,
    canonical: true,
    subtypeDiff: true,
    multirangeName: true,
  },
  docs: {
    summary: "Creates a range type. `op.dropType` drops it.",
    examples: [
      {
        call: `op.createRangeType("height", { subtype: "double precision", subtypeDiff: "float8mi" });`,
        sql: "CREATE TYPE height AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi);",
      },
      {
        call:
          `op.createRangeType("name_range", {\n` +
          `  schema: "atlas",\n` +
          `  subtype: "text",\n` +
          `  opclass: "text_pattern_ops",\n` +
          `  collation: sql.identifier("pg_catalog", "C"),\n` +
          `  multirangeName: "name_ranges",\n` +
          `});`,
        sql:
          "CREATE TYPE atlas.name_range AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops, " +
          'COLLATION = pg_catalog."C", MULTIRANGE_TYPE_NAME = name_ranges);',
      },
      {
        call: `op.createRangeType("steps", { subtype: "integer", canonical: "steps_canonical" });`,
        sql: "CREATE TYPE steps AS RANGE (SUBTYPE = integer, CANONICAL = steps_canonical);",
      },
    ],
    manual: ["sql-createtype", "rangetypes"],
  },
});
