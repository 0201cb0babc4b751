import { dropRule } from "../drop-rule.ts";

export const dropSchema = dropRule({
  name: "drop-schema",
  types: ["schema"],
  severity: "error",
  summary: "DROP SCHEMA removes a schema, with CASCADE all that is in it.",
  docs: {
    problem: "Everything in it goes, the data of its tables too, and the application that names it fails.",
    instead: ["DROP SCHEMA old CASCADE;"],
    use: ["-- drop its tables by name, in revisions that can be read; then the empty schema"],
    operations: [`op.dropSchema("old");`],
    locks: "ACCESS EXCLUSIVE on every table in it.",
  },
  say: (said) => `The schema ${said} is gone, for the application that runs too.`,
});
