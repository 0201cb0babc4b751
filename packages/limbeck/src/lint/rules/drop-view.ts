import { dropRule } from "../drop-rule.ts";

export const dropView = dropRule({
  name: "drop-view",
  types: ["view", "materialized view"],
  severity: "warning",
  summary: "DROP VIEW takes a view away from those who read it.",
  docs: {
    problem: "The application that still runs may read it.",
    instead: ["DROP VIEW big_city;"],
    use: [
      "-- first ship an application that does not read it; to change a view, use CREATE OR REPLACE where its columns stay",
    ],
    operations: [`op.createView("big_city", sql\`…\`, { orReplace: true });`],
    locks: "ACCESS EXCLUSIVE on the view.",
  },
  say: (said) => `Whoever reads ${said} finds it gone.`,
});
