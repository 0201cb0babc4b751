import { action, alterTable } from "./language/alter-table.ts";
import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, type Statement } from "./language/statement.ts";

export interface DropConstraintOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what depends on the constraint, too: the foreign keys that point to a primary key. */
  readonly cascade?: boolean;
  /** What the constraint is, as Alembic's `type_`. PostgreSQL does not need to be told. */
  readonly type?: "foreignkey" | "primary" | "unique" | "check";
}

export interface DropConstraint extends DropConstraintOptions {
  readonly kind: "dropConstraint";
  readonly name: string;
  readonly table: string;
}

/**
 * Drops a constraint of any kind.
 *
 * @example
 * op.dropConstraint("ck_city_name", "city");
 * // ALTER TABLE city DROP CONSTRAINT ck_city_name;
 */
export function dropConstraint(name: string, table: string, options: DropConstraintOptions = {}): DropConstraint {
  return frozen({ kind: "dropConstraint", name, table, ...options });
}

function statements(op: DropConstraint): Statement[] {
  const table = qualified(op.schema, op.table);
  const name = identifier(op.name);
  const text = clauses("DROP CONSTRAINT", op.ifExists && "IF EXISTS", name, op.cascade && "CASCADE");
  return [alterTable(table, action(text, name, "drop"))];
}

export const dropConstraintDefinition = define({
  build: dropConstraint,
  statements,
  reverse: ({ name, table, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "constraint", schema, table, name },
      "What a dropped constraint demands is not in the call that drops it.",
      cascade,
    ),
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true, ifExists: true, cascade: true, type: true },
  docs: {
    summary: "Drops a constraint of any kind.",
    examples: [
      {
        call: `op.dropConstraint("ck_city_name", "city");`,
        sql: "ALTER TABLE city DROP CONSTRAINT ck_city_name;",
      },
      {
        call: `op.dropConstraint("pk_city", "city", { schema: "atlas", type: "primary", ifExists: true, cascade: true });`,
        sql: "ALTER TABLE atlas.city DROP CONSTRAINT IF EXISTS pk_city CASCADE;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
