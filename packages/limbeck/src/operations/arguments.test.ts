import { expect, test } from "vitest";
import { evaluated, valueOf } from "../../test/evaluated.ts";

test.each([
  ['op.createIndex("ix", "t", [])', "op.createIndex was given no columns."],
  ['op.createIndex("ix", "t", "a")', "op.createIndex was given no columns."],
  ['op.createPrimaryKey("pk", "t", [])', "op.createPrimaryKey was given no columns."],
  ['op.createUniqueConstraint("uq", "t", [])', "op.createUniqueConstraint was given no columns."],
  ['op.createForeignKey("fk", "t", "u", [], ["id"])', "op.createForeignKey was given no columns."],
  [
    'op.createForeignKey("fk", "t", "u", ["a"], ["b", "c"])',
    "op.createForeignKey was given 1 columns that point to 2.",
  ],
  ['op.createExcludeConstraint("ex", "t", [])', "op.createExcludeConstraint was given no columns."],
  ["primaryKey([])", "primaryKey was given no columns."],
  ["unique([])", "unique was given no columns."],
  ['foreignKey(["a"], "t", [])', "foreignKey was given no columns."],
  ["exclude([])", "exclude was given no columns."],
  [
    'op.createPrimaryKey("pk", "t", ["id"], { usingIndex: "ix" })',
    'op.createPrimaryKey was given the index "ix", and beside it what the index decides: columns, include or nullsNotDistinct.',
  ],
  ['op.alterColumn("t", "c", {})', 'op.alterColumn("t", "c") has nothing to change.'],
  [
    'op.alterColumn("t", "c", { schema: "s", existing: { type: "text" } })',
    'op.alterColumn("t", "c") has nothing to change.',
  ],
  ['op.alterColumn("t", "c", { nullable: undefined })', 'op.alterColumn("t", "c") has nothing to change.'],
  [
    'op.alterColumn("t", "c", { using: "c::int", nullable: true })',
    'op.alterColumn("t", "c") has using or collation, and no type that they belong to.',
  ],
  [
    'op.addEnumValue("mood", "fine", { before: "ok", after: "sad" })',
    'op.addEnumValue("mood", "fine") was given both before and after.',
  ],
  ['op.bulkInsert("t", [{ a: 1 }, { a: undefined }])', 'op.bulkInsert("t") was given undefined for "a" in row 1.'],
  ['op.backfill("t", { set: {} })', 'op.backfill("t") sets no column.'],
  ['op.backfill("t", { set: { a: undefined } })', 'op.backfill("t") was given undefined for "a".'],
  ['op.backfill("t", { set: { a: 1 }, reverse: { set: {} } })', 'The reverse of op.backfill("t") sets no column.'],
  ['op.backfill("t", { set: { a: 1 }, key: [] })', 'op.backfill("t") was given no columns.'],
  [
    'op.backfill("t", { set: { a: 1 }, key: ["b", "a"] })',
    'op.backfill("t") walks along "a" and changes it on the way.',
  ],
  ['op.backfill("t", { set: { a: 1 }, batch: { size: 5 } })', 'The batch of op.backfill("t") has no option "size".'],
  ['op.backfill("t", { set: { a: 1 }, batch: { time: "soon" } })', 'op.backfill("t") was given "soon" as batch.time.'],
  ['op.backfill("t", { set: { a: 1 }, batch: { time: 0 } })', 'op.backfill("t") was given no time for a batch.'],
  ['op.backfill("t", { set: { a: 1 }, batch: { rows: 0.5 } })', 'op.backfill("t") was given 0.5 as batch.rows.'],
  ['op.bulkInsert("t", [{}])', 'op.bulkInsert("t") was given rows without any column.'],
  ['op.alterExtension("e", {})', 'op.alterExtension("e") has nothing to change.'],
  ['op.alterDomain("d", { schema: "s" })', 'op.alterDomain("d") has nothing to change.'],
  ['op.alterSequence("s", { ifExists: true })', 'op.alterSequence("s") has nothing to change.'],
  [
    'op.replaceEnumValues("mood", ["ok"], { map: { sad: "fine" } })',
    'op.replaceEnumValues("mood") maps to "fine", which is none of the new values.',
  ],
  [
    'op.replaceEnumValues("mood", ["a", "b"], { map: { a: "b", b: "a" }, columns: [{ table: "t", column: "c", array: true }] })',
    'op.replaceEnumValues("mood") maps to a value that is mapped itself, which cannot be done in an array.',
  ],
  ['op.createCollation("c", { deterministic: undefined })', 'op.createCollation("c") has no locale.'],
  [
    'op.createCollation("c", { from: "C", locale: "de" })',
    'op.createCollation("c") has a collation to copy, and options beside it.',
  ],
  [
    'op.createTextSearchConfiguration("c", {})',
    'op.createTextSearchConfiguration("c") needs either a configuration to copy or a parser.',
  ],
  [
    'op.alterTextSearchMapping("c", { drop: { tokens: ["a"] }, add: { tokens: ["a"], dictionaries: ["d"] } })',
    'op.alterTextSearchMapping("c") does one thing at a time.',
  ],
  ['op.createStatistics("s", "t", [])', "op.createStatistics was given no columns."],
  [
    'op.createPublication("p", { allTables: true, schemas: ["s"] })',
    'op.createPublication("p") was given allTables, and tables or schemas beside it.',
  ],
  [
    'op.createPublication("p", { tables: [{ table: "t", columns: ["a"] }], schemas: ["s"] })',
    'op.createPublication("p") publishes some columns of a table, and schemas beside it, which PostgreSQL takes in two publications only.',
  ],
  ['op.alterPublication("p", { add: { tables: [] } })', 'op.alterPublication("p") adds, drops or sets nothing.'],
  ['op.alterPublication("p", { existing: {} })', 'op.alterPublication("p") has nothing to change.'],
  [
    'op.createTable("t", "id integer")',
    'createTable("t") was given something that is neither a column nor a constraint.',
  ],
  [
    'op.createTable("t", { schema: "s" }, column("a", "text"))',
    'createTable("t") was given something that is neither a column nor a constraint.',
  ],
  [
    'op.createTable("p", column("a", "int"), { partitionOf: { table: "t", bounds: "default" } })',
    'createTable("p") is a partition, and was given columns.',
  ],
  [
    'op.createView("v", "SELECT 1", { recursive: true })',
    'op.createView("v") is recursive, and the names of its columns are missing.',
  ],
  ['op.alterView("v", { schema: "s" })', 'op.alterView("v") has nothing to change.'],
  ['op.createFunction("f", [], {})', "op.createFunction was given neither `as` nor `body`."],
  [
    'op.createProcedure("p", [], { as: "SELECT 1", body: "BEGIN ATOMIC END" })',
    "op.createProcedure was given both `as` and `body`.",
  ],
  ['op.alterFunction("f", [], { set: {} })', 'op.alterFunction("f") has nothing to change.'],
  [
    'op.createTrigger("tr", "t", { timing: "after", events: [], execute: "f" })',
    'op.createTrigger("tr") was given no events.',
  ],
  ['op.setTriggerState(null, "t", "always")', 'op.setTriggerState was given no name, and the state "always".'],
  ['op.setRowSecurity("t", { schema: "s" })', 'op.setRowSecurity("t") has nothing to change.'],
  ['op.alterPolicy("p", "t", { to: [] })', 'op.alterPolicy("p", "t") has nothing to change.'],
  ['op.grant("all", { kind: "table", name: "t" }, [])', "op.grant was given no roles."],
  ['op.revokeDefaultPrivileges("all", "tables", [])', "op.revokeDefaultPrivileges was given no roles."],
  [
    'op.detachPartition("t", "p", { concurrently: true, finalize: true })',
    'op.detachPartition("t", "p") was given both concurrently and finalize.',
  ],
  ['op.setTableStorage("t", {})', 'op.setTableStorage("t") has nothing to change.'],
  ['op.alterIndex("ix", {})', 'op.alterIndex("ix") has nothing to change.'],
  ['op.alterConstraint("fk", "t", {})', 'op.alterConstraint("fk", "t") has nothing to change.'],
  ['op.alterIdentity("t", "id", {})', 'op.alterIdentity("t", "id") has nothing to change.'],
])("%s is refused", (call, message) => {
  expect(() => valueOrOperation(call)).toThrow(expect.objectContaining({ code: "OPERATION_INVALID", message }));
});

