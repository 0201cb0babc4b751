import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { objectSql, relationLocks, type NameOf } from "./language/object-name.ts";
import { statement, type Statement } from "./language/statement.ts";

/** An object that can move to another schema. */
export type MovableName = NameOf<
  | "aggregate"
  | "collation"
  | "conversion"
  | "domain"
  | "enum"
  | "foreign table"
  | "function"
  | "materialized view"
  | "operator"
  | "operator class"
  | "operator family"
  | "procedure"
  | "routine"
  | "sequence"
  | "statistics"
  | "table"
  | "text search configuration"
  | "text search dictionary"
  | "type"
  | "view"
>;

export interface SetSchema {
  readonly kind: "setSchema";
  readonly object: MovableName;
  readonly newSchema: string;
}

/**
 * Moves an object to another schema: a table with its indexes, constraints and own sequences. SQL inside functions that
 * names it does not follow. For an extension see `op.alterExtension`.
 *
 * @example
 * op.setSchema({ kind: "table", schema: "public", name: "city" }, "atlas");
 * // ALTER TABLE public.city SET SCHEMA atlas;
 */
export function setSchema(object: MovableName, newSchema: string): SetSchema {
  return frozen({ kind: "setSchema", object, newSchema });
}

function statements({ object, newSchema }: SetSchema): Statement[] {
  const text = `ALTER ${objectSql(object)} SET SCHEMA ${identifier(newSchema)}`;
  return [statement(text, ...relationLocks("ACCESS EXCLUSIVE", object))];
}

function reverse({ object, newSchema }: SetSchema): Reversal {
  return object.schema === undefined
    ? notReversible("Which schema the object is in before, its own `schema` would have to say.")
    : reversedBy(setSchema({ ...object, schema: newSchema }, object.schema));
}

export const setSchemaDefinition = define({
  build: setSchema,
  statements,
  reverse,
  args: ({ object, newSchema }) => [object, newSchema],
  fields: { object: true, newSchema: true },
  docs: {
    summary:
      "Moves an object to another schema: a table with its indexes, constraints and own sequences. SQL inside functions " +
      "that names it does not follow. For an extension see `op.alterExtension`.",
    examples: [
      {
        call: `op.setSchema({ kind: "table", schema: "public", name: "city" }, "atlas");`,
        sql: "ALTER TABLE public.city SET SCHEMA atlas;",
      },
      {
        call: `op.setSchema({ kind: "function", name: "area", signature: "integer, integer" }, "atlas");`,
        sql: "ALTER FUNCTION area(integer, integer) SET SCHEMA atlas;",
      },
      {
        call: `op.setSchema({ kind: "enum", schema: "public", name: "mood" }, "atlas");`,
        sql: "ALTER TYPE public.mood SET SCHEMA atlas;",
      },
    ],
    manual: ["sql-altertable", "sql-alterfunction", "sql-altertype"],
  },
});
