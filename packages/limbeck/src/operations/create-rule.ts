import { define, recreatedBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { querySql } from "./language/query.ts";
import { isSql, type Sql } from "./language/sql-text.ts";
import { clauses, lock, statement, type Statement } from "./language/statement.ts";

export interface CreateRuleOptions {
  readonly schema?: string;

  readonly orReplace?: boolean;
  readonly event: "select" | "insert" | "update" | "delete";
  /** A condition on OLD and NEW, as SQL. */
  readonly where?: string | Sql;
  /** Whether the rule's commands take the place of the one that was given, instead of running beside it. */
  readonly instead?: boolean;
  /** The commands, or "nothing". */
  readonly do: string | Sql | readonly (string | Sql)[];
}

export interface CreateRule extends CreateRuleOptions {
  readonly kind: "createRule";
  readonly name: string;
  readonly table: string;
}

/**
 * Creates a rewrite rule on a table or a view.
 *
 * @example
 * op.createRule("keep", "city", { event: "delete", instead: true, do: "nothing" });
 * // CREATE RULE keep AS ON DELETE TO city DO INSTEAD NOTHING;
 */
export function createRule(name: string, table: string, options: CreateRuleOptions): CreateRule {
  return frozen({ kind: "createRule", name, table, ...options });
}

function statements(op: CreateRule): Statement[] {
  const table = qualified(op.schema, op.table);
  const text = clauses(
    "CREATE",
    op.orReplace && "OR REPLACE",
    `RULE ${identifier(op.name)} AS ON ${op.event.toUpperCase()} TO ${table}`,
    op.where !== undefined && `WHERE ${querySql(op.where)}`,
    op.instead === undefined ? "DO" : `DO ${op.instead ? "INSTEAD" : "ALSO"}`,
    commandsSql(op.do),
  );
  return [statement(text, lock("ACCESS EXCLUSIVE", table))];
}

function commandsSql(commands: CreateRule["do"]): string {
  if (commands === "nothing") return "NOTHING";
  return typeof commands === "string" || isSql(commands)
    ? querySql(commands)
    : `(${commands.map(querySql).join("; ")})`;
}

function reverse({ name, table, schema, orReplace }: CreateRule, before?: SchemaBefore): Reversal {
  const drop = frozen({ kind: "dropRule", name, table, schema });
  if (!orReplace) return reversedBy(drop);
  const replaced = recreatedBy(
    before,
    { kind: "rule", schema, table, name },
    "Which rule, if any, was replaced is not in the call that replaces it.",
  );
  return "notReversible" in replaced ? replaced : reversedBy(drop, ...replaced.operations);
}

export const createRuleDefinition = define({
  build: createRule,
  statements,
  reverse,
  args: ({ name, table, ...options }) => [name, table, options],
  fields: { name: true, table: true, schema: true, orReplace: true, event: true, where: true, instead: true, do: true },
  docs: {
    summary: "Creates a rewrite rule on a table or a view.",
    examples: [
      {
        call: `op.createRule("keep", "city", { event: "delete", instead: true, do: "nothing" });`,
        sql: "CREATE RULE keep AS ON DELETE TO city DO INSTEAD NOTHING;",
      },
      {
        call:
          `op.createRule("log_move", "city", {\n` +
          `  schema: "atlas",\n` +
          "  orReplace: true,\n" +
          `  event: "update",\n` +
          `  where: "OLD.country <> NEW.country",\n` +
          `  do: ["INSERT INTO move VALUES (OLD.id)", "DELETE FROM route WHERE city = OLD.id"],\n` +
          "});",
        sql:
          "CREATE OR REPLACE RULE log_move AS ON UPDATE TO atlas.city WHERE OLD.country <> NEW.country DO (INSERT INTO " +
          "move VALUES (OLD.id); DELETE FROM route WHERE city = OLD.id);",
      },
    ],
    manual: ["sql-createrule"],
  },
});
