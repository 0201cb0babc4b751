import { defineConfig } from "../config/define-config.ts";
import { expectTypeOf } from "expect-type";
import { test } from "vitest";
import type { OperationCalls } from "./calls.ts";
import type { Definitions } from "./catalogue.ts";
import { column, type ColumnSpec, type ColumnType } from "./language/column.ts";
import { check, exclude, foreignKey, primaryKey, unique } from "./language/constraint.ts";
import { sql } from "./language/sql.ts";
import type { Operation, OperationKind } from "./operation.ts";
import type { Operations } from "./recorder.ts";

/** Never called: the compiler reads it. */
function wrongCalls(op: Operations): void {
  op.createTable("t", column("id", "integer"), primaryKey(["id"]), { schema: "s" });
  // @ts-expect-error a table takes no text
  op.createTable("t", "id integer");
  // @ts-expect-error an option of a column is none of a table
  op.createTable("t", { nullable: true });
  // @ts-expect-error a slip in an option
  op.addColumn("t", column("a", "text"), { ifNotExist: true });
  // @ts-expect-error the column is missing
  op.dropColumn("t");
  // @ts-expect-error a slip in an option
  op.dropTable("t", { ifExist: true });
  // @ts-expect-error nothing that says what changes
  op.alterColumn("t", "a");
  // @ts-expect-error Alembic's name for an option
  op.alterColumn("t", "a", { newColumnName: "b" });
  // @ts-expect-error undefined is not a default
  op.alterColumn("t", "a", { default: undefined });
  // @ts-expect-error columns come as an array
  op.createIndex("ix", "t", "a");
  // @ts-expect-error an order that PostgreSQL does not have
  op.createIndex("ix", "t", [{ column: "a", order: "down" }]);
  // @ts-expect-error an action that PostgreSQL does not have
  op.createForeignKey("fk", "t", "u", ["a"], ["b"], { onDelete: "delete" });
  // @ts-expect-error a check constraint cannot be deferred
  op.createCheckConstraint("ck", "t", "a > 0", { deferrable: true });
  // @ts-expect-error a primary key has no NULLs
  op.createPrimaryKey("pk", "t", ["a"], { nullsNotDistinct: true });
  // @ts-expect-error an operator is missing
  op.createExcludeConstraint("ex", "t", [{ element: "a" }]);
  // @ts-expect-error a type that Alembic does not have either
  op.dropConstraint("ck", "t", { type: "fk" });
  // @ts-expect-error the name of a dropped constraint is known
  op.dropConstraint(null, "t");
  // @ts-expect-error an enum's values are texts
  op.createEnum("mood", [1, 2]);
  // @ts-expect-error undefined is not a value
  op.bulkInsert("t", [{ a: undefined }]);
  // @ts-expect-error a sequence counts in whole numbers
  op.createSequence("s", { type: "numeric" });
  // @ts-expect-error a slip in an option
  op.execute("VACUUM", { transactional: false });
  // @ts-expect-error a check option that PostgreSQL does not have
  op.createView("v", "SELECT 1", { checkOption: "global" });
  // @ts-expect-error the changes are missing
  op.alterView("v");
  // @ts-expect-error the arguments come as an array
  op.createFunction("f", "integer", { returns: "integer", as: "SELECT 1" });
  // @ts-expect-error a volatility that PostgreSQL does not have
  op.createFunction("f", [], { returns: "integer", as: "SELECT 1", volatility: "constant" });
  // @ts-expect-error a procedure gives nothing back
  op.createProcedure("p", [], { returns: "integer", as: "SELECT 1" });
  // @ts-expect-error which of the functions of that name
  op.dropFunction("f");
  // @ts-expect-error an aggregate has a state
  op.createAggregate("a", ["integer"], { sfunc: "int4pl" });
  // @ts-expect-error a trigger calls something
  op.createTrigger("tr", "t", { timing: "before", events: ["insert"] });
  // @ts-expect-error an event that PostgreSQL does not have
  op.createTrigger("tr", "t", { timing: "before", events: ["select"], execute: "f" });
  // @ts-expect-error a state that PostgreSQL does not have
  op.setTriggerState("tr", "t", "off");
  // @ts-expect-error a rule does something, if only nothing
  op.createRule("r", "t", { event: "delete" });
  // @ts-expect-error a policy for a command that has no rows
  op.createPolicy("p", "t", { for: "truncate" });
  // @ts-expect-error a privilege that PostgreSQL does not have
  op.grant(["drop"], { kind: "table", name: "t" }, ["reader"]);
  // @ts-expect-error only tables have columns
  op.grant(["usage"], { kind: "schema", name: "s", columns: ["a"] }, ["reader"]);
  // @ts-expect-error the roles are missing
  op.revoke(["select"], { kind: "table", name: "t" });
  // @ts-expect-error bounds without an end
  op.attachPartition("t", "p", { from: [1] });
  // @ts-expect-error a replica identity that PostgreSQL does not have
  op.setReplicaIdentity("t", "primary key");
  // @ts-expect-error a view has no rows to be moved
  op.setTablespace("view", "v", "fast");
  // @ts-expect-error a version or true, and not false
  op.alterExtension("hstore", { version: false });
  // @ts-expect-error a check of a domain has a condition
  op.createDomain("d", "text", { checks: [{ name: "ck" }] });
  // @ts-expect-error a domain is not deferrable
  op.addDomainConstraint("ck", "d", "VALUE > 0", { deferrable: true });
  // @ts-expect-error an attribute has a type
  op.createType("t", [{ name: "a" }]);
  // @ts-expect-error a range has a subtype
  op.createRangeType("r", { opclass: "text_ops" });
  // @ts-expect-error the column is missing
  op.replaceEnumValues("mood", ["ok"], { columns: [{ table: "t" }] });
  // @ts-expect-error an enum is mapped to texts
  op.replaceEnumValues("mood", ["ok"], { map: { sad: null } });
  // @ts-expect-error a sequence is owned by a column
  op.alterSequence("s", { ownedBy: "t.a" });
  // @ts-expect-error no such provider
  op.createCollation("c", { provider: "ICU", locale: "de" });
  // @ts-expect-error a mapping has dictionaries
  op.alterTextSearchMapping("c", { add: { tokens: ["word"] } });
  // @ts-expect-error a dictionary has a template
  op.createTextSearchDictionary("d", { options: { language: "english" } });
  // @ts-expect-error no such kind of statistics
  op.createStatistics("s", "t", ["a", "b"], { kinds: ["histogram"] });
  // @ts-expect-error no such change
  op.createPublication("p", { publish: ["upsert"] });
  // @ts-expect-error a column is one of a table
  op.comment({ kind: "column", name: "a" }, "…");
  // @ts-expect-error a function has a signature
  op.comment({ kind: "function", name: "f" }, "…");
  // @ts-expect-error an extension stands in no schema
  op.comment({ kind: "extension", schema: "s", name: "e" }, "…");
  // @ts-expect-error a column has no owner
  op.setOwner({ kind: "column", table: "t", name: "a" }, "r");
  // @ts-expect-error a publication stands in no schema
  op.setSchema({ kind: "publication", name: "p" }, "s");
  // @ts-expect-error no such change of a server
  op.alterServer("s", { wrapper: "w" });
  // @ts-expect-error an option is a text, a number or a flag
  op.createServer("s", "w", { options: { host: ["a"] } });
  // @ts-expect-error a foreign table has no keys
  op.createForeignTable("t", "s", [primaryKey(["id"])]);
  // @ts-expect-error no such way to convert
  op.createCast("a", "b", { by: "text" });
  // @ts-expect-error the type on its left is missing
  op.dropOperator("=", "a");
  // @ts-expect-error a procedure has no volatility
  op.alterProcedure("p", [], { volatility: "stable" });
  // @ts-expect-error a table has one access method
  op.setAccessMethod("t", null);
  // @ts-expect-error a name or null, and not nothing
  op.createIndex(undefined, "t", ["a"]);
  // @ts-expect-error a column that owns a sequence has a table
  op.createSequence("s", { ownedBy: { column: "a" } });
  // @ts-expect-error no such operation
  op.createTabel("t");
  // @ts-expect-error a slip in an option
  column("a", "text", { nulable: false });
  // @ts-expect-error a function is no default
  column("a", "text", { default: () => "a" });
  // @ts-expect-error a slip in an option
  unique(["a"], { nullNotDistinct: true });
  // @ts-expect-error a check has no columns
  check(["a"]);
  // @ts-expect-error the referenced columns are missing
  foreignKey(["a"], "u");
  // @ts-expect-error an operator is missing
  exclude([{ element: "a" }]);
  // @ts-expect-error undefined is not a value
  op.execute(sql`SELECT ${undefined}`);
  // @ts-expect-error SQL is made by the sql template, and nothing else is SQL
  check({ $sql: "a > 0" });
  // @ts-expect-error a named check has a condition
  column("a", "text", { check: { name: "ck" } });
  // @ts-expect-error no such key of a naming convention
  defineConfig({ namingConvention: { ex: "ex_%(table_name)s" } });

  op.batch("t", (t) => {
    t.addColumn(column("a", "text"));
    t.createIndex("ix", ["a"], { concurrently: true });
    t.renameTrigger("a", "b");
    // @ts-expect-error the table is the batch's
    t.addColumn("t", column("a", "text"));
    // @ts-expect-error the schema is the batch's
    t.dropColumn("a", { schema: "s" });
    // @ts-expect-error the table of an index is the batch's
    t.dropIndex("ix", { table: "t" });
    // @ts-expect-error no operation on a table
    t.createSchema("s");
    // @ts-expect-error the table cannot be dropped under its own changes
    t.dropTable();
    // @ts-expect-error batches do not nest
    t.batch("u", () => undefined);
  });
  // @ts-expect-error a slip in an option
  op.batch("t", () => undefined, { shema: "s" });
}

