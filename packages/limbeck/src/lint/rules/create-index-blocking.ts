import { identifier } from "../../operations/language/identifiers.ts";
import { call, inSchema } from "../recipes.ts";
import type { CreateIndex } from "../action.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const createIndexBlocking: Rule = {
  name: "create-index-blocking",
  group: "blocking",
  severity: "error",
  summary: "CREATE INDEX stops all writers of the table while the index is built.",
  docs: {
    problem:
      "SHARE is held through the build; on a partitioned table, on every partition. CONCURRENTLY lets writers go on. A partitioned table " +
      "has no CONCURRENTLY: its index is made ON ONLY the parent, those of the partitions CONCURRENTLY, and they are attached.",
    instead: ["CREATE INDEX ix_city_name ON city (name);"],
    use: ["CREATE INDEX CONCURRENTLY ix_city_name ON city (name);"],
    operations: [`op.createIndex("ix_city_name", "city", ["name"], { concurrently: true });`],
    locks: "SHARE UPDATE EXCLUSIVE for the build, outside a transaction.",
  },
  check(action, context) {
    if (action.kind !== "create index" || action.concurrently) return undefined;
    const table = subjectOf(action.table, context);
    if (action.ifNotExists && isThere(action, context)) return undefined;
    const isPartitioned = table.facts?.kind === "partitioned table";
    // Nothing is built on a partitioned table itself.
    if (table.isNew || (isPartitioned && (action.only || table.facts?.isEmpty))) return undefined;
    const name = action.name ?? `ix_${table.name.name}`;
    const unique = action.unique ? "unique: true, " : "";
    return {
      message: `The index is built while nobody can write to ${isPartitioned ? "any partition of " : ""}${table.said}.`,
      relation: table.name,
      lock: "SHARE",
      work: "index build",
      evidence: table.evidence,
      recipe: isPartitioned
        ? {
            sql: [
              `CREATE ${action.unique ? "UNIQUE " : ""}INDEX ${identifier(name)} ON ONLY ${table.said} (…);`,
              `CREATE ${action.unique ? "UNIQUE " : ""}INDEX CONCURRENTLY … ON <each partition> (…);`,
              `ALTER INDEX ${identifier(name)} ATTACH PARTITION …;`,
            ],
            operations: [
              `op.createIndex(${call(name)}, ${call(table.name.name)}, […]${inSchema(table, `${unique}only: true`)});`,
              `op.createIndex("…", "<each partition>", […], { ${unique}concurrently: true });`,
              `op.attachIndex(${call(name)}, "…");`,
            ],
          }
        : {
            sql: [
              `CREATE ${action.unique ? "UNIQUE " : ""}INDEX CONCURRENTLY ${identifier(name)} ON ${table.said} (…);`,
            ],
            operations: [
              `op.createIndex(${call(name)}, ${call(table.name.name)}, ${JSON.stringify(action.columns.map((column) => column ?? "…"))}${inSchema(table, `${unique}concurrently: true`)});`,
            ],
          },
    };
  },
};

function isThere({ name, table }: CreateIndex, { catalog }: RuleContext): boolean {
  return name !== undefined && catalog?.index({ schema: table.schema, name }) !== undefined;
}
