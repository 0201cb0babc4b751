import { displayName, sameName } from "../names.ts";
import { call } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { isMade } from "../state.ts";

export const dropIndexBlocking: Rule = {
  name: "drop-index-blocking",
  group: "blocking",
  severity: "warning",
  summary: "DROP INDEX locks the table against readers and writers.",
  docs: {
    problem:
      "ACCESS EXCLUSIVE on the index and its table: short, but everybody queues behind it while it waits for running transactions.",
    instead: ["DROP INDEX ix_city_name;"],
    use: ["DROP INDEX CONCURRENTLY ix_city_name;"],
    operations: [`op.dropIndex("ix_city_name", { concurrently: true });`],
    locks: "SHARE UPDATE EXCLUSIVE on the table, outside a transaction.",
  },
  check(action, { state, catalog }) {
    if (action.kind !== "drop index" || action.concurrently) return undefined;
    const facts = catalog?.index(action.object);
    const made = state.madeIndexes.find(({ name }) => sameName(name, action.object));
    const table = made?.table ?? facts?.table;
    if (table !== undefined && isMade(state, table)) return undefined;
    if (action.ifExists && catalog !== undefined && facts === undefined && made === undefined) return undefined;
    const said = displayName(action.object);
    return {
      message: `Dropping ${said} locks ${table === undefined ? "its table" : displayName(table)} against readers and writers.`,
      relation: table,
      lock: "ACCESS EXCLUSIVE",
      evidence: facts === undefined ? "static" : "catalog",
      recipe: {
        sql: [`DROP INDEX CONCURRENTLY ${said};`],
        operations: [`op.dropIndex(${call(action.object.name)}, { concurrently: true });`],
      },
    };
  },
};
