import type { Batch } from "./batch.ts";
import type { ColumnOperation } from "./families/columns.ts";
import type { ConstraintOperation } from "./families/constraints.ts";
import type { DatabaseOperation } from "./families/databases.ts";
import type { ForeignOperation } from "./families/foreign.ts";
import type { IndexOperation } from "./families/indexes.ts";
import type { LanguageOperation } from "./families/languages.ts";
import type { RightOperation } from "./families/rights.ts";
import type { RoutineOperation } from "./families/routines.ts";
import type { TableOperation } from "./families/tables.ts";
import type { TypeOperation } from "./families/types.ts";
import type { ViewOperation } from "./families/views.ts";

/** An operation that is not made of others. */
export type SingleOperation =
  | TableOperation
  | ColumnOperation
  | ConstraintOperation
  | IndexOperation
  | TypeOperation
  | ViewOperation
  | RoutineOperation
  | RightOperation
  | LanguageOperation
  | ForeignOperation
  | DatabaseOperation;

/**
 * A schema change as plain, frozen, serialisable data. Whoever makes schema changes makes Operations, whoever uses
 * them reads Operations.
 */
export type Operation = SingleOperation | Batch;

export type OperationKind = Operation["kind"];
