import fc from "fast-check";
import { expect, test } from "vitest";
import { anyName, anyText } from "../../test/arbitraries.ts";
import { evaluated } from "../../test/evaluated.ts";
import { alterColumn, type ColumnAttributes } from "./alter-column.ts";
import { reverseOf, sourceOf } from "./catalogue.ts";
import type { SchemaBefore } from "./language/definition.ts";
import type { Operation } from "./operation.ts";

/** What undoes an operation, as calls, or why nothing can. */
function reversed(operation: Operation, before?: SchemaBefore): string | string[] {
  const reversal = reverseOf(operation, before);
  return "notReversible" in reversal ? reversal.notReversible : reversal.operations.map(sourceOf);
}

test.each([
  ['op.createTable("t", { schema: "s" })', ['op.dropTable("t", { schema: "s" })']],
  ['op.addColumn("t", column("a", "int"), { schema: "s" })', ['op.dropColumn("t", "a", { schema: "s" })']],
  [
    'op.createIndex("ix", "t", ["a"], { concurrently: true, unique: true })',
    ['op.dropIndex("ix", { concurrently: true, table: "t" })'],
  ],
  ['op.createEnum("mood", ["ok"])', ['op.dropEnum("mood")']],
  ['op.createPrimaryKey("pk", "t", ["a"], { schema: "s" })', ['op.dropConstraint("pk", "t", { schema: "s" })']],
  ['op.createUniqueConstraint("uq", "t", ["a"])', ['op.dropConstraint("uq", "t")']],
  [
    'op.createForeignKey("fk", "t", "u", ["a"], ["b"], { sourceSchema: "s", referentSchema: "r" })',
    ['op.dropConstraint("fk", "t", { schema: "s" })'],
  ],
  ['op.createCheckConstraint("ck", "t", "a > 0")', ['op.dropConstraint("ck", "t")']],
  ['op.createExcludeConstraint("ex", "t", [{ element: "a", operator: "=" }])', ['op.dropConstraint("ex", "t")']],
  [
    'op.createCheckConstraint(null, "t", "a > 0")',
    "PostgreSQL chooses the constraint's name: only one with a name in the call can be dropped again.",
  ],
  [
    'op.createUniqueConstraint("uq", "t", [], { usingIndex: "ix" })',
    "The index has become the constraint's own, and would be dropped with it.",
  ],
  ['op.validateConstraint("ck", "t")', []],
  ['op.createSequence("n", { schema: "s" })', ['op.dropSequence("n", { schema: "s" })']],
  ['op.dropEnum("mood", { values: ["ok"], schema: "s" })', ['op.createEnum("mood", ["ok"], { schema: "s" })']],
  ['op.dropEnum("mood", { values: ["ok"], cascade: true })', "What was dropped along with the enum is gone."],
  ['op.dropSchema("s", { cascade: true })', "What was in the schema is gone."],
  ['op.createTableComment("t", "c")', ['op.dropTableComment("t", { existingComment: "c" })']],
  [
    'op.alterColumn("t", "a", { nullable: false })',
    "What the column's nullable is before, `existing: { nullable: … }` would have to say.",
  ],
  [
    'op.alterColumn("t", "a", { type: "int", using: "a::int", existing: { type: "text", default: "x" } })',
    ['op.alterColumn("t", "a", { type: "text", existing: { type: "int", using: "a::int" } })'],
  ],
  [
    'op.alterColumn("t", "a", { rename: "b", schema: "s" })',
    ['op.alterColumn("t", "b", { schema: "s", rename: "a" })'],
  ],
])("%s is undone by %j", (call, expected) => {
  expect(reversed(evaluated(call))).toEqual(expected);
});

