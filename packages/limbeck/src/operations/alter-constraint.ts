import { action, alterTable } from "./language/alter-table.ts";
import { deferrableSql, type Deferrable } from "./language/column.ts";
import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import type { Statement } from "./language/statement.ts";

export interface AlterConstraintOptions extends Deferrable {
  readonly schema?: string;

  /** When the constraint is checked before: with it the operation can be reversed. */
  readonly existing?: Deferrable;
}

export interface AlterConstraint extends AlterConstraintOptions {
  readonly kind: "alterConstraint";
  readonly name: string;
  readonly table: string;
}

/**
 * Changes when a foreign key is checked: at the end of each statement, or of the transaction.
 *
 * @example
 * op.alterConstraint("fk_city_country", "city", { deferrable: true });
 * // ALTER TABLE city ALTER CONSTRAINT fk_city_country DEFERRABLE;
 */
export function alterConstraint(name: string, table: string, changes: AlterConstraintOptions): AlterConstraint {
  const op: AlterConstraint = frozen({ kind: "alterConstraint", name, table, ...changes });
  if (deferrableSql(op) !== "") return op;
  throw nothingToChange(`alterConstraint("${name}", "${table}")`, "deferrable, initially or both");
}

function statements(op: AlterConstraint): Statement[] {
  const table = qualified(op.schema, op.table);
  const name = identifier(op.name);
  return [alterTable(table, action(`ALTER CONSTRAINT ${name} ${deferrableSql(op)}`, name))];
}

function reverse({ name, table, schema, deferrable, initially, existing }: AlterConstraint): Reversal {
  return existing === undefined
    ? notReversible("When the constraint is checked before, `existing: { … }` would have to say.")
    : reversedBy(
        alterConstraint(name, table, frozen({ schema, ...existing, existing: frozen({ deferrable, initially }) })),
      );
}

export const alterConstraintDefinition = define({
  build: alterConstraint,
  statements,
  reverse,
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true, existing: true, deferrable: true, initially: true },
  docs: {
    summary: "Changes when a foreign key is checked: at the end of each statement, or of the transaction.",
    examples: [
      {
        call: `op.alterConstraint("fk_city_country", "city", { deferrable: true });`,
        sql: "ALTER TABLE city ALTER CONSTRAINT fk_city_country DEFERRABLE;",
      },
      {
        call:
          `op.alterConstraint("fk_city_country", "city", {\n` +
          `  schema: "atlas",\n` +
          "  deferrable: true,\n" +
          `  initially: "deferred",\n` +
          "  existing: { deferrable: false },\n" +
          "});",
        sql: "ALTER TABLE atlas.city ALTER CONSTRAINT fk_city_country DEFERRABLE INITIALLY DEFERRED;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
