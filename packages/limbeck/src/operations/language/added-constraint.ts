import type { Deferrable } from "./column.ts";
import { alterTable } from "./alter-table.ts";
import { constraintAction } from "./constraint.ts";
import { notReversible, reversedBy, type Reversal } from "./definition.ts";
import { frozen } from "./freeze.ts";
import { qualified } from "./identifiers.ts";
import { checkColumns, invalid } from "./invalid.ts";
import type { Statement } from "./statement.ts";

interface AddedConstraint {
  readonly name: string | null;
  readonly table: string;
  readonly schema?: string | undefined;
}

/** What a primary key or a unique constraint can have when it is added to a table. */
export interface AddedKeyOptions extends Deferrable {
  readonly schema?: string;
  /** Columns that the constraint's index carries beside its key. */
  readonly include?: readonly string[];
  /** A unique index that becomes the constraint's, and gives it its columns: the list of columns is empty then. */
  readonly usingIndex?: string;
}

interface KeyOptions extends AddedKeyOptions {
  readonly nullsNotDistinct?: boolean;
}

/** What adds a constraint to a table. */
export function addConstraint(op: AddedConstraint, spec: Parameters<typeof constraintAction>[1]): Statement[] {
  return [alterTable(qualified(op.schema, op.table), constraintAction(op.name, spec))];
}

/** What takes a constraint away that was added to a table. */
export function constraintReversal({ name, table, schema }: AddedConstraint): Reversal {
  return name === null
    ? notReversible("PostgreSQL chooses the constraint's name: only one with a name in the call can be dropped again.")
    : reversedBy(frozen({ kind: "dropConstraint", name, table, schema }));
}

/** What takes a primary key or a unique constraint away that was added to a table. */
export function keyReversal(key: AddedConstraint & KeyOptions): Reversal {
  return key.usingIndex === undefined
    ? constraintReversal(key)
    : notReversible("The index has become the constraint's own, and would be dropped with it.");
}

/** Refuses columns beside an index that brings its own: PostgreSQL would take the index's, whatever the call says. */
export function checkKeyColumns(call: string, columns: readonly string[], options: KeyOptions): void {
  const { usingIndex, include, nullsNotDistinct } = options;
  if (usingIndex === undefined) return checkColumns(call, columns);
  if (columns.length === 0 && include === undefined && nullsNotDistinct === undefined) return;
  throw invalid(
    `${call} was given the index "${usingIndex}", and beside it what the index decides: columns, include or nullsNotDistinct.`,
    "Pass [] for the columns, and usingIndex without include and nullsNotDistinct.",
  );
}
