import fc from "fast-check";
import { expect, test } from "vitest";
import { anyName, anyText } from "../../test/arbitraries.ts";
import { evaluated } from "../../test/evaluated.ts";
import { alterColumn, type ColumnAttributes } from "./alter-column.ts";
import { reverseOf, sourceOf } from "./catalogue.ts";
import type { Operation } from "./operation.ts";

/** What undoes an operation, as calls, or why nothing can. */
function reversed(operation: Operation): string | string[] {
  const reversal = reverseOf(operation);
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
