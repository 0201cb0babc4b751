import { typeRule } from "../type-rule.ts";

export const preferTimestamptz = typeRule({
  name: "prefer-timestamptz",
  types: ["timestamp", "timetz"],
  better: "timestamptz",
  summary: "timestamp says a time of day and not a moment.",
  docs: {
    problem:
      "What was written in one time zone is read as something else in another. timestamptz keeps the moment, in the same eight bytes.",
    instead: ["CREATE TABLE visit (at timestamp);"],
    use: ["CREATE TABLE visit (at timestamptz);"],
    operations: [`op.createTable("visit", column("at", "timestamptz"));`],
    locks: "None.",
  },
});
