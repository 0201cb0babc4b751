import type { Action } from "./action.ts";
import type { ObjectName } from "./names.ts";

/** The table on which an action takes ACCESS EXCLUSIVE for a moment or longer, if it does. */
export function exclusiveTable(action: Action): ObjectName | undefined {
  switch (action.kind) {
    case "add column":
    case "alter column type":
    case "drop column":
    case "drop constraint":
    case "drop not null":
    case "rewrite table":
    case "set expression":
    case "set not null":
      return action.table;
    case "add constraint":
      return action.constraint.type === "foreign key" ? undefined : action.table;
    case "alter table":
      return action.exclusive ? action.table : undefined;
    case "rename":
    case "set schema":
      return action.objectType === "schema" || action.objectType === "other" ? undefined : action.object;
    case "truncate":
      return action.tables[0];
    default:
      return undefined;
  }
}