test.each([
  'op.renameTable("a", "b", { schema: "s" })',
  'op.renameSchema("a", "b")',
  'op.renameAttribute("t", "a", "b", { schema: "s", cascade: true })',
  'op.renameDomainConstraint("d", "a", "b", { schema: "s" })',
  'op.alterExtension("e", { schema: "s", existing: { schema: "r" } })',
  'op.alterDomain("d", { default: 1, nullable: false, existing: { default: null, nullable: true } })',
  'op.alterAttribute("t", "a", { type: "int", existing: { type: "text", collation: "C" } })',
  'op.alterSequence("s", { increment: 2, ownedBy: null, existing: { increment: 1, ownedBy: { table: "t", column: "a" } } })',
  'op.alterStatistics("s", { target: 5, existing: { target: -1 } })',
  'op.alterPublication("p", { set: { tables: ["t"] }, publish: ["insert"], existing: { set: { schemas: ["s"] }, publish: [] } })',
  'op.alterPublication("p", { add: { tables: ["t"] }, drop: { tables: [{ table: "u", where: "a > 0" }] } })',
  'op.alterTextSearchMapping("c", { add: { tokens: ["word"], dictionaries: ["simple"] } })',
  'op.alterTextSearchMapping("c", { alter: { tokens: ["word"], dictionaries: ["simple"] }, existing: ["d"] })',
  'op.replaceEnumValues("e", ["b", "a"], { map: { a: "b", b: "a" }, existing: ["a", "b"] })',
  'op.replaceEnumValues("e", ["x"], { columns: [{ table: "t", column: "c", default: "x", existingDefault: "y" }], existing: ["y"] })',
  'op.comment({ kind: "schema", name: "s" }, "a", { existing: null })',
  'op.setOwner({ kind: "schema", name: "s" }, "a", { existing: "b" })',
  'op.setSchema({ kind: "view", schema: "a", name: "v" }, "b")',
  'op.renameColumn("t", "a", "b", { schema: "s" })',
  'op.renameIndex("a", "b", { schema: "s" })',
  'op.renameConstraint("t", "a", "b", { schema: "s" })',
  'op.renameEnum("a", "b", { schema: "s" })',
  'op.renameEnumValue("mood", "a", "b", { schema: "s" })',
  'op.createSchema("s")',
  'op.createTableComment("t", "c", { schema: "s" })',
  'op.createTableComment("t", "c", { existingComment: "d" })',
  'op.dropTableComment("t", { existingComment: "d" })',
])("%s undone twice is the same again", (call) => {
  const operation = evaluated(call);
  expect(twiceReversed(operation)).toEqual(operation);
});

const change = fc.record<ColumnAttributes>(
  {
    type: fc.constantFrom("text", "integer"),
    using: anyText,
    collation: anyName,
    nullable: fc.boolean(),
    default: fc.oneof(anyText, fc.integer(), fc.constant(null)),
    comment: fc.option(anyText),
  },
  { requiredKeys: [] },
);

test("any change of a column whose state before is known, undone twice, is the same again", () => {
  fc.assert(
    fc.property(change, change, fc.option(anyName, { nil: undefined }), (changes, before, rename) => {
      const whole = (attributes: ColumnAttributes) => only(attributes, changes);
      fc.pre(rename !== undefined || Object.keys(whole(changes)).length > 0);
      const existing = whole({ type: "date", nullable: true, default: 1, comment: null, ...before });
      const operation = alterColumn("t", "c", {
        ...whole(changes),
        ...(rename !== undefined && { rename }),
        ...(Object.keys(existing).length > 0 && { existing }),
      });
      expect(twiceReversed(operation)).toEqual(operation);
    }),
  );
});

/** The attributes that some changes touch. */
function only(attributes: ColumnAttributes, changes: ColumnAttributes): ColumnAttributes {
  const names = Object.keys(changes).filter((name) => !["using", "collation"].includes(name));
  if (changes.type !== undefined) names.push("using", "collation");
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)));
}

function twiceReversed(operation: Operation): unknown {
  const once = reverseOf(operation);
  if ("notReversible" in once) return once.notReversible;
  expect(once.operations).toHaveLength(1);
  const twice = reverseOf(once.operations[0]!);
  return "notReversible" in twice ? twice.notReversible : twice.operations[0];
}

test.each([
  ['op.dropTable("t")', ['op.createTable("t")']],
  ['op.dropTable("t", { cascade: true })', "What was dropped along with the table is gone."],
  ['op.dropEnum("t", { values: ["ok"] })', ['op.createEnum("t", ["ok"])']],
  ['op.dropEnum("t")', ['op.createTable("t")']],
  ['op.dropSchema("t", { cascade: true })', "What was in the schema is gone."],
  ['op.comment({ kind: "view", name: "v" }, "a")', ['op.createTable("t")']],
])("with the schema before, %s is undone by %j", (call, expected) => {
  const before: SchemaBefore = { recreate: () => [evaluated('op.createTable("t")')] };
  expect(reversed(evaluated(call), before)).toEqual(expected);
});

test("a schema that does not know the object is no help", () => {
  const before: SchemaBefore = { recreate: () => undefined };
  expect(reversed(evaluated('op.dropTable("t")'), before)).toBe(
    "The columns and the rows of a dropped table are gone.",
  );
});

test("what the schema before recreates tells what an altered object was like", () => {
  const before = (call: string): SchemaBefore => ({ recreate: () => [evaluated(call)] });
  const column = 'op.addColumn("t", column("a", "text", { nullable: false, collation: "C" }))';
  expect(reversed(evaluated('op.alterColumn("t", "a", { type: "int", default: 1 })'), before(column))).toEqual([
    'op.alterColumn("t", "a", { type: "text", collation: "C", default: null, existing: { type: "int", default: 1 } })',
  ]);
  const sequence = 'op.createSequence("s", { increment: -1 })';
  expect(reversed(evaluated('op.alterSequence("s", { start: 9, cache: 2 })'), before(sequence))).toEqual([
    'op.alterSequence("s", { start: -1, cache: 1, existing: { start: 9, cache: 2 } })',
  ]);
});