test("wrong calls do not compile", () => {
  expectTypeOf(wrongCalls).parameter(0).toEqualTypeOf<Operations>();
});

/** Any type compiles as a text; these are those that an editor offers. */
test("types of people's own are taken as well as PostgreSQL's", () => {
  expectTypeOf(column).toBeCallableWith("a", "varchar(255)");
  expectTypeOf(column).toBeCallableWith("a", "timestamptz[]");
  expectTypeOf(column).toBeCallableWith("a", 'atlas."Mood"[][]');
  expectTypeOf<"numeric(12,2)">().toExtend<ColumnType>();
  expectTypeOf<number>().not.toExtend<ColumnType>();
});

test("a recording call takes what its builder takes, and returns nothing", () => {
  type Calls = { readonly [Kind in OperationKind]: (...args: Parameters<Definitions[Kind]["build"]>) => void };
  expectTypeOf<OperationCalls>().toEqualTypeOf<Calls>();
});

test("a slip in an option does not compile in any call: no options are a record of anything", () => {
  type Last<Args extends readonly unknown[]> =
    Required<Args> extends readonly [...unknown[], infer Options] ? Options : "";
  type Open = { [Kind in OperationKind]: string extends keyof Last<Parameters<Operations[Kind]>> ? Kind : never };
  expectTypeOf<Open[OperationKind]>().toEqualTypeOf<never>();
});

test("every kind of operation is in the union and in the catalogue", () => {
  expectTypeOf<keyof Definitions>().toEqualTypeOf<OperationKind>();
  expectTypeOf<Extract<Operation, { kind: "addColumn" }>["column"]>().toEqualTypeOf<ColumnSpec>();
});
