import type { Action, ConstraintDefinition } from "./action.ts";
import type { ObjectName } from "./names.ts";

/** A constraint that an action puts on a table, inside of a column's definition or on its own. */
export interface Added {
  readonly table: ObjectName;
  readonly constraint: ConstraintDefinition;
  /** The new column that it stands in. */
  readonly column: string | undefined;
  /** Whether that column has a default, so that its values are not all NULL. */
  readonly hasDefault: boolean;
}

/** The constraints of one type that an action adds to a table that may be there. */
export function addedConstraints(action: Action, type: ConstraintDefinition["type"]): Added[] {
  if (action.kind === "add constraint" && action.constraint.type === type) {
    return [{ table: action.table, constraint: action.constraint, column: undefined, hasDefault: false }];
  }
  if (action.kind !== "add column") return [];
  const { table, column } = action;
  return column.constraints
    .filter((constraint) => constraint.type === type)
    .map((constraint) => ({ table, constraint, column: column.name, hasDefault: column.default !== undefined }));
}
