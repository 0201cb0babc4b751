import { dropRule } from "../drop-rule.ts";

export const dropType = dropRule({
  name: "drop-type",
  types: ["type", "domain"],
  severity: "warning",
  summary: "DROP TYPE takes a type away from those who name it.",
  docs: {
    problem: "Queries that cast to it fail; with CASCADE the columns of the type go, and their data.",
    instead: ["DROP TYPE mood CASCADE;"],
    use: ["-- change the columns to another type first; then DROP TYPE without CASCADE"],
    operations: [`op.dropEnum("mood");`],
    locks: "None on tables; with CASCADE, ACCESS EXCLUSIVE on those that use it.",
  },
  say: (said) => `Whoever names the type ${said} finds it gone.`,
});
