import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { quote } from "./language/literals.ts";
import { clauses, statement } from "./language/statement.ts";
import { executeSql, type TriggerFunction } from "./language/trigger.ts";

export interface CreateEventTriggerOptions {
  /** What fires it. */
  readonly event: "ddl_command_start" | "ddl_command_end" | "sql_drop" | "table_rewrite" | "login";
  /** The commands that fire it, all of them by default: `["CREATE TABLE"]`. */
  readonly tags?: readonly string[];
  /** The function that it calls. */
  readonly execute: string | TriggerFunction;
}

export interface CreateEventTrigger extends CreateEventTriggerOptions {
  readonly kind: "createEventTrigger";
  readonly name: string;
}

/**
 * Creates an event trigger: one for the whole database, fired by the commands that change its schema.
 *
 * @example
 * op.createEventTrigger("watch", { event: "ddl_command_end", execute: "log_ddl" });
 * // CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION log_ddl();
 */
export function createEventTrigger(name: string, options: CreateEventTriggerOptions): CreateEventTrigger {
  return frozen({ kind: "createEventTrigger", name, ...options });
}

export const createEventTriggerDefinition = define({
  build: createEventTrigger,
  statements: ({ name, event, tags = [], execute }) => [
    statement(
      clauses(
        `CREATE EVENT TRIGGER ${identifier(name)} ON ${event}`,
        tags.length > 0 && `WHEN TAG IN (${tags.map(quote).join(", ")})`,
        executeSql(execute),
      ),
    ),
  ],
  reverse: ({ name }) => reversedBy(frozen({ kind: "dropEventTrigger", name })),
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, event: true, tags: true, execute: true },
  docs: {
    summary: "Creates an event trigger: one for the whole database, fired by the commands that change its schema.",
    examples: [
      {
        call: `op.createEventTrigger("watch", { event: "ddl_command_end", execute: "log_ddl" });`,
        sql: "CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION log_ddl();",
      },
      {
        call:
          `op.createEventTrigger("watch", {\n` +
          `  event: "sql_drop",\n` +
          `  tags: ["DROP TABLE", "DROP SCHEMA"],\n` +
          `  execute: { function: "log_ddl", schema: "audit" },\n` +
          "});",
        sql:
          "CREATE EVENT TRIGGER watch ON sql_drop WHEN TAG IN ('DROP TABLE', 'DROP SCHEMA') EXECUTE FUNCTION " +
          "audit.log_ddl();",
      },
    ],
    manual: ["sql-createeventtrigger"],
  },
});
