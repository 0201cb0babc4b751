import type { AlterColumnType } from "../action.ts";
import type { RelationFacts } from "../catalog.ts";
import { columnOf, columnsIn } from "../expressions.ts";
import { typeName } from "../names.ts";
import type { Match, Rule, RuleContext, Work } from "../rule.ts";
import { subjectOf, type Subject } from "../subject.ts";
import { unwrap } from "../tree.ts";
import { displayType, isLossy, typeChange } from "../types.ts";

export const alterColumnType: Rule = {
  name: "alter-column-type",
  group: "blocking",
  severity: "error",
  summary: "A type change that is not free rewrites or scans the table.",
  docs: {
    problem:
      "Unless each value is one of the new type as it stands, the table and its indexes are rewritten under ACCESS EXCLUSIVE. " +
      "Free are varchar and varbit made longer or unlimited, varchar to text and back, numeric with more digits before the point, " +
      "more precision in time, cidr to inet, a domain to its base, timestamp to timestamptz in UTC. Even then a CHECK on the column is " +
      "checked again, and another collation rebuilds the column's indexes, under the same lock.",
    instead: ["ALTER TABLE city ALTER COLUMN population TYPE bigint;"],
    use: [
      "ALTER TABLE city ADD COLUMN population_new bigint;",
      "-- a trigger keeps both in step; the rows that there are follow batch by batch; then swap:",
      "ALTER TABLE city DROP COLUMN population;",
      "ALTER TABLE city RENAME COLUMN population_new TO population;",
    ],
    operations: [
      `op.addColumn("city", column("population_new", "bigint"));`,
      `op.backfill("city", { set: { population_new: sql\`population\` }, where: sql\`population_new IS NULL\` });`,
      `op.dropColumn("city", "population");`,
      `op.renameColumn("city", "population_new", "population");`,
    ],
    locks: "ACCESS EXCLUSIVE for a moment at each end, ROW EXCLUSIVE while the rows are written.",
  },
  check(action, context) {
    if (action.kind !== "alter column type") return undefined;
    const table = subjectOf(action.table, context);
    if (table.isNew) return undefined;
    const { facts } = table;
    const work = facts === undefined || context.catalog === undefined ? "rewrite" : workOf(action, facts, context);
    return work === undefined ? undefined : match(action, table, work);
  },
};

function workOf(action: AlterColumnType, facts: RelationFacts, { catalog }: RuleContext): Work | undefined {
  const column = facts.columns.find(({ name }) => name === action.column);
  if (column === undefined) return "rewrite";
  if (!isNoUsing(action)) return "rewrite";
  if (typeChange(column.type, action.type, catalog!) === "rewrite") return "rewrite";
  if (facts.indexes.some(({ expressionColumns }) => expressionColumns.includes(action.column))) return "index build";
  const isIndexed = facts.indexes.some(({ columns }) => columns.includes(action.column));
  if (isIndexed && collationChanges(action, column.collation)) return "index build";
  const isChecked = facts.constraints.some(({ type, columns }) => type === "check" && columns.includes(action.column));
  return isChecked ? "scan" : undefined;
}

function collationChanges({ collation }: AlterColumnType, before: string | undefined): boolean {
  const name = before?.split(".").at(-1)?.replaceAll('"', "");
  return collation !== name && !(collation === "default" && name === undefined);
}

/** `USING column` and `USING column::type`, which say what happens anyway. */
function isNoUsing({ using, column, type }: AlterColumnType): boolean {
  if (using === undefined || columnOf(using) === column) return true;
  const cast = unwrap(using, "TypeCast");
  return (
    cast !== undefined &&
    columnOf(cast["arg"]) === column &&
    displayType(typeName(cast["typeName"])) === displayType(type)
  );
}

const SAID: Readonly<Record<Work, string>> = {
  rewrite: "is rewritten with all its indexes",
  scan: "is scanned to check the column's constraints again",
  "index build": "has the column's indexes built anew",
};

function match(action: AlterColumnType, table: Subject, work: Work): Match {
  const { column, type } = action;
  const may = table.evidence === "static" ? "unless the old type makes the change free, " : "";
  return {
    message: `To make ${column} ${displayType(type)}, ${may}${table.said} ${SAID[work]}, while nobody can read or write it.`,
    relation: table.name,
    lock: "ACCESS EXCLUSIVE",
    work,
    evidence: table.evidence,
    loses: losesValues(action, table) ? [{ kind: "column", name: table.name, column }] : [],
  };
}

/** Whether values are rounded, cut or replaced on the way. A value that does not fit at all is refused, and not lost. */
function losesValues({ column, type, using }: AlterColumnType, { facts }: Subject): boolean {
  if (using !== undefined && !columnsIn(using).includes(column)) return true;
  const from = facts?.columns.find(({ name }) => name === column)?.type;
  return from !== undefined && isLossy(from, type, using !== undefined);
}
