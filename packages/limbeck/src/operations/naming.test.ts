import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../test/arbitraries.ts";
import { evaluated, recordedWith } from "../../test/evaluated.ts";
import { reverseOf, statementsOf } from "./catalogue.ts";
import { conventionalName, templateMistake, type NamingConvention } from "./language/naming.ts";
import { md5 } from "./language/md5.ts";

/** The convention of SQLAlchemy's documentation. */
const DOCUMENTED = {
  ix: "ix_%(column_0_label)s",
  uq: "uq_%(table_name)s_%(column_0_name)s",
  ck: "ck_%(table_name)s_%(constraint_name)s",
  fk: "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
  pk: "pk_%(table_name)s",
};
const ALL_COLUMNS = { ...DOCUMENTED, uq: "uq_%(table_name)s_%(column_0_N_name)s", ck: "ck_%(column_0N_label)s" };

function sqlOf(call: string, convention: NamingConvention = DOCUMENTED): string {
  const statements = statementsOf(recordedWith(convention, call)).map(({ text }) => text);
  return statements.join("; ").replace(/\s+/g, " ");
}

describe("names what has no name", () => {
  test.each([
    ['op.createIndex(null, "city", ["name", "zip"])', "CREATE INDEX ix_city_name ON city (name, zip)"],
    ['op.createIndex(null, "city", [{ column: "name" }], { schema: "atlas" })', "ix_atlas_city_name ON atlas.city"],
    ['op.createIndex(null, "city", ["name", sql`lower(zip)`], { concurrently: true })', "CONCURRENTLY ix_city_name ON"],
    ['op.createPrimaryKey(null, "city", ["id"])', "ADD CONSTRAINT pk_city PRIMARY KEY (id)"],
    ['op.createUniqueConstraint(null, "city", ["name"])', "ADD CONSTRAINT uq_city_name UNIQUE (name)"],
    [
      'op.createForeignKey(null, "city", "country", ["country_id"], ["id"])',
      "ADD CONSTRAINT fk_city_country_id_country FOREIGN KEY",
    ],
    [
      'op.createTable("city", column("id", "int"), primaryKey(["id"]), unique(["id"]), foreignKey(["id"], "u", ["id"]))',
      "( id int, CONSTRAINT pk_city PRIMARY KEY (id), CONSTRAINT uq_city_id UNIQUE (id), CONSTRAINT fk_city_id_u FOREIGN KEY",
    ],
    [
      'op.createTable("city", column("id", "int", { primaryKey: true, unique: true, references: { table: "u" } }))',
      "( id int CONSTRAINT pk_city PRIMARY KEY CONSTRAINT uq_city_id UNIQUE CONSTRAINT fk_city_id_u REFERENCES u )",
    ],
    [
      'op.addColumn("city", column("code", "text", { unique: true }))',
      "ADD COLUMN code text CONSTRAINT uq_city_code UNIQUE",
    ],
    [
      'op.batch("city", (t) => { t.createIndex(null, ["zip"]); t.createUniqueConstraint(null, ["zip"]); })',
      "CREATE INDEX ix_city_zip ON city (zip); ALTER TABLE city ADD CONSTRAINT uq_city_zip",
    ],
  ])("%s", (call, sql) => {
    expect(sqlOf(call)).toContain(sql);
  });

  test("by all of its columns", () => {
    expect(sqlOf('op.createUniqueConstraint(null, "t", ["a", "b"])', ALL_COLUMNS)).toContain("uq_t_a_b UNIQUE");
    expect(sqlOf('op.addColumn("t", column("a", "int", { check: "a > 0" }))', ALL_COLUMNS)).toContain(
      "CONSTRAINT ck_t_a CHECK (a > 0)",
    );
  });
});

test.each([
  'op.createIndex("by_name", "city", ["name"])',
  'op.createCheckConstraint("size", "city", "size > 0")',
  'op.createUniqueConstraint("uq", "city", [], { usingIndex: "ux" })',
  'op.createUniqueConstraint(null, "city", [], { usingIndex: "ux" })',
  'op.createExcludeConstraint(null, "city", [{ element: "during", operator: "&&" }])',
  'op.createTable("city", column("id", "int", { primaryKey: { name: "key" } }), unique(["id"], { name: "u" }))',
  'op.addColumn("city", column("a", "int", { check: { name: "ck", condition: "a > 0" }, references: { name: "fk", table: "u" } }))',
  'op.dropConstraint("size", "city")',
])("%s keeps its name, or goes without", (call) => {
  expect(recordedWith(DOCUMENTED, call)).toStrictEqual(evaluated(call));
});

test("PostgreSQL chooses names that no template is for", () => {
  expect(sqlOf('op.createIndex(null, "city", ["name"])', {})).toBe("CREATE INDEX ON city (name)");
  expect(reverseOf(evaluated('op.createIndex(null, "city", ["name"])'))).toHaveProperty("notReversible");
  expect(() => sqlOf('op.createIndex(null, "city", ["name"], { concurrently: true })', {})).toThrow(
    expect.objectContaining({ code: "OPERATION_INVALID" }),
  );
});

test("what has a name by convention can be undone by it", () => {
  expect(reverseOf(recordedWith(DOCUMENTED, 'op.createUniqueConstraint(null, "city", ["name"])'))).toEqual({
    operations: [{ kind: "dropConstraint", name: "uq_city_name", table: "city" }],
  });
});

test.each([
  ['op.createIndex(null, "city", [sql`lower(name)`])', "%(column_0_label)s for this index"],
  ['op.createCheckConstraint(null, "city", "size > 0")', "%(constraint_name)s for this check constraint"],
  ['op.addColumn("city", column("a", "int", { check: "a > 0" }))', "%(constraint_name)s for this check constraint"],
])("%s has nothing for its template", (call, message) => {
  expect(() => recordedWith(DOCUMENTED, call)).toThrow(message);
});

test("a name that is too long is shortened as SQLAlchemy does it", () => {
  const columns = ["information_channel_code", "billing_convention_name", "product_identifier"];
  const name = conventionalName({ uq: "uq_%(table_name)s_%(column_0_N_name)s" }, "uq", {
    table: "long_names",
    columns,
  });
  expect(name).toBe("uq_long_names_information_channel_code_billing_conventi_a79e");
  const umlauts = conventionalName({ pk: "pk_%(table_name)s" }, "pk", { table: "ä".repeat(40), columns: ["id"] });
  expect(umlauts).toMatch(/^pk_ä{26}_[0-9a-f]{4}$/);
});

test("MD5 is what node:crypto says it is", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string({ minLength: 50, maxLength: 140 })), (text) => {
      expect(md5(text)).toBe(createHash("md5").update(text).digest("hex"));
    }),
  );
});

test("a template has tokens that there are, and a % is written twice", () => {
  expect(templateMistake("ix_%(column_0_label)s_%(column_3_name)s_100%%")).toBeUndefined();
  expect(templateMistake("ix_%(colum_0_label)s")).toContain(
    "there is no %(colum_0_label)s (did you mean %(column_0_label)s?)",
  );
  expect(templateMistake("ix_%(table_name)")).toContain("a % begins a token");
  expect(templateMistake("ix_%s")).toContain("a % begins a token");
});
