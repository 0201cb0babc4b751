import type { ColumnSpec } from "./column.ts";
import type { ConstraintSpec } from "./constraint.ts";
import { qualified } from "./identifiers.ts";
import { lock, type Lock } from "./statement.ts";

/** What stands between the parentheses of CREATE TABLE. */
export type TableElement = ColumnSpec | ConstraintSpec;

const ELEMENTS: ReadonlySet<unknown> = new Set<TableElement["element"]>([
  "column",
  "primaryKey",
  "unique",
  "check",
  "foreignKey",
  "exclude",
]);

export function isTableElement(value: unknown): value is TableElement {
  return typeof value === "object" && value !== null && "element" in value && ELEMENTS.has(value.element);
}

/** The locks on the tables that new foreign keys of a table point to, beside the table itself. */
export function referencedLocks(table: string, elements: readonly TableElement[]): Lock[] {
  const targets = new Set(elements.map(referencedTable).filter((target) => target !== undefined && target !== table));
  return Array.from(targets as Set<string>, (target) => lock("SHARE ROW EXCLUSIVE", target));
}

function referencedTable(element: TableElement): string | undefined {
  if (element.element === "foreignKey") return qualified(element.referencedSchema, element.referencedTable);
  if (element.element !== "column" || element.references === undefined) return undefined;
  return qualified(element.references.schema, element.references.table);
}
