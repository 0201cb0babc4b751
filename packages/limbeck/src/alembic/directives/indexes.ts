import { createIndex } from "../../operations/create-index.ts";
import { dropIndex } from "../../operations/drop-index.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { Arguments } from "../arguments.ts";
import { readIndexColumns } from "../index-columns.ts";
import { NotUnderstood, type Dict } from "../python/values.ts";
import { indexName, type Directive } from "./directive.ts";

export const indexDirectives: Readonly<Record<string, Directive>> = {
  create_index(call) {
    const args = new Arguments(call, ["index_name", "table_name", "columns"]);
    const given = args.textOr("index_name");
    const table = args.text("table_name");
    const columns = readIndexColumns(args.list("columns"), args.dict("postgresql_ops"));
    const include = args.texts("postgresql_include");
    const storage = storageOf(args.dict("postgresql_with"));
    const options = frozen({
      schema: args.textOr("schema"),
      unique: args.flag("unique") === true ? true : undefined,
      concurrently: args.flag("postgresql_concurrently") === true ? true : undefined,
      ifNotExists: args.flag("if_not_exists") === true ? true : undefined,
      using: args.textOr("postgresql_using"),
      include: include.length === 0 ? undefined : include,
      nullsNotDistinct: args.flag("postgresql_nulls_not_distinct") === true ? true : undefined,
      with: storage,
      tablespace: args.textOr("postgresql_tablespace"),
      where: args.sql("postgresql_where"),
    });
    args.done();
    const [first] = columns;
    if (given === undefined && typeof first !== "string") throw new NotUnderstood("an index has no name");
    return [createIndex(given ?? indexName(options.schema, table, first as string), table, columns, options)];
  },
  drop_index(call) {
    const args = new Arguments(call, ["index_name", "table_name"]);
    const name = args.text("index_name");
    const options = frozen({
      table: args.textOr("table_name"),
      schema: args.textOr("schema"),
      ifExists: args.flag("if_exists"),
      concurrently: args.flag("postgresql_concurrently") === true ? true : undefined,
    });
    args.ignore("postgresql_using", "postgresql_where", "postgresql_include", "postgresql_ops", "postgresql_with");
    args.ignore("columns", "unique", "postgresql_nulls_not_distinct");
    args.done();
    return [dropIndex(name, options)];
  },
};

function storageOf(dict: Dict): Record<string, string | number | boolean> | undefined {
  const entries = [...dict];
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return [name, value];
      throw new NotUnderstood("a storage parameter is no number or text");
    }),
  );
}
