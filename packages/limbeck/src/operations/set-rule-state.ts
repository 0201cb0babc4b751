import { action, alterTable } from "./language/alter-table.ts";
import { define, reversedBy } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { identifier, qualified } from "./language/identifiers.ts";
import { stateBefore, TRIGGER_STATES, type TriggerState } from "./language/trigger.ts";

export interface SetRuleStateOptions {
  readonly schema?: string;

  /** What it is like before, where that is not "enabled", or "disabled" for one that is enabled. */
  readonly existing?: TriggerState;
}

export interface SetRuleState extends SetRuleStateOptions {
  readonly kind: "setRuleState";
  readonly name: string;
  readonly table: string;
  readonly state: TriggerState;
}

/**
 * Enables or disables a rule of a table, for replication alone or always.
 *
 * @example
 * op.setRuleState("keep", "city", "disabled");
 * // ALTER TABLE city DISABLE RULE keep;
 */
export function setRuleState(
  name: string,
  table: string,
  state: TriggerState,
  options: SetRuleStateOptions = {},
): SetRuleState {
  return frozen({ kind: "setRuleState", name, table, state, ...options });
}

export const setRuleStateDefinition = define({
  build: setRuleState,
  statements: ({ name, table, state, schema }) => [
    alterTable(qualified(schema, table), action(`${TRIGGER_STATES[state]} RULE ${identifier(name)}`, identifier(name))),
  ],
  reverse: ({ name, table, state, schema, existing = stateBefore(state) }) =>
    reversedBy(setRuleState(name, table, existing, frozen({ schema, existing: state }))),
  args: ({ name, table, state, ...options }) => [name, table, state, options],
  fields: { name: true, table: true, state: true, schema: true, existing: true },
  docs: {
    summary: "Enables or disables a rule of a table, for replication alone or always.",
    examples: [
      { call: `op.setRuleState("keep", "city", "disabled");`, sql: "ALTER TABLE city DISABLE RULE keep;" },
      {
        call: `op.setRuleState("keep", "city", "always", { schema: "atlas", existing: "replica" });`,
        sql: "ALTER TABLE atlas.city ENABLE ALWAYS RULE keep;",
      },
    ],
    manual: ["sql-altertable"],
  },
});
