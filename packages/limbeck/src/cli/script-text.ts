import type { ScriptStatement } from "../commands/dump.ts";

/** Statements as a script for psql. */
export function scriptText(statements: readonly ScriptStatement[]): string {
  return statements
    .map(({ sql, transactional }) => (transactional ? `${sql};` : `-- Not inside a transaction block:\n${sql};`))
    .join("\n");
}
