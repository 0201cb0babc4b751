import { readSchema, type ReadSchemaOptions } from "../database/read-schema.ts";
import { batchesOf } from "../database/scratch-load.ts";
import { withScratchAt, type ScratchPlace } from "../database/scratch.ts";
import { ScriptError, type Session } from "../database/session.ts";
import { settleExpressions } from "../database/settle-expressions.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { compareSchemas } from "../schema/compare.ts";
import type { Schema } from "../schema/fact.ts";
import { planChanges } from "../schema/plan.ts";
import { scriptOf, type ScriptStatement } from "../schema/script.ts";

/** A way from one schema to another and back, and what it is held to. */
export interface Journey {
  readonly live: Schema;
  /** Undefined where nobody knows where it should lead to; it has to run then. */
  readonly target: Schema | undefined;
  readonly upgrade: readonly ScriptStatement[];
  /** Undefined where there is no way back. */
  readonly downgrade: readonly ScriptStatement[] | undefined;
  /** What is read of the scratch database. */
  readonly options: ReadSchemaOptions;
}

/**
 * Walks a way in a scratch copy of the live schema, which has no rows, and compares where it leads to. Throws PROOF_FAILED
 * with what differs. Nothing is written to the live database.
 */
export async function proveArrival(session: Session, place: ScratchPlace, journey: Journey): Promise<void> {
  await withScratchAt(session, place, async (scratch) => {
    const { live, target, upgrade, downgrade, options } = journey;
    const compared = async (expected: Schema): Promise<string[]> => {
      const reached = await readSchema(scratch, options);
      const settled = await settleExpressions(scratch, reached, expected);
      return compareSchemas(reached, settled).map(({ message }) => message);
    };
    const empty = await readSchema(scratch, options);
    const copy = scriptOf(planChanges(empty, live, { defaultSchema: null }).operations);
    await walk(scratch, copy, "the copy of the live schema");
    refuse(await compared(live), "The live schema cannot be copied, so nothing can be proven of the revision");
    const before = await readSchema(scratch, options);
    await walk(scratch, upgrade, "the upgrade");
    if (target !== undefined) refuse(await compared(target), "The upgrade does not lead to the target schema");
    if (downgrade === undefined) return;
    await walk(scratch, downgrade, "the downgrade");
    refuse(await compared(before), "The downgrade does not lead back to the live schema");
  });
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
