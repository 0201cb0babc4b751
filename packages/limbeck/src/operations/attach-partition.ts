import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { boundsSql, type PartitionBounds } from "./language/partition.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface AttachPartitionOptions {
  readonly schema?: string;

  /** The schema of the partition; that of the table by default. */
  readonly partitionSchema?: string;
}

export interface AttachPartition extends AttachPartitionOptions {
  readonly kind: "attachPartition";
  readonly table: string;
  readonly partition: string;
  readonly bounds: PartitionBounds;
}

/**
 * Makes a table a partition of another. It is read to check the bounds, unless it has a CHECK that says the same.
 *
 * @example
 * op.attachPartition("reading", "reading_2025", { from: ["2025-01-01"], to: ["2026-01-01"] });
 * // ALTER TABLE reading ATTACH PARTITION reading_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
 */
export function attachPartition(
  table: string,
  partition: string,
  bounds: PartitionBounds,
  options: AttachPartitionOptions = {},
): AttachPartition {
  return frozen({ kind: "attachPartition", table, partition, bounds, ...options });
}

function statements({ table, partition, bounds, schema, partitionSchema = schema }: AttachPartition): Statement[] {
  const parent = qualified(schema, table);
  const child = qualified(partitionSchema, partition);
  const text = `ALTER TABLE ${parent} ATTACH PARTITION ${child} ${boundsSql(bounds)}`;
  return [statement(text, lock("SHARE UPDATE EXCLUSIVE", parent), lock("ACCESS EXCLUSIVE", child))];
}

export const attachPartitionDefinition = define({
  build: attachPartition,
  statements,
  reverse: ({ table, partition, bounds, schema, partitionSchema }) =>
    reversedBy(frozen({ kind: "detachPartition", table, partition, schema, partitionSchema, bounds })),
  args: ({ table, partition, bounds, ...options }) => [table, partition, bounds, options],
  fields: { table: true, partition: true, bounds: true, schema: true, partitionSchema: true },
  docs: {
    summary:
      "Makes a table a partition of another. It is read to check the bounds, unless it has a CHECK that says the " +
      "same.",
    examples: [
      {
        call: `op.attachPartition("reading", "reading_2025", { from: ["2025-01-01"], to: ["2026-01-01"] });`,
        sql: "ALTER TABLE reading ATTACH PARTITION reading_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
      },
      {
        call: `op.attachPartition("reading", "other", "default", { schema: "atlas", partitionSchema: "archive" });`,
        sql: "ALTER TABLE atlas.reading ATTACH PARTITION archive.other DEFAULT;",
      },
      {
        call: `op.attachPartition("reading", "north", { in: ["NO", "SE", null] });`,
        sql: "ALTER TABLE reading ATTACH PARTITION north FOR VALUES IN ('NO', 'SE', NULL);",
      },
      {
        call: `op.attachPartition("reading", "reading_0", { modulus: 4, remainder: 0 });`,
        sql: "ALTER TABLE reading ATTACH PARTITION reading_0 FOR VALUES WITH (MODULUS 4, REMAINDER 0);",
      },
      {
        call: `op.attachPartition("reading", "old", { from: [sql\`MINVALUE\`], to: ["2000-01-01"] });`,
        sql: "ALTER TABLE reading ATTACH PARTITION old FOR VALUES FROM (MINVALUE) TO ('2000-01-01');",
      },
    ],
    manual: ["sql-altertable", "ddl-partitioning"],
  },
});
