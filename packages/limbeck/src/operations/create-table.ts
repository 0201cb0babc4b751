import { columnSql } from "./language/column.ts";
import { columnCommentSql, tableCommentSql } from "./language/comment.ts";
import { constraintSql } from "./language/constraint.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import {
  boundsSql,
  likeSql,
  referenceSql,
  type Like,
  type PartitionOf,
  type TableReference,
} from "./language/partition.ts";
import { clauses, lock, statement, type Lock, type Statement } from "./language/statement.ts";
import { storageSql, type StorageParameters } from "./language/storage.ts";
import { isTableElement, referencedLocks, type TableElement } from "./language/table-element.ts";

export interface CreateTableOptions {
  readonly schema?: string;
  readonly ifNotExists?: boolean;
  readonly unlogged?: boolean;
  /** Gone at the end of the session, or of the transaction with `onCommit: "drop"`. */
  readonly temporary?: boolean;
  /** What the end of a transaction does to a temporary table; by default it keeps its rows. */
  readonly onCommit?: "preserve rows" | "delete rows" | "drop";
  /** A table whose columns it takes over, once and for all. */
  readonly like?: Like;
  /** Tables to inherit from. */
  readonly inherits?: readonly (string | TableReference)[];
  /** The partitioned table that it is a partition of, which gives it its columns, and the rows that it takes. */
  readonly partitionOf?: PartitionOf;
  /** The partition key, as in `"range (created_at)"`. */
  readonly partitionBy?: string;
  /** The access method; heap by default. */
  readonly using?: string;
  readonly with?: StorageParameters;
  readonly tablespace?: string;
  readonly comment?: string;
}

export interface CreateTable extends CreateTableOptions {
  readonly kind: "createTable";
  readonly name: string;
  readonly elements: readonly TableElement[];
}

/**
 * Creates a table from its columns and constraints.
 *
 * @example
 * op.createTable("city", column("id", "integer", { nullable: false }), primaryKey(["id"]));
 * // CREATE TABLE city (
 * //   id integer NOT NULL,
 * //   PRIMARY KEY (id)
 * // );
 */
export function createTable(name: string, ...elements: readonly (TableElement | CreateTableOptions)[]): CreateTable {
  const last = elements.at(-1);
  const options = last === undefined || isTableElement(last) ? {} : last;
  const specs = options === last ? elements.slice(0, -1) : elements;
  if (!specs.every(isTableElement) || typeof options !== "object") {
    throw invalid(
      `createTable("${name}") was given something that is neither a column nor a constraint.`,
      "Pass column(…), primaryKey(…), unique(…), check(…), foreignKey(…) or exclude(…), and the options last.",
    );
  }
  if (options.partitionOf !== undefined && specs.some(({ element }) => element === "column")) {
    throw invalid(
      `createTable("${name}") is a partition, and was given columns.`,
      "Leave them out: a partition has the columns of its table. Constraints of its own may stay.",
    );
  }
  return frozen({ kind: "createTable", name, elements: specs, ...options });
}

function statements(op: CreateTable): Statement[] {
  const table = qualified(op.schema, op.name);
  const locks = [...parentLocks(op), ...referencedLocks(table, op.elements)];
  return [statement(createSql(op, table), ...locks), ...commentStatements(op, table)];
}

function createSql(op: CreateTable, table: string): string {
  return clauses(
    "CREATE",
    op.temporary && "TEMPORARY",
    op.unlogged && "UNLOGGED",
    "TABLE",
    op.ifNotExists && "IF NOT EXISTS",
    table,
    op.partitionOf && `PARTITION OF ${referenceSql(op.partitionOf)}`,
    bodySql(op),
    op.partitionOf && boundsSql(op.partitionOf.bounds),
    op.inherits && `INHERITS (${op.inherits.map(referenceSql).join(", ")})`,
    op.partitionBy && `PARTITION BY ${op.partitionBy}`,
    op.using && `USING ${identifier(op.using)}`,
    op.with && storageSql(op.with),
    op.onCommit && `ON COMMIT ${op.onCommit.toUpperCase()}`,
    op.tablespace && `TABLESPACE ${identifier(op.tablespace)}`,
  );
}

/** What stands in the parentheses, and the parentheses. A partition without anything of its own has none. */
function bodySql({ elements, like, partitionOf }: CreateTable): string {
  const lines = elements.map((element) => (element.element === "column" ? columnSql(element) : constraintSql(element)));
  if (like !== undefined) lines.unshift(likeSql(like));
  if (lines.length === 0) return partitionOf === undefined ? "()" : "";
  return `(\n${lines.map((line) => `  ${line}`).join(",\n")}\n)`;
}

