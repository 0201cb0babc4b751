import { addConstraint, constraintReversal } from "./language/added-constraint.ts";
import type { Deferrable } from "./language/column.ts";
import type { ExcludeElement } from "./language/constraint.ts";
import { define } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { checkColumns } from "./language/invalid.ts";
import type { Sql } from "./language/sql-text.ts";

export interface CreateExcludeConstraintOptions extends Deferrable {
  readonly schema?: string;
  /** The index method; gist by default. */
  readonly using?: string;
  /** The condition under which a row counts, as SQL. */
  readonly where?: string | Sql;
}

export interface CreateExcludeConstraint extends CreateExcludeConstraintOptions {
  readonly kind: "createExcludeConstraint";
  readonly name: string | null;
  readonly table: string;
  readonly elements: readonly ExcludeElement[];
}

/**
 * Adds an exclusion constraint to a table: of any two rows, one of the operators has to say no. PostgreSQL chooses the
 * name when it is null.
 *
 * @example
 * op.createExcludeConstraint("ex_stay", "stay", [{ element: "during", operator: "&&" }]);
 * // ALTER TABLE stay ADD CONSTRAINT ex_stay EXCLUDE USING gist (during WITH &&);
 */
export function createExcludeConstraint(
  name: string | null,
  table: string,
  elements: readonly ExcludeElement[],
  options: CreateExcludeConstraintOptions = {},
): CreateExcludeConstraint {
  checkColumns("op.createExcludeConstraint", elements);
  return frozen({ kind: "createExcludeConstraint", name, table, elements, ...options });
}

export const createExcludeConstraintDefinition = define({
  build: createExcludeConstraint,
  statements: (op) => addConstraint(op, { element: "exclude", ...op }),
  reverse: constraintReversal,
  args: ({ name, table, elements, ...options }) => [name, table, elements, options],
  fields: {
    name: true,
    table: true,
    elements: true,
    schema: true,
    using: true,
    where: true,
    deferrable: true,
    initially: true,
  },
  docs: {
    summary:
      "Adds an exclusion constraint to a table: of any two rows, one of the operators has to say no. PostgreSQL chooses " +
      "the name when it is null.",
    examples: [
      {
        call: `op.createExcludeConstraint("ex_stay", "stay", [{ element: "during", operator: "&&" }]);`,
        sql: "ALTER TABLE stay ADD CONSTRAINT ex_stay EXCLUDE USING gist (during WITH &&);",
      },
      {
        call:
          'op.createExcludeConstraint(null, "stay", [{ element: sql`lower(guest)`, opclass: "text_ops", operator: "=" }], {\n' +
          '  schema: "atlas",\n' +
          '  using: "btree",\n' +
          '  where: "NOT cancelled",\n' +
          "  deferrable: true,\n" +
          '  initially: "deferred",\n' +
          "});",
        sql:
          "ALTER TABLE atlas.stay ADD EXCLUDE USING btree ((lower(guest)) text_ops WITH =) WHERE (NOT cancelled) " +
          "DEFERRABLE INITIALLY DEFERRED;",
      },
    ],
    manual: ["sql-altertable", "sql-createtable"],
  },
});
