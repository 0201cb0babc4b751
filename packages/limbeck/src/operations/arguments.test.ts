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
  ['op.bulkInsert("t", [{}])', 'op.bulkInsert("t") was given rows without any column.'],
  [
    'op.createTable("t", "id integer")',
    'createTable("t") was given something that is neither a column nor a constraint.',
  ],
  [
    'op.createTable("t", { schema: "s" }, column("a", "text"))',
    'createTable("t") was given something that is neither a column nor a constraint.',
  ],
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