function commentStatements(op: CreateTable, table: string): Statement[] {
  const columns = op.elements.flatMap((element) =>
    element.element === "column" && element.comment !== undefined
      ? [columnCommentSql(table, element.name, element.comment)]
      : [],
  );
  const comments = op.comment === undefined ? columns : [tableCommentSql(table, op.comment), ...columns];
  return comments.map((text) => statement(text));
}

function parentLocks({ inherits = [], partitionOf, like }: CreateTable): Lock[] {
  return [
    ...inherits.map((parent) => lock("SHARE UPDATE EXCLUSIVE", referenceSql(parent))),
    ...(partitionOf === undefined ? [] : [lock("ACCESS EXCLUSIVE", referenceSql(partitionOf))]),
    ...(like === undefined ? [] : [lock("ACCESS SHARE", referenceSql(like))]),
  ];
}

export const createTableDefinition = define({
  build: createTable,
  statements,
  // A temporary table is gone by itself when the session is.
  reverse: ({ name, schema, temporary }) =>
    temporary ? reversedBy() : reversedBy(frozen({ kind: "dropTable", name, schema })),
  args: ({ name, elements, ...options }) => [name, ...elements, options],
  fields: {
    name: true,
    elements: true,
    schema: true,
    ifNotExists: true,
    unlogged: true,
    temporary: true,
    onCommit: true,
    like: true,
    inherits: true,
    partitionOf: true,
    partitionBy: true,
    using: true,
    with: true,
    tablespace: true,
    comment: true,
  },
  docs: {
    summary: "Creates a table from its columns and constraints.",
    examples: [
      {
        call: `op.createTable("city", column("id", "integer", { nullable: false }), primaryKey(["id"]));`,
        sql: "CREATE TABLE city (\n  id integer NOT NULL,\n  PRIMARY KEY (id)\n);",
      },
      {
        call:
          `op.createTable(\n` +
          `  "reading",\n` +
          `  column("city_id", "integer", { references: { table: "city", onDelete: "cascade" } }),\n` +
          `  column("taken_at", "timestamptz", { nullable: false, comment: "By the station's clock" }),\n` +
          `  column("celsius", "numeric(4,1)", { check: "celsius > -274" }),\n` +
          `  unique(["city_id", "taken_at"], { name: "uq_reading" }),\n` +
          `  { schema: "atlas", ifNotExists: true, partitionBy: "range (taken_at)", comment: "Temperatures" },\n` +
          `);`,
        sql:
          "CREATE TABLE IF NOT EXISTS atlas.reading (\n" +
          "  city_id integer REFERENCES city ON DELETE CASCADE,\n" +
          "  taken_at timestamptz NOT NULL,\n" +
          "  celsius numeric(4,1) CHECK (celsius > -274),\n" +
          "  CONSTRAINT uq_reading UNIQUE (city_id, taken_at)\n" +
          ") PARTITION BY range (taken_at);\n" +
          "COMMENT ON TABLE atlas.reading IS 'Temperatures';\n" +
          "COMMENT ON COLUMN atlas.reading.taken_at IS 'By the station''s clock';",
      },
      {
        call:
          `op.createTable("village", column("mill", "text"), {\n` +
          `  unlogged: true,\n` +
          `  inherits: ["city"],\n` +
          `  with: { fillfactor: 70 },\n` +
          `  tablespace: "fast",\n` +
          `});`,
        sql: "CREATE UNLOGGED TABLE village (\n  mill text\n) INHERITS (city) WITH (fillfactor = 70) TABLESPACE fast;",
      },
      {
        call:
          `op.createTable("reading_2025", {\n` +
          `  schema: "atlas",\n` +
          `  partitionOf: { table: "reading", schema: "atlas", bounds: { from: ["2025-01-01"], to: ["2026-01-01"] } },\n` +
          `});`,
        sql: "CREATE TABLE atlas.reading_2025 PARTITION OF atlas.reading FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
      },
      {
        call:
          `op.createTable("draft", column("note", "text"), {\n` +
          `  temporary: true,\n` +
          `  like: { table: "city", including: ["all"], excluding: ["indexes"] },\n` +
          `  using: "heap",\n` +
          `  onCommit: "drop",\n` +
          `});`,
        sql:
          "CREATE TEMPORARY TABLE draft (\n  LIKE city INCLUDING ALL EXCLUDING INDEXES,\n  note text\n) " +
          "USING heap ON COMMIT DROP;",
      },
    ],
    manual: ["sql-createtable"],
  },
});
