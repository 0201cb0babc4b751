import { define, madeBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { nothingToChange } from "./language/invalid.ts";
import {
  attributesSql,
  signatureSql,
  signatureTypes,
  type RoutineArguments,
  type RoutineAttributes,
} from "./language/routine.ts";
import type { SettingValue } from "./language/settings.ts";
import { statement } from "./language/statement.ts";

export interface AlterProcedureOptions extends RoutineAttributes<SettingValue | null> {
  readonly schema?: string;

  /** What the procedure is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: RoutineAttributes<SettingValue | null>;
}

export interface AlterProcedure extends AlterProcedureOptions {
  readonly kind: "alterProcedure";
  readonly name: string;
  readonly args: RoutineArguments;
}

/**
 * Changes whose rights a procedure runs with, and with which settings. What it does takes `op.createProcedure` with
 * `orReplace`.
 *
 * @example
 * op.alterProcedure("forget", ["integer"], { security: "definer", existing: { security: "invoker" } });
 * // ALTER PROCEDURE forget(integer) SECURITY DEFINER;
 */
export function alterProcedure(name: string, args: RoutineArguments, changes: AlterProcedureOptions): AlterProcedure {
  const op: AlterProcedure = frozen({ kind: "alterProcedure", name, args, ...changes });
  if (attributesSql(op) !== "") return op;
  throw nothingToChange(`alterProcedure("${name}")`, "security, set or both");
}

function reverse({ kind, name, args, schema, existing, ...changes }: AlterProcedure, before?: SchemaBefore): Reversal {
  const signature = signatureTypes(args);
  const made = madeBy(before, { kind: "procedure", schema, name, signature }, "createProcedure");
  const settings = Object.keys(changes.set ?? {}).map((setting) => [setting, made?.set?.[setting] ?? null]);
  const known = made && { security: made.security ?? "invoker", set: Object.fromEntries(settings) };
  const change = changedBack<RoutineAttributes<SettingValue | null>>(changes, { ...known, ...existing }, "procedure");
  if ("notReversible" in change) return change;
  return reversedBy(alterProcedure(name, args, frozen({ schema, ...change.back, existing: change.existing })));
}

export const alterProcedureDefinition = define({
  build: alterProcedure,
  statements: (op) => [statement(`ALTER PROCEDURE ${signatureSql(op.schema, op.name, op.args)} ${attributesSql(op)}`)],
  reverse,
  args: ({ name, args, ...options }) => [name, args, options],
  fields: { name: true, args: true, schema: true, existing: true, security: true, set: true },
  docs: {
    summary:
      "Changes whose rights a procedure runs with, and with which settings. What it does takes `op.createProcedure` " +
      "with `orReplace`.",
    examples: [
      {
        call: `op.alterProcedure("forget", ["integer"], { security: "definer", existing: { security: "invoker" } });`,
        sql: "ALTER PROCEDURE forget(integer) SECURITY DEFINER;",
      },
      {
        call: `op.alterProcedure("forget", ["integer"], { schema: "atlas", set: { search_path: ["atlas"], lock_timeout: null } });`,
        sql: "ALTER PROCEDURE atlas.forget(integer) SET search_path TO 'atlas' RESET lock_timeout;",
      },
    ],
    manual: ["sql-alterprocedure"],
  },
});
