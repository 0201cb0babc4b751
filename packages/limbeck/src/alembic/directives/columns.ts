import { addColumn } from "../../operations/add-column.ts";
import { alterColumn, type ColumnAttributes } from "../../operations/alter-column.ts";
import { createForeignKey } from "../../operations/create-foreign-key.ts";
import { createIndex } from "../../operations/create-index.ts";
import { createUniqueConstraint } from "../../operations/create-unique-constraint.ts";
import { dropColumn } from "../../operations/drop-column.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Operation } from "../../operations/operation.ts";
import { Arguments } from "../arguments.ts";
import { readColumn, serverDefault } from "../columns.ts";
import { NotUnderstood, type Value } from "../python/values.ts";
import { readType } from "../types.ts";
import { indexName, type Directive } from "./directive.ts";
import { serial } from "./tables.ts";

/** A foreign key, a unique constraint and an index of the new column are statements of their own. */
const addColumnDirective: Directive = (call) => {
  const args = new Arguments(call, ["table_name", "column"]);
  const table = args.text("table_name");
  const read = readColumn(args.take("column") ?? null);
  const schema = args.textOr("schema");
  const ifNotExists = args.flag("if_not_exists");
  args.done();
  const { spec, references, isUnique, isIndexed, isPrimaryKey } = read;
  const column = isPrimaryKey && read.autoincrement !== false ? serial(spec) : spec;
  const inSchema = frozen({ schema });
  const further: Operation[] = references.map(({ name, target, options }) =>
    createForeignKey(
      name ?? null,
      table,
      target.table,
      [spec.name],
      [target.column],
      frozen({ sourceSchema: schema, referentSchema: target.schema, ...options }),
    ),
  );
  if (isUnique && !isIndexed) further.push(createUniqueConstraint(null, table, [spec.name], inSchema));
  if (isIndexed) {
    const name = indexName(schema, table, spec.name);
    further.push(createIndex(name, table, [spec.name], frozen({ schema, unique: isUnique ? true : undefined })));
  }
  return [addColumn(table, column, frozen({ schema, ifNotExists })), ...further];
};

const alterColumnDirective: Directive = (call) => {
  const args = new Arguments(call, ["table_name", "column_name"]);
  const [table, column] = [args.text("table_name"), args.text("column_name")];
  const schema = args.textOr("schema");
  const rename = args.textOr("new_column_name");
  const type = typeOf(args.take("type_"));
  const existing = frozen({
    type: typeOf(args.take("existing_type"))?.type,
    nullable: args.flag("existing_nullable"),
    default: defaultOf(args.take("existing_server_default")),
    comment: commentOf(args.take("existing_comment")),
  }) satisfies ColumnAttributes;
  const changes = frozen({
    schema,
    type: type?.type,
    collation: type?.collation,
    using: args.sql("postgresql_using"),
    nullable: args.flag("nullable"),
    default: defaultOf(args.take("server_default")),
    comment: commentOf(args.take("comment")),
    rename: rename === column ? undefined : rename,
  });
  args.ignore("existing_autoincrement", "autoincrement", "insert_before", "insert_after");
  args.done();
  const before = Object.fromEntries(Object.entries(existing).filter(([name]) => name in changes)) as ColumnAttributes;
  if (Object.keys(changes).every((name) => name === "schema")) return [];
  const known = Object.keys(before).length === 0 ? {} : { existing: before };
  return [alterColumn(table, column, { ...changes, ...known })];
};

function typeOf(value: Value | undefined) {
  return value === undefined || value === null ? undefined : readType(value);
}

/** False leaves the default as it is, None takes it away. */
function defaultOf(value: Value | undefined): ColumnAttributes["default"] {
  if (value === undefined || value === false) return undefined;
  if (value === null) return null;
  const { default: read } = serverDefault(value);
  if (read === undefined) throw new NotUnderstood("an identity or a computed column is altered");
  return read;
}

function commentOf(value: Value | undefined): string | null | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === null || typeof value === "string") return value;
  throw new NotUnderstood("a comment is no text");
}

export const columnDirectives: Readonly<Record<string, Directive>> = {
  add_column: addColumnDirective,
  alter_column: alterColumnDirective,
  drop_column(call) {
    const args = new Arguments(call, ["table_name", "column_name"]);
    const [table, column] = [args.text("table_name"), args.text("column_name")];
    const options = frozen({ schema: args.textOr("schema"), ifExists: args.flag("if_exists") });
    args.done();
    return [dropColumn(table, column, options)];
  },
};
