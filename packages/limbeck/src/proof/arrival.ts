import { readSchema, type ReadSchemaOptions } from "../database/read-schema.ts";
import { batchesOf } from "../database/scratch-load.ts";
import { withScratchAt, type Built, type ScratchPlace } from "../database/scratch.ts";
import { ScriptError, type Session } from "../database/session.ts";
import { settleExpressions } from "../database/settle-expressions.ts";
import { isLimbeckError, LimbeckError } from "../errors/limbeck-error.ts";
import { compareSchemas } from "../schema/compare.ts";
import type { Schema } from "../schema/fact.ts";
import { planChanges } from "../schema/plan.ts";
import { scriptOf, type ScriptStatement } from "../schema/script.ts";
import { completed } from "../schema/silence.ts";

/** A way from one schema to another and back, and what it is held to. */
export interface Journey {
  readonly live: Schema;
  /** Undefined where nobody knows where it should lead to; it has to run then. */
  readonly target: Schema | undefined;
  /** A scratch database that holds the target schema, to be used up. */
  readonly built?: Built | undefined;
  readonly upgrade: readonly ScriptStatement[];
  /** Undefined where there is no way back. */
  readonly downgrade: readonly ScriptStatement[] | undefined;
  /** What is read of the scratch database. */
  readonly options: ReadSchemaOptions;
}

/**
 * Walks a way in a scratch database, which has no rows, and compares where it leads to: there and back from a copy of the live
 * schema, or back and there again from the target schema, where that stands already. Throws PROOF_FAILED with what differs from
 * the copy. Nothing is written to the live database.
 */
export async function proveArrival(session: Session, place: ScratchPlace, journey: Journey): Promise<void> {
  if (await arrivesFromTarget(journey)) return;
  await withScratchAt(session, place, async (scratch) => {
    const { live, target, upgrade, downgrade, options } = journey;
    const { schema: empty } = await reached(scratch, options);
    const copy = scriptOf(planChanges(empty, live, { defaultSchema: null }).operations);
    await walk(scratch, copy, "the copy of the live schema");
    const { schema: before, differences } = await reached(scratch, options, live);
    refuse(differences, "The live schema cannot be copied, so nothing can be proven of the revision");
    await walk(scratch, upgrade, "the upgrade");
    if (target !== undefined) {
      const above = await reached(scratch, options, target);
      refuse(above.differences, "The upgrade does not lead to the target schema");
    }
    if (downgrade === undefined) return;
    await walk(scratch, downgrade, "the downgrade");
    const below = await reached(scratch, options, before);
    refuse(below.differences, "The downgrade does not lead back to the live schema");
  });
}

/**
 * Whether the way leads from the target schema to the live one and back: then it is the live schema that the upgrade begins at, as it
 * would be in a copy. What the target has no words for is made first. False says no more than that the copy has to tell.
 */
async function arrivesFromTarget({ live, target, built, upgrade, downgrade, options }: Journey): Promise<boolean> {
  if (built === undefined || target === undefined || downgrade === undefined) return false;
  const { scratch, schema } = built;
  try {
    const goal = await settleExpressions(scratch, schema, completed(live, target));
    await walk(scratch, scriptOf(planChanges(schema, goal, { defaultSchema: null }).operations), "the target schema");
    await walk(scratch, downgrade, "the downgrade");
    if ((await reached(scratch, options, live)).differences.length > 0) return false;
    await walk(scratch, upgrade, "the upgrade");
    return (await reached(scratch, options, target)).differences.length === 0;
  } catch (error) {
    if (isLimbeckError(error) && error.code !== "INTERRUPTED") return false;
    throw error;
  }
}

/** The schema of a scratch database, and what is not as it was expected to be. */
async function reached(
  scratch: Session,
  options: ReadSchemaOptions,
  expected?: Schema,
): Promise<{ readonly schema: Schema; readonly differences: readonly string[] }> {
  const schema = await readSchema(scratch, { ...options, keepsPlan: true });
  if (expected === undefined) return { schema, differences: [] };
  const differences = compareSchemas(schema, await settleExpressions(scratch, schema, expected));
  return { schema, differences: differences.map(({ message }) => message) };
}

async function walk(scratch: Session, statements: readonly ScriptStatement[], what: string): Promise<void> {
  for (const batch of batchesOf(statements)) {
    try {
      await scratch.script(batch.map(({ sql }) => sql));
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      const { sql } = batch[error.piece]!;
      throw failed(`A statement of ${what} fails: ${error.message}, in: ${sql}`, { statement: sql }, error);
    }
  }
}

function refuse(differences: readonly string[], what: string): void {
  if (differences.length > 0) throw failed(`${what}: ${differences.join("; ")}.`, { differences });
}

function failed(message: string, details: Readonly<Record<string, unknown>>, cause?: unknown): LimbeckError {
  return new LimbeckError("PROOF_FAILED", {
    message,
    hint: "No file was left. Say --no-proof to have it nevertheless, and correct it; please report it with both schemas.",
    details,
    ...(cause === undefined ? {} : { cause }),
  });
}
