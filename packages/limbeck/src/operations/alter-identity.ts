import { action, alterTable } from "./language/alter-table.ts";
import type { IdentityOptions } from "./language/column.ts";
import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { sequenceOptionsSql } from "./language/sequence.ts";
import { clauses, type Statement } from "./language/statement.ts";

export interface AlterIdentityOptions extends IdentityOptions {
  readonly schema?: string;

  /** Goes on from this number, true for that of the start. Where it was before, is not known afterwards. */
  readonly restart?: number | bigint | true;
  /** What the identity is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: IdentityOptions;
}

export interface AlterIdentity extends AlterIdentityOptions {
  readonly kind: "alterIdentity";
  readonly table: string;
  readonly column: string;
}

/**
 * Changes how a column is numbered by PostgreSQL.
 *
 * @example
 * op.alterIdentity("city", "id", { always: true, existing: { always: false } });
 * // ALTER TABLE city ALTER COLUMN id SET GENERATED ALWAYS;
 */
export function alterIdentity(table: string, column: string, changes: AlterIdentityOptions): AlterIdentity {
  const op: AlterIdentity = frozen({ kind: "alterIdentity", table, column, ...changes });
  if (actionsSql(op) !== "") return op;
  throw nothingToChange(`alterIdentity("${table}", "${column}")`, "always, restart or an option of the sequence");
}

function statements(op: AlterIdentity): Statement[] {
  const table = qualified(op.schema, op.table);
  const column = identifier(op.column);
  return [alterTable(table, action(`ALTER COLUMN ${column} ${actionsSql(op)}`, column))];
}

/** One SET for each option, as only ALTER wants it. */
function actionsSql({ always, restart, increment, minValue, maxValue, start, cache, cycle }: AlterIdentity): string {
  const options = Object.entries(frozen({ increment, minValue, maxValue, start, cache, cycle }));
  return clauses(
    always !== undefined && `SET GENERATED ${always ? "ALWAYS" : "BY DEFAULT"}`,
    ...options.map(([name, value]) => `SET ${sequenceOptionsSql({ [name]: value })}`),
    restart !== undefined && (restart === true ? "RESTART" : `RESTART WITH ${restart}`),
  );
}

function reverse(op: AlterIdentity): Reversal {
  const { kind, table, column, schema, restart, existing, ...changes } = op;
  if (restart !== undefined) return notReversible("How far the column was numbered is gone.");
  const change = changedBack<IdentityOptions>(changes, { ...existing }, "identity");
  if ("notReversible" in change) return change;
  return reversedBy(alterIdentity(table, column, frozen({ schema, ...change.back, existing: change.existing })));
}

export const alterIdentityDefinition = define({
  build: alterIdentity,
  statements,
  reverse,
  args: ({ table, column, ...options }) => [table, column, options],
  fields: {
    table: true,
    column: true,
    schema: true,
    restart: true,
    existing: true,
    always: true,
    start: true,
    increment: true,
    minValue: true,
    maxValue: true,
    cache: true,
    cycle: true,
  },
  docs: {
    summary: "Changes how a column is numbered by PostgreSQL.",
    examples: [
      {
        call: `op.alterIdentity("city", "id", { always: true, existing: { always: false } });`,
        sql: "ALTER TABLE city ALTER COLUMN id SET GENERATED ALWAYS;",
      },
      {
        call:
          `op.alterIdentity("city", "id", {\n` +
          `  schema: "atlas",\n` +
          "  start: 1,\n" +
          "  increment: 10,\n" +
          "  minValue: 1,\n" +
          "  maxValue: 9999,\n" +
          "  cache: 1,\n" +
          "  cycle: false,\n" +
          "  restart: 1000,\n" +
          "});",
        sql:
          "ALTER TABLE atlas.city ALTER COLUMN id SET INCREMENT BY 10 SET MINVALUE 1 SET MAXVALUE 9999 SET START WITH " +
          "1 SET CACHE 1 SET NO CYCLE RESTART WITH 1000;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
