import { action, alterTable } from "./language/alter-table.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { invalid } from "./language/invalid.ts";
import type { Statement } from "./language/statement.ts";
import { stateBefore, TRIGGER_STATES, type TriggerState } from "./language/trigger.ts";

export interface SetTriggerStateOptions {
  readonly schema?: string;

  /** What it is like before, where that is not "enabled", or "disabled" for one that is enabled. */
  readonly existing?: TriggerState;
}

export interface SetTriggerState extends SetTriggerStateOptions {
  readonly kind: "setTriggerState";
  readonly name: string | null;
  readonly table: string;
  readonly state: TriggerState;
}

/**
 * Enables or disables a trigger; null for the name stands for all of the table's triggers but those of its
 * constraints.
 *
 * @example
 * op.setTriggerState("stamp", "city", "disabled");
 * // ALTER TABLE city DISABLE TRIGGER stamp;
 */
export function setTriggerState(
  name: string | null,
  table: string,
  state: TriggerState,
  options: SetTriggerStateOptions = {},
): SetTriggerState {
  if (name === null && (state === "replica" || state === "always")) {
    throw invalid(
      `op.setTriggerState was given no name, and the state "${state}".`,
      "PostgreSQL puts only one trigger at a time into this state: name it.",
    );
  }
  return frozen({ kind: "setTriggerState", name, table, state, ...options });
}

function statements({ name, table, state, schema }: SetTriggerState): Statement[] {
  const relation = qualified(schema, table);
  const trigger = name === null ? "USER" : identifier(name);
  return [alterTable(relation, action(`${TRIGGER_STATES[state]} TRIGGER ${trigger}`), "SHARE ROW EXCLUSIVE")];
}

export const setTriggerStateDefinition = define({
  build: setTriggerState,
  statements,
  reverse: ({ name, table, state, schema, existing = stateBefore(state) }) =>
    reversedBy(setTriggerState(name, table, existing, frozen({ schema, existing: state }))),
  args: ({ name, table, state, ...options }) => [name, table, state, options],
  fields: { name: true, table: true, state: true, schema: true, existing: true },
  docs: {
    summary:
      "Enables or disables a trigger; null for the name stands for all of the table's triggers but those of its " +
      "constraints.",
    examples: [
      { call: `op.setTriggerState("stamp", "city", "disabled");`, sql: "ALTER TABLE city DISABLE TRIGGER stamp;" },
      {
        call: `op.setTriggerState("stamp", "city", "always", { schema: "atlas", existing: "replica" });`,
        sql: "ALTER TABLE atlas.city ENABLE ALWAYS TRIGGER stamp;",
      },
      { call: `op.setTriggerState(null, "city", "enabled");`, sql: "ALTER TABLE city ENABLE TRIGGER USER;" },
    ],
    manual: ["sql-altertable"],
  },
});
