import { dropRule } from "../drop-rule.ts";

export const dropTable = dropRule({
  name: "drop-table",
  types: ["table"],
  severity: "error",
  summary: "DROP TABLE throws the table's data away, and locks every table that its foreign keys refer to.",
  docs: {
    problem:
      "The data is gone. ACCESS EXCLUSIVE is taken on the table, on each one that its foreign keys refer to, and on the parent of a partition.",
    instead: ["DROP TABLE city;"],
    use: [
      "-- rename it first, keep it for as long as a way back may be needed, then drop it, and say that it is meant",
    ],
    operations: [`op.allow("drop-table", "renamed in March, nobody asked for it");`, `op.dropTable("city_old");`],
    locks: "ACCESS EXCLUSIVE.",
  },
  say: (said) => `The data of ${said} is lost.`,
});
