import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier } from "./language/identifiers.ts";
import { statement } from "./language/statement.ts";
import { stateBefore, TRIGGER_STATES, type TriggerState } from "./language/trigger.ts";

export interface SetEventTriggerStateOptions {
  /** What it is like before, where that is not "enabled", or "disabled" for one that is enabled. */
  readonly existing?: TriggerState;
}

export interface SetEventTriggerState extends SetEventTriggerStateOptions {
  readonly kind: "setEventTriggerState";
  readonly name: string;
  readonly state: TriggerState;
}

/**
 * Enables or disables an event trigger.
 *
 * @example
 * op.setEventTriggerState("watch", "disabled");
 * // ALTER EVENT TRIGGER watch DISABLE;
 */
export function setEventTriggerState(
  name: string,
  state: TriggerState,
  options: SetEventTriggerStateOptions = {},
): SetEventTriggerState {
  return frozen({ kind: "setEventTriggerState", name, state, ...options });
}

export const setEventTriggerStateDefinition = define({
  build: setEventTriggerState,
  statements: ({ name, state }) => [statement(`ALTER EVENT TRIGGER ${identifier(name)} ${TRIGGER_STATES[state]}`)],
  reverse: ({ name, state, existing = stateBefore(state) }) =>
    reversedBy(setEventTriggerState(name, existing, { existing: state })),
  args: ({ name, state, ...options }) => [name, state, options],
  fields: { name: true, state: true, existing: true },
  docs: {
    summary: "Enables or disables an event trigger.",
    examples: [
      { call: `op.setEventTriggerState("watch", "disabled");`, sql: "ALTER EVENT TRIGGER watch DISABLE;" },
      {
        call: `op.setEventTriggerState("watch", "replica", { existing: "always" });`,
        sql: "ALTER EVENT TRIGGER watch ENABLE REPLICA;",
      },
    ],
    manual: ["sql-altereventtrigger"],
  },
});