test.each([
  ['op.dropTable("t", { ifExist: true })', 'op.dropTable has no option "ifExist".', 'Did you mean "ifExists"?'],
  ['op.createTable("t", { unloged: true })', 'op.createTable has no option "unloged".', 'Did you mean "unlogged"?'],
  [
    'op.createIndex("ix", "t", ["a"], { uniqe: true })',
    'op.createIndex has no option "uniqe".',
    'Did you mean "unique"?',
  ],
  [
    'op.alterColumn("t", "c", { nulable: true })',
    'op.alterColumn has no option "nulable".',
    'Did you mean "nullable"?',
  ],
  [
    'op.dropEnum("e", { force: true })',
    'op.dropEnum has no option "force".',
    "Leave it out, or look up what op.dropEnum takes.",
  ],
  ['column("a", "text", { nulable: false })', 'column has no option "nulable".', 'Did you mean "nullable"?'],
  ['primaryKey(["a"], { nam: "pk" })', 'primaryKey has no option "nam".', 'Did you mean "name"?'],
  [
    'unique(["a"], { nullNotDistinct: true })',
    'unique has no option "nullNotDistinct".',
    'Did you mean "nullsNotDistinct"?',
  ],
  ['check("a", { noinherit: true })', 'check has no option "noinherit".', 'Did you mean "noInherit"?'],
  [
    'foreignKey(["a"], "t", ["b"], { ondelete: "cascade" })',
    'foreignKey has no option "ondelete".',
    'Did you mean "onDelete"?',
  ],
  [
    'exclude([{ element: "a", operator: "=" }], { usin: "gist" })',
    'exclude has no option "usin".',
    'Did you mean "using"?',
  ],
])("%s has a slip in an option", (call, message, hint) => {
  expect(() => valueOrOperation(call)).toThrow(expect.objectContaining({ code: "OPERATION_INVALID", message, hint }));
});

function valueOrOperation(call: string): unknown {
  return call.startsWith("op.") ? evaluated(call) : valueOf(call);
}
