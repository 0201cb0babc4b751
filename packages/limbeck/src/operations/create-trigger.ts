import { deferrableSql, type Deferrable } from "./language/column.ts";
import { define, recreatedBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import { referenceSql, type TableReference } from "./language/partition.ts";
import { sqlText, type Sql } from "./language/sql-text.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";
import { eventSql, executeSql, type TriggerEvent, type TriggerFunction } from "./language/trigger.ts";

export interface CreateTriggerOptions extends Deferrable {
  readonly schema?: string;

  readonly orReplace?: boolean;
  readonly timing: "before" | "after" | "instead of";
  /** What fires it, at least one. */
  readonly events: readonly TriggerEvent[];
  /** The function that it calls: a name, or one with its schema and its arguments. */
  readonly execute: string | TriggerFunction;
  /** Whether it is called for each row or, by default, once for each statement. */
  readonly forEach?: "row" | "statement";
  /** A condition on OLD and NEW, as SQL. */
  readonly when?: string | Sql;
  /** The name under which the function finds the rows as they were. */
  readonly oldTable?: string;
  /** The name under which the function finds the rows as they are now. */
  readonly newTable?: string;
  /** A constraint trigger, which can be deferred. */
  readonly constraint?: boolean;
  /** The other table that a constraint trigger is about. */
  readonly from?: string | TableReference;
}

export interface CreateTrigger extends CreateTriggerOptions {
  readonly kind: "createTrigger";
  readonly name: string;
  readonly table: string;
}

/**
 * Creates a trigger on a table or a view.
 *
 * @example
 * op.createTrigger("stamp", "city", {
 *   timing: "before",
 *   events: ["insert", { updateOf: ["name", "size"] }],
 *   forEach: "row",
 *   execute: "stamp",
 * });
 * // CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF name, size ON city FOR EACH ROW EXECUTE FUNCTION stamp();
 */
export function createTrigger(name: string, table: string, options: CreateTriggerOptions): CreateTrigger {
  if (options.events.length === 0) {
    throw invalid(`op.createTrigger("${name}") was given no events.`, 'Pass at least one, as in events: ["insert"].');
  }
  return frozen({ kind: "createTrigger", name, table, ...options });
}

function statements(op: CreateTrigger): Statement[] {
  const table = qualified(op.schema, op.table);
  const from = op.from === undefined ? undefined : referenceSql(op.from);
  const text = clauses(
    "CREATE",
    op.orReplace && "OR REPLACE",
    op.constraint && "CONSTRAINT",
    "TRIGGER",
    identifier(op.name),
    op.timing.toUpperCase(),
    op.events.map(eventSql).join(" OR "),
    `ON ${table}`,
    from && `FROM ${from}`,
    deferrableSql(op),
    referencingSql(op),
    op.forEach && `FOR EACH ${op.forEach.toUpperCase()}`,
    op.when !== undefined && `WHEN (${sqlText(op.when)})`,
    executeSql(op.execute),
  );
  return [
    statement(text, lock("SHARE ROW EXCLUSIVE", table), ...(from === undefined ? [] : [lock("ACCESS SHARE", from)])),
  ];
}

function referencingSql({ oldTable, newTable }: CreateTrigger): string {
  if (oldTable === undefined && newTable === undefined) return "";
  return clauses(
    "REFERENCING",
    oldTable !== undefined && `OLD TABLE AS ${identifier(oldTable)}`,
    newTable !== undefined && `NEW TABLE AS ${identifier(newTable)}`,
  );
}

function reverse({ name, table, schema, orReplace }: CreateTrigger, before?: SchemaBefore): Reversal {
  const drop = frozen({ kind: "dropTrigger", name, table, schema });
  if (!orReplace) return reversedBy(drop);
  const replaced = recreatedBy(
    before,
    { kind: "trigger", schema, table, name },
    "Which trigger, if any, was replaced is not in the call that replaces it.",
  );
  return "notReversible" in replaced ? replaced : reversedBy(drop, ...replaced.operations);
}

export const createTriggerDefinition = define({
  build: createTrigger,
  statements,
  reverse,
  args: ({ name, table, ...options }) => [name, table, options],
  fields: {
    name: true,
    table: true,
    schema: true,
    orReplace: true,
    timing: true,
    events: true,
    execute: true,
    forEach: true,
    when: true,
    oldTable: true,
    newTable: true,
    constraint: true,
    from: true,
    deferrable: true,
    initially: true,
  },
  docs: {
    summary: "Creates a trigger on a table or a view.",
    examples: [
      {
        call:
          `op.createTrigger("stamp", "city", {\n` +
          `  timing: "before",\n` +
          `  events: ["insert", { updateOf: ["name", "size"] }],\n` +
          `  forEach: "row",\n` +
          `  execute: "stamp",\n` +
          "});",
        sql: "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF name, size ON city FOR EACH ROW EXECUTE FUNCTION stamp();",
      },
      {
        call:
          `op.createTrigger("log_growth", "city", {\n` +
          `  schema: "atlas",\n` +
          "  orReplace: true,\n" +
          `  timing: "after",\n` +
          `  events: ["update"],\n` +
          `  oldTable: "smaller",\n` +
          `  newTable: "larger",\n` +
          `  execute: { function: "log", schema: "audit", arguments: ["city", "it's grown"] },\n` +
          "});",
        sql:
          "CREATE OR REPLACE TRIGGER log_growth AFTER UPDATE ON atlas.city REFERENCING OLD TABLE AS smaller NEW TABLE " +
          "AS larger EXECUTE FUNCTION audit.log('city', 'it''s grown');",
      },
      {
        call:
          `op.createTrigger("one_capital", "city", {\n` +
          `  timing: "after",\n` +
          `  events: ["insert", "update"],\n` +
          `  forEach: "row",\n` +
          `  when: "NEW.capital",\n` +
          "  constraint: true,\n" +
          `  from: { table: "country", schema: "atlas" },\n` +
          "  deferrable: true,\n" +
          `  initially: "deferred",\n` +
          `  execute: "check_capital",\n` +
          "});",
        sql:
          "CREATE CONSTRAINT TRIGGER one_capital AFTER INSERT OR UPDATE ON city FROM atlas.country DEFERRABLE " +
          "INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.capital) EXECUTE FUNCTION check_capital();",
      },
    ],
    manual: ["sql-createtrigger"],
  },
});
