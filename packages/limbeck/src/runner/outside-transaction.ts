import { isConnectionLost, isPostgresError, ScriptError, type Session } from "../database/session.ts";
import { isLimbeckError } from "../errors/limbeck-error.ts";
import { InDoubt } from "./doubt.ts";
import type { Effect } from "./effect.ts";
import * as history from "./history.ts";
import type { OnlineStepInput } from "./online-step-input.ts";
import type { Piece } from "./pieces.ts";
import { inDoubt } from "./step-error.ts";
import type { StepSender } from "./step-sender.ts";

/** A statement outside a transaction, and the step that it is of. */
export interface Outside {
  readonly input: Pick<OnlineStepInput, "table" | "record" | "step">;
  readonly sender: StepSender;
  readonly next: Piece | string;
  readonly effect: Effect | undefined;
}

/**
 * Whether the run that was cut off at a statement had come to its end. What it left half done is put right, and it is
 * noted anew how that stands which the statement changes. Throws STATEMENT_IN_DOUBT.
 */
export async function isSettled({ input, sender, next, effect }: Outside, done: number): Promise<boolean> {
  const { table, record, step } = input;
  if (effect === undefined) return false;
  const settle = async (session: Session): Promise<boolean> => {
    const [row] = await session.query<history.Before>(history.readBeforeSql(table, record, effect.state));
    const { before, now } = row ?? {};
    const isAsked = before !== undefined && before !== null && before.of === now?.of;
    if (isAsked && (await effect.settle(session, before.is, now.is))) return true;
    await session.script([history.noteBeforeSql(table, record, effect.state)]);
    return false;
  };
  try {
    return await sender.before(next, settle);
  } catch (error) {
    throw error instanceof InDoubt ? inDoubt(step, typeof next === "string" ? next : next.text, done) : error;
  }
}

/** Does something, and takes back that it was begun when it is refused, where it is then as good as not begun. */
export async function unlessRefused<T>({ input, sender, effect }: Outside, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof ScriptError ? error.cause : error;
    const isRefused = isLimbeckError(cause) || (isPostgresError(cause) && !isConnectionLost(cause));
    if (effect?.isForgottenOnFailure === true && isRefused) {
      const forgotten = history.noteBeforeSql(input.table, input.record, undefined);
      await sender.session.script([forgotten]).catch(() => undefined);
    }
    throw error;
  }
}
