import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface DropTriggerOptions {
  readonly schema?: string;
  readonly ifExists?: boolean;
  /** Drops what depends on it, too. */
  readonly cascade?: boolean;
}

export interface DropTrigger extends DropTriggerOptions {
  readonly kind: "dropTrigger";
  readonly name: string;
  readonly table: string;
}

/**
 * Drops a trigger. Its function stays.
 *
 * @example
 * op.dropTrigger("stamp", "city");
 * // DROP TRIGGER stamp ON city;
 */
export function dropTrigger(name: string, table: string, options: DropTriggerOptions = {}): DropTrigger {
  return frozen({ kind: "dropTrigger", name, table, ...options });
}

function statements({ name, table, schema, ifExists, cascade }: DropTrigger): Statement[] {
  const relation = qualified(schema, table);
  const text = clauses("DROP TRIGGER", ifExists && "IF EXISTS", identifier(name), "ON", relation, cascade && "CASCADE");
  return [statement(text, lock("ACCESS EXCLUSIVE", relation))];
}

export const dropTriggerDefinition = define({
  build: dropTrigger,
  statements,
  reverse: ({ name, table, schema, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "trigger", schema, table, name },
      "What a dropped trigger calls, and when, is not in the call that drops it.",
      cascade,
    ),
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops a trigger. Its function stays.",
    examples: [
      { call: `op.dropTrigger("stamp", "city");`, sql: "DROP TRIGGER stamp ON city;" },
      {
        call: `op.dropTrigger("stamp", "city", { schema: "atlas", ifExists: true, cascade: true });`,
        sql: "DROP TRIGGER IF EXISTS stamp ON atlas.city CASCADE;",
      },
    ],
    manual: ["sql-droptrigger"],
  },
});
