import { typeRule } from "../type-rule.ts";

export const preferText = typeRule({
  name: "prefer-text",
  types: ["varchar", "bpchar"],
  better: "text, with a CHECK where a length matters,",
  summary: "varchar(n) and char(n) are no faster than text, and a shorter limit later rewrites the table.",
  docs: {
    problem:
      "PostgreSQL stores all three alike. char(n) pads with blanks; a limit in the type is hard to make smaller.",
    instead: ["CREATE TABLE city (name varchar(100));"],
    use: ["CREATE TABLE city (name text CHECK (length(name) <= 100));"],
    operations: [`op.createTable("city", column("name", "text"), check("length(name) <= 100"));`],
    locks: "None.",
  },
});
