import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";

export interface RenameEventTrigger {
  readonly kind: "renameEventTrigger";
  readonly name: string;
  readonly newName: string;
}

/**
 * Renames an event trigger.
 *
 * @example
 * op.renameEventTrigger("watch", "guard");
 * // ALTER EVENT TRIGGER watch RENAME TO guard;
 */
export function renameEventTrigger(name: string, newName: string): RenameEventTrigger {
  return frozen({ kind: "renameEventTrigger", name, newName });
}

export const renameEventTriggerDefinition = define({
  build: renameEventTrigger,
  statements: ({ name, newName }) => [
    statement(`ALTER EVENT TRIGGER ${identifier(name)} RENAME TO ${identifier(newName)}`),
  ],
  reverse: ({ name, newName }) => reversedBy(renameEventTrigger(newName, name)),
  args: ({ name, newName }) => [name, newName],
  fields: { name: true, newName: true },
  docs: {
    summary: "Renames an event trigger.",
    examples: [{ call: `op.renameEventTrigger("watch", "guard");`, sql: "ALTER EVENT TRIGGER watch RENAME TO guard;" }],
    manual: ["sql-altereventtrigger"],
  },
});
