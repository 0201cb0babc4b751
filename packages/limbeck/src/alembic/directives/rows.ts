import { bulkInsert, type Row } from "../../operations/bulk-insert.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { Sql } from "../../operations/language/sql-text.ts";
import { Arguments, sqlalchemyCall } from "../arguments.ts";
import { rowValue } from "../columns.ts";
import { Call, isDict, NotUnderstood, type Value } from "../python/values.ts";
import { isSqlExpression, sqlExpression, textSql } from "../sql-expression.ts";
import type { Directive } from "./directive.ts";

/** The table of a bulk insert: `sa.table("city", …)`, `sa.Table("city", …)`, or what `op.create_table` gave back. */
function tableOf(value: Value | undefined): { readonly table: string; readonly schema: string | undefined } {
  const isTable = /^(?:table|Table)$/.test(sqlalchemyCall(value) ?? "");
  if (value instanceof Call && (isTable || value.name === "alembic.op.create_table")) {
    const table = value.positional[0] ?? value.keywords.get("table_name");
    const schema = value.keywords.get("schema") ?? undefined;
    if (typeof table === "string" && (schema === undefined || typeof schema === "string")) return { table, schema };
  }
  throw new NotUnderstood("the table of bulk_insert is not known here");
}

export const rowDirectives: Readonly<Record<string, Directive>> = {
  bulk_insert(call) {
    const args = new Arguments(call, ["table", "rows"]);
    const { table, schema } = tableOf(args.take("table"));
    const rows = args.list("rows").map((row): Row => {
      if (!isDict(row)) throw new NotUnderstood("a row of bulk_insert is no dictionary");
      return Object.fromEntries([...row].map(([column, value]) => [column, rowValue(value)]));
    });
    args.ignore("multiinsert");
    args.done();
    return rows.length === 0 ? [] : [bulkInsert(table, rows, frozen({ schema }))];
  },
  execute(call) {
    const args = new Arguments(call, ["sqltext"]);
    const value = args.take("sqltext");
    args.ignore("execution_options");
    args.done();
    if (typeof value === "string") return [execute(new Sql(textSql(value, new Map())))];
    if (value === undefined || !isSqlExpression(value))
      throw new NotUnderstood("execute is given what is built in Python");
    return [execute(new Sql(sqlExpression(value)))];
  },
};
