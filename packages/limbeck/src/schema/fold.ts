import type { AlterColumn } from "../operations/alter-column.ts";
import { frozen } from "../operations/language/freeze.ts";
import type { Operation } from "../operations/operation.ts";

/** The same operations in fewer calls: what neighbours say of one column is said at once. */
export function folded(operations: readonly Operation[]): Operation[] {
  const result: Operation[] = [];
  for (const operation of operations) {
    const last = result.at(-1);
    const joined =
      last?.kind === "alterColumn" && operation.kind === "alterColumn" ? joinedColumn(last, operation) : undefined;
    if (joined === undefined) result.push(operation);
    else result[result.length - 1] = joined;
  }
  return result.filter((operation, at) => !isDroppedAnyway(operation, result[at + 1]));
}

/** A new type with a new default drops the old one itself. */
function isDroppedAnyway(first: Operation, second: Operation | undefined): boolean {
  if (first.kind !== "alterColumn" || second?.kind !== "alterColumn" || !isSameColumn(first, second)) return false;
  const onlyDrops =
    first.default === null && Object.keys(first).every((name) => SUBJECT.has(name) || name === "default");
  return onlyDrops && second.type !== undefined && second.default !== undefined;
}

function isSameColumn(first: AlterColumn, second: AlterColumn): boolean {
  return first.table === second.table && first.column === second.column && first.schema === second.schema;
}

const SUBJECT: ReadonlySet<string> = new Set(["kind", "table", "column", "schema"]);

/** Undefined where both say something of the same thing, whose order counts then. */
function joinedColumn(first: AlterColumn, second: AlterColumn): AlterColumn | undefined {
  if (!isSameColumn(first, second) || first.rename !== undefined || second.rename !== undefined) return undefined;
  const said = Object.keys(first).filter((name) => !SUBJECT.has(name));
  if (said.some((name) => Object.hasOwn(second, name))) return undefined;
  // PostgreSQL changes types before it sets defaults, whatever the order in one statement.
  if (second.type !== undefined && first.default !== undefined) return undefined;
  return frozen({ ...first, ...second });
}
