import { define, madeBy, notReversible, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import type { PartitionBounds } from "./language/partition.ts";
import { clauses, lock, standaloneStatement, statement, type Statement } from "./language/statement.ts";

export interface DetachPartitionOptions {
  readonly schema?: string;

  /** The schema of the partition; that of the table by default. */
  readonly partitionSchema?: string;
  /** Holds up nobody (PostgreSQL 14). Runs outside a transaction, which the runner takes care of. */
  readonly concurrently?: boolean;
  /** Finishes a concurrent run that was broken off. */
  readonly finalize?: boolean;
  /** Which rows it takes: not part of the SQL, but with them it can be attached again. */
  readonly bounds?: PartitionBounds;
}

export interface DetachPartition extends DetachPartitionOptions {
  readonly kind: "detachPartition";
  readonly table: string;
  readonly partition: string;
}

/**
 * Makes a partition a table of its own, with its rows.
 *
 * @example
 * op.detachPartition("reading", "reading_2020");
 * // ALTER TABLE reading DETACH PARTITION reading_2020;
 */
export function detachPartition(
  table: string,
  partition: string,
  options: DetachPartitionOptions = {},
): DetachPartition {
  if (options.concurrently && options.finalize) {
    throw invalid(
      `op.detachPartition("${table}", "${partition}") was given both concurrently and finalize.`,
      "Pass concurrently to begin, and finalize only for a run that was broken off.",
    );
  }
  return frozen({ kind: "detachPartition", table, partition, ...options });
}

function statements(op: DetachPartition): Statement[] {
  const { table, partition, schema, partitionSchema = schema, concurrently, finalize } = op;
  const parent = qualified(schema, table);
  const child = qualified(partitionSchema, partition);
  const text = clauses(
    `ALTER TABLE ${parent} DETACH PARTITION ${child}`,
    concurrently && "CONCURRENTLY",
    finalize && "FINALIZE",
  );
  const locks = [
    lock(concurrently || finalize ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE", parent),
    lock("ACCESS EXCLUSIVE", child),
  ];
  return [concurrently ? standaloneStatement(text, ...locks) : statement(text, ...locks)];
}

function reverse(op: DetachPartition, before?: SchemaBefore): Reversal {
  const { table, partition, schema, partitionSchema } = op;
  const made = madeBy(before, { kind: "table", schema: partitionSchema ?? schema, name: partition }, "createTable");
  const bounds = op.bounds ?? made?.partitionOf?.bounds;
  return bounds === undefined
    ? notReversible("Which rows the partition takes, `bounds: …` would have to say.")
    : reversedBy(frozen({ kind: "attachPartition", table, partition, bounds, schema, partitionSchema }));
}

export const detachPartitionDefinition = define({
  build: detachPartition,
  statements,
  reverse,
  args: ({ table, partition, ...options }) => [table, partition, options],
  fields: {
    table: true,
    partition: true,
    schema: true,
    partitionSchema: true,
    concurrently: true,
    finalize: true,
    bounds: true,
  },
  docs: {
    summary: "Makes a partition a table of its own, with its rows.",
    examples: [
      {
        call: `op.detachPartition("reading", "reading_2020");`,
        sql: "ALTER TABLE reading DETACH PARTITION reading_2020;",
      },
      {
        call:
          `op.detachPartition("reading", "reading_2020", {\n` +
          `  schema: "atlas",\n` +
          `  partitionSchema: "archive",\n` +
          "  concurrently: true,\n" +
          `  bounds: { from: ["2020-01-01"], to: ["2021-01-01"] },\n` +
          "});",
        sql: "ALTER TABLE atlas.reading DETACH PARTITION archive.reading_2020 CONCURRENTLY;",
      },
      {
        call: `op.detachPartition("reading", "reading_2020", { finalize: true });`,
        sql: "ALTER TABLE reading DETACH PARTITION reading_2020 FINALIZE;",
      },
    ],
    manual: ["sql-altertable", "ddl-partitioning"],
  },
});
