import { newColumns } from "../columns.ts";
import { displayName } from "../names.ts";
import type { Rule } from "../rule.ts";

export const preferIdentity: Rule = {
  name: "prefer-identity",
  group: "style",
  severity: undefined,
  summary: "serial makes a sequence with grants and an owner of its own; identity is part of the column.",
  docs: {
    problem: "Who may insert needs a right on the sequence too, and a copy of the table shares it.",
    instead: ["CREATE TABLE city (id bigserial PRIMARY KEY);"],
    use: ["CREATE TABLE city (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"],
    operations: [`op.createTable("city", column("id", "bigint", { identity: "always" }), primaryKey(["id"]));`],
    locks: "None.",
  },
  check(action) {
    const found = newColumns(action).find(({ column }) => column.serial);
    if (found === undefined) return undefined;
    const { table, column } = found;
    return {
      message: `${displayName(table)}.${column.name} is serial; GENERATED … AS IDENTITY is the better choice.`,
      relation: table,
      evidence: "static",
    };
  },
};
