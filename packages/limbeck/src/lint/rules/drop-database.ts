import { dropRule } from "../drop-rule.ts";

export const dropDatabase = dropRule({
  name: "drop-database",
  types: ["database"],
  severity: "error",
  summary: "DROP DATABASE removes a whole database.",
  docs: {
    problem: "All of it is gone, at once and for good.",
    instead: ["DROP DATABASE shop;"],
    use: ["-- no revision's business: do it by hand, after a backup"],
    operations: [],
    locks: "The database may not be in use.",
  },
  say: (said) => `The database ${said} is lost.`,
});
