import { define, notReversible } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { sqlText, type Sql } from "./language/sql-text.ts";
import { sql as template } from "./language/sql.ts";
import { standaloneStatement, statement, type Statement } from "./language/statement.ts";

export interface ExecuteOptions {
  /** False for SQL that PostgreSQL refuses inside a transaction block, such as VACUUM. */
  readonly transaction?: boolean;
}

export interface Execute extends ExecuteOptions {
  readonly kind: "execute";
  readonly sql: string;
}

/**
 * Runs SQL as it stands. A plain text is sent to the letter: no bind markers, no `%`, no `:name`.
 *
 * @example
 * op.execute(sql`UPDATE city SET mayor = ${"nobody"} WHERE mayor IS NULL`);
 * // UPDATE city SET mayor = 'nobody' WHERE mayor IS NULL;
 */
export function execute(sql: string | Sql, options: ExecuteOptions = {}): Execute {
  return frozen({ kind: "execute", sql: withoutSemicolon(sqlText(sql)), ...options });
}

function withoutSemicolon(text: string): string {
  return text.trim().replace(/(?:\s*;)+$/, "");
}

function statements({ sql, transaction }: Execute): Statement[] {
  const text = semicolonProof(sql);
  return [transaction === false ? standaloneStatement(text) : statement(text)];
}

/** With a last line of its own after a comment, which would swallow a semicolon. */
function semicolonProof(text: string): string {
  return /--.*$/.test(text) ? `${text}\n` : text;
}

export const executeDefinition = define({
  build: execute,
  statements,
  reverse: () => notReversible("What undoes raw SQL only its author knows."),
  args: ({ sql, ...options }) => [template.raw(sql), options],
  fields: { sql: true, transaction: true },
  docs: {
    summary: "Runs SQL as it stands. A plain text is sent to the letter: no bind markers, no `%`, no `:name`.",
    examples: [
      {
        call: 'op.execute(sql`UPDATE city SET mayor = ${"nobody"} WHERE mayor IS NULL`);',
        sql: "UPDATE city SET mayor = 'nobody' WHERE mayor IS NULL;",
      },
      {
        call: 'op.execute("VACUUM (ANALYZE) city;", { transaction: false });',
        sql: "VACUUM (ANALYZE) city;",
      },
    ],
    manual: [],
  },
});
