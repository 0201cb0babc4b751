import type { Action, ConstraintDefinition } from "../action.ts";
import { displayName, sameName, type ObjectName } from "../names.ts";
import type { Match, Rule, RuleContext } from "../rule.ts";
import { subjectOf } from "../subject.ts";

export const foreignKeyWithoutIndex: Rule = {
  name: "foreign-key-without-index",
  group: "style",
  severity: undefined,
  summary: "A foreign key without an index makes each DELETE of a parent's row scan the table.",
  docs: {
    problem:
      "PostgreSQL looks for rows that refer to a deleted or changed one; without an index it reads the whole table for each.",
    instead: ["ALTER TABLE city ADD CONSTRAINT city_country FOREIGN KEY (country_id) REFERENCES country NOT VALID;"],
    use: [
      "CREATE INDEX CONCURRENTLY ix_city_country_id ON city (country_id);",
      "ALTER TABLE city ADD CONSTRAINT city_country FOREIGN KEY (country_id) REFERENCES country NOT VALID;",
    ],
    operations: [`op.createIndex("ix_city_country_id", "city", ["country_id"], { concurrently: true });`],
    locks: "SHARE UPDATE EXCLUSIVE for the build.",
  },
  check(action, context) {
    for (const { table, constraint } of foreignKeys(action)) {
      const match = withoutIndex(table, constraint, context);
      if (match !== undefined) return match;
    }
    return undefined;
  },
};

function foreignKeys(action: Action): { readonly table: ObjectName; readonly constraint: ConstraintDefinition }[] {
  const constraints =
    action.kind === "add constraint"
      ? [action.constraint]
      : action.kind === "add column"
        ? action.column.constraints
        : action.kind === "create table"
          ? [...action.constraints, ...action.columns.flatMap((column) => column.constraints)]
          : [];
  if (!("table" in action)) return [];
  return constraints
    .filter(({ type }) => type === "foreign key")
    .map((constraint) => ({ table: action.table, constraint }));
}

/** An index serves when its first columns are the key's. Those that the run made are taken to serve. */
function withoutIndex(name: ObjectName, { columns }: ConstraintDefinition, context: RuleContext): Match | undefined {
  const table = subjectOf(name, context);
  const indexes = table.facts?.indexes ?? [];
  const serves = indexes.some((index) =>
    columns.every((column) => index.columns.slice(0, columns.length).includes(column)),
  );
  if (serves || context.state.madeIndexes.some((made) => sameName(made.table, name))) return undefined;
  return {
    message: `No index of ${displayName(name)} begins with ${columns.join(", ")}.`,
    relation: name,
    evidence: table.evidence,
  };
}
