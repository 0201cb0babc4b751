import { isConnectionLost } from "../database/session.ts";
import { sqlText, type Sql } from "../operations/language/sql-text.ts";
import type { StepHooks } from "../scripts/step-hook.ts";
import type { OnlineStepInput } from "./online-step-input.ts";
import { hookFailed } from "./step-error.ts";
import type { StepSender } from "./step-sender.ts";

/** Lets a hook of the configuration work in a step's transaction, if there is one. Throws HOOK_FAILED. */
export async function runHook(
  name: keyof StepHooks,
  { hooks, step }: Pick<OnlineStepInput, "hooks" | "step">,
  sender: StepSender,
): Promise<void> {
  const hook = hooks[name];
  if (hook === undefined) return;
  const { revision, direction, message } = step;
  const { session } = sender;
  const query = <Row extends object>(sql: Sql | string) => session.query<Row>(sqlText(sql));
  const work = async () => await hook({ revision, direction, message }, { query, client: session.client });
  try {
    await sender.lend([], name, "perhaps", work);
  } catch (error) {
    if (isConnectionLost(error)) throw error;
    throw hookFailed(step, name, error);
  }
}
