import { columnDirectives } from "./directives/columns.ts";
import { constraintDirectives } from "./directives/constraints.ts";
import type { Directive } from "./directives/directive.ts";
import { indexDirectives } from "./directives/indexes.ts";
import { rowDirectives } from "./directives/rows.ts";
import { tableDirectives } from "./directives/tables.ts";

/** Alembic's directives by their names behind `op.`. */
export const directives: Readonly<Record<string, Directive>> = {
  ...tableDirectives,
  ...columnDirectives,
  ...indexDirectives,
  ...constraintDirectives,
  ...rowDirectives,
};

/** Where the table stands among the arguments of a directive, which one of `batch_alter_table` leaves out. */
export const TABLE_PLACE: Readonly<Record<string, 0 | 1>> = {
  add_column: 0,
  alter_column: 0,
  drop_column: 0,
  create_table_comment: 0,
  drop_table_comment: 0,
  create_index: 1,
  drop_index: 1,
  create_primary_key: 1,
  create_unique_constraint: 1,
  create_foreign_key: 1,
  create_check_constraint: 1,
  create_exclude_constraint: 1,
  drop_constraint: 1,
};
