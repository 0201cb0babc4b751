import { define, notReversible } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { lock, statement, type Statement } from "./language/statement.ts";

export interface AttachIndexOptions {
  readonly schema?: string;

  /** The schema of the partition's index; that of the index by default. */
  readonly partitionSchema?: string;
}

export interface AttachIndex extends AttachIndexOptions {
  readonly kind: "attachIndex";
  readonly index: string;
  readonly partitionIndex: string;
}

/**
 * Makes an index of a partition a part of the partitioned table's index, which is valid once all partitions have
 * theirs.
 *
 * @example
 * op.attachIndex("ix_reading", "ix_reading_2025");
 * // ALTER INDEX ix_reading ATTACH PARTITION ix_reading_2025;
 */
export function attachIndex(index: string, partitionIndex: string, options: AttachIndexOptions = {}): AttachIndex {
  return frozen({ kind: "attachIndex", index, partitionIndex, ...options });
}

function statements({ index, partitionIndex, schema, partitionSchema = schema }: AttachIndex): Statement[] {
  const parent = qualified(schema, index);
  const part = qualified(partitionSchema, partitionIndex);
  const locks = [lock("SHARE UPDATE EXCLUSIVE", parent), lock("ACCESS EXCLUSIVE", part)];
  return [statement(`ALTER INDEX ${parent} ATTACH PARTITION ${part}`, ...locks)];
}

export const attachIndexDefinition = define({
  build: attachIndex,
  statements,
  reverse: () => notReversible("PostgreSQL has no way of taking an index of a partition from its parent again."),
  args: ({ index, partitionIndex, ...options }) => [index, partitionIndex, options],
  fields: { index: true, partitionIndex: true, schema: true, partitionSchema: true },
  docs: {
    summary:
      "Makes an index of a partition a part of the partitioned table's index, which is valid once all partitions " +
      "have theirs.",
    examples: [
      {
        call: `op.attachIndex("ix_reading", "ix_reading_2025");`,
        sql: "ALTER INDEX ix_reading ATTACH PARTITION ix_reading_2025;",
      },
      {
        call: `op.attachIndex("ix_reading", "ix_reading_2025", { schema: "atlas", partitionSchema: "archive" });`,
        sql: "ALTER INDEX atlas.ix_reading ATTACH PARTITION archive.ix_reading_2025;",
      },
    ],
    manual: ["sql-alterindex"],
  },
});
