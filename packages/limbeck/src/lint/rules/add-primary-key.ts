import { identifier, identifiers } from "../../operations/language/identifiers.ts";
import { addedConstraints, type Added } from "../added.ts";
import { sameName } from "../names.ts";
import { call, inSchema } from "../recipes.ts";
import type { Rule, RuleContext, Work } from "../rule.ts";
import { subjectOf, type Subject } from "../subject.ts";

export const addPrimaryKey: Rule = {
  name: "add-primary-key",
  group: "blocking",
  severity: "error",
  summary:
    "A primary key that is added in one go builds its index, or looks for NULLs, while nobody can read or write.",
  docs: {
    problem:
      "The index is built under ACCESS EXCLUSIVE. With USING INDEX it is not, but columns that may be NULL are then made NOT NULL, which " +
      "scans the table under the same lock.",
    instead: ["ALTER TABLE city ADD PRIMARY KEY (id);"],
    use: [
      "CREATE UNIQUE INDEX CONCURRENTLY city_pkey ON city (id);",
      "-- id NOT NULL first, by the recipe of set-not-null",
      "ALTER TABLE city ADD CONSTRAINT city_pkey PRIMARY KEY USING INDEX city_pkey;",
    ],
    operations: [
      `op.createIndex("city_pkey", "city", ["id"], { unique: true, concurrently: true });`,
      `op.createPrimaryKey("city_pkey", "city", [], { usingIndex: "city_pkey" });`,
    ],
    locks: "SHARE UPDATE EXCLUSIVE for the build, ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    const [added] = addedConstraints(action, "primary key");
    if (added === undefined) return undefined;
    const table = subjectOf(added.table, context);
    if (table.isNew) return undefined;
    const { columns, name: given, usingIndex } = added.constraint;
    const work: Work = usingIndex === undefined ? "index build" : "scan";
    if (work === "scan" && nullable(added, table, context).length === 0) return undefined;
    const name = given ?? `${table.name.name}_pkey`;
    const said = work === "scan" ? "All its rows are looked at for a NULL" : "The index of a primary key is built";
    return {
      message: `${said} on ${table.said}, while nobody can read or write it.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work,
      evidence: table.evidence,
      recipe: {
        sql: [
          `CREATE UNIQUE INDEX CONCURRENTLY ${identifier(name)} ON ${table.said} (${identifiers(columns)});`,
          `ALTER TABLE ${table.said} ADD CONSTRAINT ${identifier(name)} PRIMARY KEY USING INDEX ${identifier(name)};`,
        ],
        operations: [
          `op.createIndex(${call(name)}, ${call(table.name.name)}, ${JSON.stringify(columns)}${inSchema(table, "unique: true, concurrently: true")});`,
          `op.createPrimaryKey(${call(name)}, ${call(table.name.name)}, []${inSchema(table, `usingIndex: ${call(name)}`)});`,
        ],
      },
    };
  },
};

/** The columns of the index that may be NULL for all that is known; none where nothing is known of the index. */
function nullable({ constraint }: Added, { name, facts }: Subject, { state, catalog }: RuleContext): string[] {
  const index = constraint.usingIndex;
  if (facts === undefined || index === undefined) return [];
  const columns = catalog?.index({ schema: name.schema, name: index })?.columns ?? [];
  const isNotNull = (column: string): boolean =>
    facts.columns.some((each) => each.name === column && !each.nullable) ||
    facts.constraints.some(({ validated, notNull }) => validated && notNull.includes(column)) ||
    state.setNotNull.some((each) => sameName(each.table, name) && each.column === column) ||
    state.constraints.some((each) => sameName(each.table, name) && each.validated && each.notNull.includes(column));
  return columns.filter((column): column is string => column !== undefined && !isNotNull(column));
}
