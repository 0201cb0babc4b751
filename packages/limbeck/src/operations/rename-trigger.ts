import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface RenameTriggerOptions {
  readonly schema?: string;
}

export interface RenameTrigger extends RenameTriggerOptions {
  readonly kind: "renameTrigger";
  readonly name: string;
  readonly table: string;
  readonly newName: string;
}

/**
 * Renames a trigger.
 *
 * @example
 * op.renameTrigger("stamp", "city", "touch");
 * // ALTER TRIGGER stamp ON city RENAME TO touch;
 */
export function renameTrigger(
  name: string,
  table: string,
  newName: string,
  options: RenameTriggerOptions = {},
): RenameTrigger {
  return frozen({ kind: "renameTrigger", name, table, newName, ...options });
}

function statements({ name, table, newName, schema }: RenameTrigger): Statement[] {
  const relation = qualified(schema, table);
  const text = `ALTER TRIGGER ${identifier(name)} ON ${relation} RENAME TO ${identifier(newName)}`;
  return [statement(text, lock("ACCESS EXCLUSIVE", relation))];
}

export const renameTriggerDefinition = define({
  build: renameTrigger,
  statements,
  reverse: ({ name, table, newName, schema }) => reversedBy(renameTrigger(newName, table, name, frozen({ schema }))),
  args: ({ name, table, newName, ...options }) => [name, table, newName, options],
  fields: { name: true, table: true, newName: true, schema: true },
  docs: {
    summary: "Renames a trigger.",
    examples: [
      { call: `op.renameTrigger("stamp", "city", "touch");`, sql: "ALTER TRIGGER stamp ON city RENAME TO touch;" },
      {
        call: `op.renameTrigger("stamp", "city", "touch", { schema: "atlas" });`,
        sql: "ALTER TRIGGER stamp ON atlas.city RENAME TO touch;",
      },
    ],
    manual: ["sql-altertrigger"],
  },
});
