import { LimbeckError, type Location } from "../errors/limbeck-error.ts";
import type { Backfill } from "../operations/backfill.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import { MOST_PASSES } from "../operations/language/batch.ts";
import { wantedKey } from "../operations/language/keyset.ts";
import type { BackfillState } from "./backfill-progress.ts";

/** The author's line. */
type Where = Location | undefined;

export function needsKey({ schema, table, key }: Backfill, where: Where): LimbeckError {
  return new LimbeckError("BACKFILL_NEEDS_KEY", {
    message: `The table ${qualified(schema, table)} cannot be walked through in batches: it lacks ${wantedKey(key)}, with no column in it that the backfill sets.`,
    hint:
      "Create the index first, with `concurrently: true`, or name the columns of another one, unique or not, as `key`; " +
      "for a small table one UPDATE with op.execute will do.",
    ...(where === undefined ? {} : { where }),
    details: { table: qualified(schema, table), ...(key === undefined ? {} : { key }) },
  });
}

export function backfillChanged({ schema, table }: Backfill, { changed }: BackfillState, where: Where): LimbeckError {
  return new LimbeckError("STEP_CHANGED", {
    message: `The backfill of ${qualified(schema, table)} was cut off after ${changed} rows, and sets something else now.`,
    hint: "Put it back as it was and let it end; a new revision changes the rows again.",
    ...(where === undefined ? {} : { where }),
    details: { table: qualified(schema, table), changed },
  });
}

export function backfillUnfinished(
  { schema, table, set }: Backfill,
  { changedBefore }: BackfillState,
  where: Where,
): LimbeckError {
  const columns = Object.keys(set).map(identifier).join(", ");
  return new LimbeckError("BACKFILL_UNFINISHED", {
    message: `The application goes on writing rows without ${columns} into ${qualified(schema, table)}: the last of ${MOST_PASSES} passes still found ${changedBefore ?? 0}.`,
    hint: "Make new rows complete first, by the application's new version, a column default or a trigger; then run the same command again.",
    ...(where === undefined ? {} : { where }),
    details: { table: qualified(schema, table), passes: MOST_PASSES, changed: changedBefore },
  });
}
