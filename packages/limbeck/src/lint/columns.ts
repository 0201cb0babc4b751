import type { Action, ColumnDefinition } from "./action.ts";
import type { ObjectName } from "./names.ts";

/** A column that an action makes, with its table. */
export interface NewColumn {
  readonly table: ObjectName;
  readonly column: ColumnDefinition;
}

/** The columns that an action makes, in a new table or in one that is there. */
export function newColumns(action: Action): NewColumn[] {
  if (action.kind === "add column") return [{ table: action.table, column: action.column }];
  if (action.kind !== "create table") return [];
  return action.columns.map((column) => ({ table: action.table, column }));
}
