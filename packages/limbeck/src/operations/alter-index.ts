import { define, reversedBy, type Reversal } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { qualified } from "./language/identifiers.ts";
import { nothingToChange } from "./language/invalid.ts";
import { lock, statement, type Statement } from "./language/statement.ts";
import { storageActions, type StorageChanges } from "./language/storage.ts";

export interface IndexAttributes {
  /** Storage parameters; null takes one back to its default. */
  readonly parameters?: StorageChanges;
  /** By the number of an expression among its columns, from 1: how much ANALYZE finds out; -1 for the default. */
  readonly statistics?: Readonly<Record<number, number>>;
}

export interface AlterIndexOptions extends IndexAttributes {
  readonly schema?: string;

  /** What the index is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: IndexAttributes;
}

export interface AlterIndex extends AlterIndexOptions {
  readonly kind: "alterIndex";
  readonly name: string;
}

/**
 * Changes the storage parameters of an index, and how much ANALYZE finds out about its expressions.
 *
 * @example
 * op.alterIndex("ix_city_name", { parameters: { fillfactor: 70 } });
 * // ALTER INDEX ix_city_name SET (fillfactor = 70);
 */
export function alterIndex(name: string, changes: AlterIndexOptions): AlterIndex {
  const op: AlterIndex = frozen({ kind: "alterIndex", name, ...changes });
  if (op.parameters !== undefined || op.statistics !== undefined) return op;
  throw nothingToChange(`alterIndex("${name}")`, "parameters, statistics or both");
}

/** The parameters that leave readers and writers in peace while they change. */
const GENTLE: ReadonlySet<string> = new Set(["fillfactor", "deduplicate_items"]);

function statements({ name, schema, parameters = {}, statistics = {} }: AlterIndex): Statement[] {
  const index = qualified(schema, name);
  const mode = Object.keys(parameters).every((parameter) => GENTLE.has(parameter))
    ? "SHARE UPDATE EXCLUSIVE"
    : "ACCESS EXCLUSIVE";
  return [
    ...storageActions(parameters).map((action) => statement(`ALTER INDEX ${index} ${action}`, lock(mode, index))),
    ...Object.entries(statistics).map(([column, target]) =>
      statement(
        `ALTER INDEX ${index} ALTER COLUMN ${column} SET STATISTICS ${target}`,
        lock("SHARE UPDATE EXCLUSIVE", index),
      ),
    ),
  ];
}

function reverse({ kind, name, schema, existing, ...changes }: AlterIndex): Reversal {
  const change = changedBack<IndexAttributes>(changes, { ...existing }, "index");
  if ("notReversible" in change) return change;
  return reversedBy(alterIndex(name, frozen({ schema, ...change.back, existing: change.existing })));
}

export const alterIndexDefinition = define({
  build: alterIndex,
  statements,
  reverse,
  args: ({ name, ...options }) => [name, options],
  fields: { name: true, schema: true, existing: true, parameters: true, statistics: true },
  docs: {
    summary: "Changes the storage parameters of an index, and how much ANALYZE finds out about its expressions.",
    examples: [
      {
        call: `op.alterIndex("ix_city_name", { parameters: { fillfactor: 70 } });`,
        sql: "ALTER INDEX ix_city_name SET (fillfactor = 70);",
      },
      {
        call:
          `op.alterIndex("ix_city_size", {\n` +
          `  schema: "atlas",\n` +
          "  parameters: { fillfactor: null },\n" +
          "  statistics: { 1: 500 },\n" +
          "  existing: { parameters: { fillfactor: 70 }, statistics: { 1: -1 } },\n" +
          "});",
        sql:
          "ALTER INDEX atlas.ix_city_size RESET (fillfactor);\n" +
          "ALTER INDEX atlas.ix_city_size ALTER COLUMN 1 SET STATISTICS 500;",
      },
    ],
    manual: ["sql-alterindex"],
  },
});
