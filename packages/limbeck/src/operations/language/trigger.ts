import { identifiers, qualified } from "./identifiers.ts";
import { quote } from "./literals.ts";

/** What fires a trigger. */
export type TriggerEvent =
  | "insert"
  | "update"
  | "delete"
  | "truncate"
  | {
      /** An UPDATE that names one of these columns. */
      readonly updateOf: readonly string[];
    };

/** The function that a trigger calls. */
export interface TriggerFunction {
  readonly function: string;
  readonly schema?: string;
  /** Texts that the function finds in TG_ARGV. */
  readonly arguments?: readonly string[];
}

/** Whether a trigger fires: as usual, never, only while replicating, or always. */
export type TriggerState = "enabled" | "disabled" | "replica" | "always";

export const TRIGGER_STATES = {
  enabled: "ENABLE",
  disabled: "DISABLE",
  replica: "ENABLE REPLICA",
  always: "ENABLE ALWAYS",
} as const satisfies Record<TriggerState, string>;

export function eventSql(event: TriggerEvent): string {
  return typeof event === "string" ? event.toUpperCase() : `UPDATE OF ${identifiers(event.updateOf)}`;
}

export function executeSql(execute: string | TriggerFunction): string {
  const {
    function: name,
    schema,
    arguments: values = [],
  } = typeof execute === "string" ? { function: execute } : execute;
  return `EXECUTE FUNCTION ${qualified(schema, name)}(${values.map(quote).join(", ")})`;
}

/** The state that a trigger most likely had before: a new trigger is enabled. */
export function stateBefore(state: TriggerState): TriggerState {
  return state === "enabled" ? "disabled" : "enabled";
}
