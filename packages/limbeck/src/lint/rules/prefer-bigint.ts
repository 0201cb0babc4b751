import { typeRule } from "../type-rule.ts";

export const preferBigint = typeRule({
  name: "prefer-bigint",
  types: ["int2", "int4"],
  better: "bigint",
  summary: "smallint and integer run out; a later change to bigint rewrites the table.",
  docs: {
    problem:
      "A counter that ends at 2,147,483,647 ends one day, and the change of type rewrites the table under ACCESS EXCLUSIVE.",
    instead: ["CREATE TABLE city (id integer PRIMARY KEY);"],
    use: ["CREATE TABLE city (id bigint PRIMARY KEY);"],
    operations: [`op.createTable("city", column("id", "bigint", { nullable: false }), primaryKey(["id"]));`],
    locks: "None.",
  },
});
