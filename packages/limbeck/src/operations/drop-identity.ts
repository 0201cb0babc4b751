import { action, alterTable } from "./language/alter-table.ts";
import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, type Statement } from "./language/statement.ts";

export interface DropIdentityOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
}

export interface DropIdentity extends DropIdentityOptions {
  readonly kind: "dropIdentity";
  readonly table: string;
  readonly column: string;
}

/**
 * Has a column no longer numbered by PostgreSQL. The numbers stay, and NULL is still refused.
 *
 * @example
 * op.dropIdentity("city", "id");
 * // ALTER TABLE city ALTER COLUMN id DROP IDENTITY;
 */
export function dropIdentity(table: string, column: string, options: DropIdentityOptions = {}): DropIdentity {
  return frozen({ kind: "dropIdentity", table, column, ...options });
}

function statements({ table, column, schema, ifExists }: DropIdentity): Statement[] {
  const relation = qualified(schema, table);
  const name = identifier(column);
  const text = clauses(`ALTER COLUMN ${name} DROP IDENTITY`, ifExists && "IF EXISTS");
  return [alterTable(relation, action(text, name, "drop"))];
}

function reverse({ table, column, schema }: DropIdentity, before?: SchemaBefore): Reversal {
  const identity = madeBy(before, { kind: "column", schema, table, name: column }, "addColumn")?.column.identity;
  return identity === undefined
    ? notReversible("How far the column was numbered, and with which options, is gone.")
    : reversedBy(frozen({ kind: "addIdentity", table, column, schema, ...(identity === true ? {} : identity) }));
}

export const dropIdentityDefinition = define({
  build: dropIdentity,
  statements,
  reverse,
  args: ({ table, column, ...options }) => [table, column, options],
  fields: { table: true, column: true, schema: true, ifExists: true },
  docs: {
    summary: "Has a column no longer numbered by PostgreSQL. The numbers stay, and NULL is still refused.",
    examples: [
      { call: `op.dropIdentity("city", "id");`, sql: "ALTER TABLE city ALTER COLUMN id DROP IDENTITY;" },
      {
        call: `op.dropIdentity("city", "id", { schema: "atlas", ifExists: true });`,
        sql: "ALTER TABLE atlas.city ALTER COLUMN id DROP IDENTITY IF EXISTS;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
