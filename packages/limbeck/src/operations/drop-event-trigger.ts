import { define, recreatedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { clauses, statement } from "./language/statement.ts";

export interface DropEventTriggerOptions {
  readonly ifExists?: boolean;
  /** Drops what depends on it, too. */
  readonly cascade?: boolean;
}

export interface DropEventTrigger extends DropEventTriggerOptions {
  readonly kind: "dropEventTrigger";
  readonly name: string;
}

/**
 * Drops an event trigger. Its function stays.
 *
 * @example
 * op.dropEventTrigger("watch");
 * // DROP EVENT TRIGGER watch;
 */
export function dropEventTrigger(name: string, options: DropEventTriggerOptions = {}): DropEventTrigger {
  return frozen({ kind: "dropEventTrigger", name, ...options });
}

export const dropEventTriggerDefinition = define({
  build: dropEventTrigger,
  statements: ({ name, ifExists, cascade }) => [
    statement(clauses("DROP EVENT TRIGGER", ifExists && "IF EXISTS", identifier(name), cascade && "CASCADE")),
  ],
  reverse: ({ name, cascade }, before) =>
    recreatedBy(
      before,
      { kind: "event trigger", name },
      "What a dropped event trigger calls, and when, is not in the call that drops it.",
      cascade,
    ),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, ifExists: true, cascade: true },
  docs: {
    summary: "Drops an event trigger. Its function stays.",
    examples: [
      { call: `op.dropEventTrigger("watch");`, sql: "DROP EVENT TRIGGER watch;" },
      {
        call: `op.dropEventTrigger("watch", { ifExists: true, cascade: true });`,
        sql: "DROP EVENT TRIGGER IF EXISTS watch CASCADE;",
      },
    ],
    manual: ["sql-dropeventtrigger"],
  },
});
