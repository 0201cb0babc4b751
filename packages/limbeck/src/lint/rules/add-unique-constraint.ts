import { identifier, identifiers } from "../../operations/language/identifiers.ts";
import { addedConstraints } from "../added.ts";
import { call, inSchema } from "../recipes.ts";
import type { Rule } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const addUniqueConstraint: Rule = {
  name: "add-unique-constraint",
  group: "blocking",
  severity: "error",
  summary: "A UNIQUE constraint that is added in one go builds its index while nobody can read or write.",
  docs: {
    problem:
      "The index is built under ACCESS EXCLUSIVE. Built before, CONCURRENTLY, it becomes the constraint's with USING INDEX at once.",
    instead: ["ALTER TABLE city ADD CONSTRAINT city_name_key UNIQUE (name);"],
    use: [
      "CREATE UNIQUE INDEX CONCURRENTLY city_name_key ON city (name);",
      "ALTER TABLE city ADD CONSTRAINT city_name_key UNIQUE USING INDEX city_name_key;",
    ],
    operations: [
      `op.createIndex("city_name_key", "city", ["name"], { unique: true, concurrently: true });`,
      `op.createUniqueConstraint("city_name_key", "city", [], { usingIndex: "city_name_key" });`,
    ],
    locks: "SHARE UPDATE EXCLUSIVE for the build, ACCESS EXCLUSIVE for a moment.",
  },
  check(action, context) {
    const added = addedConstraints(action, "unique").find(({ constraint }) => constraint.usingIndex === undefined);
    if (added === undefined) return undefined;
    const table = subjectOf(added.table, context);
    if (table.isNew) return undefined;
    const { columns, name: given } = added.constraint;
    const name = given ?? `${table.name.name}_${columns.join("_")}_key`;
    return {
      message: `The index of a UNIQUE constraint on ${table.said} is built while nobody can read or write it.`,
      relation: table.name,
      lock: "ACCESS EXCLUSIVE",
      work: "index build",
      evidence: table.evidence,
      recipe: {
        sql: [
          `CREATE UNIQUE INDEX CONCURRENTLY ${identifier(name)} ON ${table.said} (${identifiers(columns)});`,
          `ALTER TABLE ${table.said} ADD CONSTRAINT ${identifier(name)} UNIQUE USING INDEX ${identifier(name)};`,
        ],
        operations: [
          `op.createIndex(${call(name)}, ${call(table.name.name)}, ${JSON.stringify(columns)}${inSchema(table, "unique: true, concurrently: true")});`,
          `op.createUniqueConstraint(${call(name)}, ${call(table.name.name)}, []${inSchema(table, `usingIndex: ${call(name)}`)});`,
        ],
      },
    };
  },
};
