import type { DataCheck } from "./check.ts";
import { invalidIndexes } from "./invalid-indexes.ts";
import { orphans } from "./orphans.ts";
import { pendingChecks } from "./pending-checks.ts";
import { pendingForeignKeys } from "./pending-foreign-keys.ts";
import { pendingNotNull } from "./pending-not-null.ts";
import { pendingUnique } from "./pending-unique.ts";
import { sequences } from "./sequences.ts";
import { unvalidatedConstraints } from "./unvalidated-constraints.ts";

/** Every question that can be asked of any database, in the order in which they are told. */
export const CHECKS: readonly DataCheck[] = [
  orphans,
  invalidIndexes,
  unvalidatedConstraints,
  sequences,
  pendingNotNull,
  pendingUnique,
  pendingForeignKeys,
  pendingChecks,
];
