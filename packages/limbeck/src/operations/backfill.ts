import { checkBatch, type BatchOptions } from "./language/batch.ts";
import { define, notReversible, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { checkColumns, invalid } from "./language/invalid.ts";
import type { Literal } from "./language/literals.ts";
import type { Sql } from "./language/sql-text.ts";
import { clauses, lock, standaloneStatement, type Statement } from "./language/statement.ts";
import { assignmentsSql, whereSql } from "./language/update.ts";

/** New values by their columns' names: JavaScript values, quoted as literals, or sql`…` over the row's columns. */
export type Values = Readonly<Record<string, Literal | Sql>>;

export interface BackfillOptions {
  readonly schema?: string;
  readonly set: Values;
  /**
   * The rows that lack the new values, as the columns tell it: `"mayor IS NULL"`. Passes over the table are repeated
   * until one finds no such row. Where rows still match after their change, there is one pass.
   */
  readonly where?: string | Sql;
  /** The columns of the index to walk along, NOT NULL; those of the primary key by default. */
  readonly key?: readonly string[];
  readonly batch?: BatchOptions;
  /** The values that undo it, for the rows that `where` names. */
  readonly reverse?: { readonly set: Values; readonly where?: string | Sql };
}

export interface Backfill extends BackfillOptions {
  readonly kind: "backfill";
  readonly table: string;
}

/**
 * Changes the rows of a big table beside the application: in short batches along the primary key, each in its own
 * transaction. Runs outside the step's transaction, and is gone on with where it was cut off.
 *
 * @example
 * op.backfill("city", { set: { mayor: "nobody" }, where: "mayor IS NULL" });
 * // UPDATE city SET mayor = 'nobody' WHERE (mayor IS NULL);
 */
export function backfill(table: string, options: BackfillOptions): Backfill {
  const call = `op.backfill("${table}")`;
  checkValues(call, options.set);
  if (options.reverse !== undefined) checkValues(`The reverse of ${call}`, options.reverse.set);
  if (options.key !== undefined) checkColumns(call, options.key);
  const changedKey = options.key?.find((column) => Object.hasOwn(options.set, column));
  if (changedKey !== undefined) {
    throw invalid(
      `${call} walks along "${changedKey}" and changes it on the way.`,
      "Walk along another index: name its columns as `key`.",
    );
  }
  checkBatch(call, options.batch);
  return frozen({ kind: "backfill", table, ...options });
}

function checkValues(call: string, set: Values): void {
  const columns = Object.keys(set);
  if (columns.length === 0) throw invalid(`${call} sets no column.`, 'Name at least one: `set: { mayor: "nobody" }`.');
  const missing = columns.find((column) => set[column] === undefined);
  if (missing === undefined) return;
  throw invalid(`${call} was given undefined for "${missing}".`, "Pass null where a NULL is meant.");
}

/** The one UPDATE that the batches come to. */
function statements(op: Backfill): Statement[] {
  const table = qualified(op.schema, op.table);
  const text = clauses(`UPDATE ${table} SET ${assignmentsSql(op.set)}`, op.where && `WHERE ${whereSql(op.where)}`);
  return [standaloneStatement(text, lock("ROW EXCLUSIVE", table))];
}

export const backfillDefinition = define({
  build: backfill,
  statements,
  reverse({ reverse, set, where, ...op }) {
    if (reverse === undefined)
      return notReversible("What the columns held before, `reverse: { set: … }` would have to say.");
    return reversedBy(frozen({ ...op, ...reverse, reverse: frozen({ set, where }) }));
  },
  args: ({ table, ...options }) => [table, options],
  fields: { table: true, schema: true, set: true, where: true, key: true, batch: true, reverse: true },
  docs: {
    summary:
      "Changes the rows of a big table beside the application: in short batches along the primary key, each in its own " +
      "transaction. Runs outside the step's transaction, and is gone on with where it was cut off.",
    examples: [
      {
        call: `op.backfill("city", { set: { mayor: "nobody" }, where: "mayor IS NULL" });`,
        sql: "UPDATE city SET mayor = 'nobody' WHERE (mayor IS NULL);",
      },
      {
        call:
          'op.backfill("city", {\n' +
          '  schema: "atlas",\n' +
          "  set: { name: sql`initcap(name)`, people: 0 },\n" +
          "  where: sql`people IS NULL`,\n" +
          '  key: ["country", "id"],\n' +
          '  batch: { time: "50ms", rows: 500, pause: "20ms", maxLag: "2s" },\n' +
          "  reverse: { set: { people: null }, where: sql`people = 0` },\n" +
          "});",
        sql: "UPDATE atlas.city SET name = initcap(name), people = 0 WHERE (people IS NULL);",
      },
    ],
    manual: ["sql-update"],
  },
});
