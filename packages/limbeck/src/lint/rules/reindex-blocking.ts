import { displayName } from "../names.ts";
import { isMade } from "../state.ts";
import type { Rule } from "../rule.ts";

export const reindexBlocking: Rule = {
  name: "reindex-blocking",
  group: "blocking",
  severity: "error",
  summary: "REINDEX stops writers, and readers too where they plan with the index, while it is built.",
  docs: {
    problem:
      "SHARE on the table and ACCESS EXCLUSIVE on the index: planning any query on the table asks for every index of it.",
    instead: ["REINDEX TABLE city;"],
    use: ["REINDEX TABLE CONCURRENTLY city;"],
    operations: [`op.reindex("table", "city", { concurrently: true });`],
    locks: "SHARE UPDATE EXCLUSIVE, outside a transaction (since PostgreSQL 12).",
  },
  check(action, { state, catalog }) {
    if ((action.kind !== "reindex" && action.kind !== "reindex many") || action.concurrently) return undefined;
    const facts = action.objectType === "index" ? catalog?.index(action.object) : undefined;
    const table = action.objectType === "table" ? action.object : facts?.table;
    if (table !== undefined && isMade(state, table)) return undefined;
    const what = action.objectType.toUpperCase();
    const said = displayName(action.object);
    return {
      message: `The indexes are built while nobody can write to ${table === undefined ? "their tables" : displayName(table)}, nor plan a query on it.`,
      relation: table,
      lock: "SHARE",
      work: "index build",
      evidence: facts === undefined ? "static" : "catalog",
      recipe: {
        sql: [`REINDEX ${what} CONCURRENTLY ${said};`],
        operations: [
          `op.reindex(${JSON.stringify(action.objectType)}, ${JSON.stringify(action.object.name)}, { concurrently: true });`,
        ],
      },
    };
  },
};
