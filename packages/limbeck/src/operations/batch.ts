import type { TableOperations } from "./calls.ts";
import { single } from "./families/all.ts";
import { combined } from "./language/alter-table.ts";
import { define, facesOf, notReversible, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { invalid } from "./language/invalid.ts";
import { Code } from "./language/source.ts";
import type { Statement } from "./language/statement.ts";
import type { Operation, SingleOperation } from "./operation.ts";
import { isOn, tableCalls, tableCallSource, type TableName } from "./table-calls.ts";

export interface TableBatchOptions {
  readonly schema?: string;
}

export interface Batch extends TableBatchOptions {
  readonly kind: "batch";
  readonly table: string;
  readonly operations: readonly SingleOperation[];
}

/**
 * Changes a table in several ways with as few statements as PostgreSQL can do them with: where changes stand together
 * that one ALTER TABLE can have, they become one, and the table is read or rewritten once.
 *
 * @example
 * op.batch("city", (t) => {
 *   t.addColumn(column("mayor", "text"));
 *   t.alterColumn("name", { type: "text", nullable: false });
 *   t.createIndex("ix_city_mayor", ["mayor"]);
 * });
 * // ALTER TABLE city ADD COLUMN mayor text, ALTER COLUMN name TYPE text, ALTER COLUMN name SET NOT NULL;
 * // CREATE INDEX ix_city_mayor ON city (mayor);
 */
export function batch(table: string, changes: (t: TableOperations) => void, options: TableBatchOptions = {}): Batch {
  const operations: SingleOperation[] = [];
  let ended = false;
  const calls = tableCalls({ table, schema: options.schema }, (operation) => {
    if (ended)
      throw invalid(`t.${operation.kind} was called after its batch had ended.`, "Call it inside of op.batch.");
    operations.push(operation);
  });
  const result: unknown = changes(calls as TableOperations);
  ended = true;
  if (typeof result === "object" && result !== null && "then" in result) {
    throw invalid(
      `op.batch("${table}") was given a function that is asynchronous.`,
      "Take `async` away, and await what has to be awaited before op.batch.",
    );
  }
  return frozen({ kind: "batch", table, operations, ...options });
}

function statements({ operations }: Batch): Statement[] {
  return combined(operations.flatMap((operation) => facesOf(single, operation).statements(operation)));
}

function reverse({ table, schema, operations }: Batch, before?: SchemaBefore): Reversal {
  const undone: Operation[] = [];
  for (const operation of operations.toReversed()) {
    const reversal = facesOf(single, operation).reverse(operation, before);
    if ("notReversible" in reversal) return notReversible(reversal.notReversible);
    undone.push(...reversal.operations);
  }
  return { operations: inBatches({ table, schema }, undone) };
}

/** The same operations, with those on the table that stand together in a batch. */
function inBatches(name: TableName, operations: readonly Operation[]): Operation[] {
  const runs: Operation[][] = [];
  for (const operation of operations) {
    const last = runs.at(-1);
    if (last !== undefined && isOn(name, operation) && isOn(name, last[0]!)) last.push(operation);
    else runs.push([operation]);
  }
  return runs.flatMap((run) => (run.length > 1 ? [frozen({ kind: "batch", ...name, operations: run }) as Batch] : run));
}

function changesSource(operations: readonly SingleOperation[]): Code {
  return Code.block(
    "(t) => {",
    operations.map((operation) => `${tableCallSource(operation)};`),
    "}",
  );
}

export const batchDefinition = define({
  build: batch,
  statements,
  reverse,
  args: ({ table, operations, ...options }) => [table, changesSource(operations), options],
  fields: { table: true, operations: true, schema: true },
  docs: {
    summary:
      "Changes a table in several ways with as few statements as PostgreSQL can do them with: where changes stand " +
      "together that one ALTER TABLE can have, they become one, and the table is read or rewritten once.",
    examples: [
      {
        call:
          `op.batch("city", (t) => {\n` +
          `  t.addColumn(column("mayor", "text"));\n` +
          `  t.alterColumn("name", { type: "text", nullable: false });\n` +
          `  t.createIndex("ix_city_mayor", ["mayor"]);\n` +
          `});`,
        sql:
          "ALTER TABLE city ADD COLUMN mayor text, ALTER COLUMN name TYPE text, ALTER COLUMN name SET NOT NULL;\n" +
          "CREATE INDEX ix_city_mayor ON city (mayor);",
      },
      {
        call:
          `op.batch(\n` +
          `  "city",\n` +
          `  (t) => {\n` +
          `    t.dropConstraint("ck_city_size");\n` +
          `    t.createCheckConstraint("ck_city_size", "size > 0", { notValid: true });\n` +
          `    t.createForeignKey("fk_city_country", "country", ["country_id"], ["id"], { referentSchema: "atlas" });\n` +
          `    t.addColumn(column("founded", "date", { comment: "If known" }));\n` +
          `    t.dropColumn("note");\n` +
          `  },\n` +
          `  { schema: "atlas" },\n` +
          `);`,
        sql:
          "ALTER TABLE atlas.city DROP CONSTRAINT ck_city_size, ADD CONSTRAINT ck_city_size CHECK (size > 0) NOT VALID, " +
          "ADD CONSTRAINT fk_city_country FOREIGN KEY (country_id) REFERENCES atlas.country (id), " +
          "ADD COLUMN founded date, DROP COLUMN note;\n" +
          "COMMENT ON COLUMN atlas.city.founded IS 'If known';",
      },
    ],
    manual: ["sql-altertable"],
  },
});
