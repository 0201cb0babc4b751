import { columnSql } from "./language/column.ts";
import { columnCommentSql, tableCommentSql } from "./language/comment.ts";
import { constraintSql } from "./language/constraint.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, identifiers, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import { callSource } from "./language/source.ts";
import { clauses, lock, statement, type Lock, type Statement } from "./language/statement.ts";
import { storageSql, type StorageParameters } from "./language/storage.ts";
import { isTableElement, referencedLocks, type TableElement } from "./language/table-element.ts";

export interface CreateTableOptions {
  readonly schema?: string;
  readonly ifNotExists?: boolean;
  readonly unlogged?: boolean;
  /** Tables to inherit from. */
  readonly inherits?: readonly string[];
  /** The partition key, as in `"range (created_at)"`. */
  readonly partitionBy?: string;
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
  return frozen({ kind: "createTable", name, elements: specs, ...options });
}

function statements(op: CreateTable): Statement[] {
  const table = qualified(op.schema, op.name);
  const locks = [...parentLocks(op), ...referencedLocks(table, op.elements)];
  return [statement(createSql(op, table), ...locks), ...commentStatements(op, table)];
}

function createSql(op: CreateTable, table: string): string {
  const elements = op.elements.map((element) =>
    element.element === "column" ? columnSql(element) : constraintSql(element),
  );
  const body = elements.length === 0 ? "()" : `(\n${elements.map((element) => `  ${element}`).join(",\n")}\n)`;
  return clauses(
    "CREATE",
    op.unlogged && "UNLOGGED",
    "TABLE",
    op.ifNotExists && "IF NOT EXISTS",
    table,
    body,
    op.inherits && `INHERITS (${identifiers(op.inherits)})`,
    op.partitionBy && `PARTITION BY ${op.partitionBy}`,
    op.with && storageSql(op.with),
    op.tablespace && `TABLESPACE ${identifier(op.tablespace)}`,
  );
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

function parentLocks(op: CreateTable): Lock[] {
  return (op.inherits ?? []).map((parent) => lock("SHARE UPDATE EXCLUSIVE", identifier(parent)));
}

export const createTableDefinition = define({
  build: createTable,
  statements,
  reverse: ({ name, schema }) => reversedBy(frozen({ kind: "dropTable", name, schema })),
  source: ({ kind, name, elements, ...options }) => callSource(`op.${kind}`, name, ...elements, options),
  fields: {
    name: true,
    elements: true,
    schema: true,
    ifNotExists: true,
    unlogged: true,
    inherits: true,
    partitionBy: true,
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
    ],
    manual: ["sql-createtable"],
  },
});
