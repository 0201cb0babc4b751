import { define, madeBy, reversedBy, type Reversal, type SchemaBefore } from "./language/definition.ts";
import { changedBack } from "./language/existing.ts";
import { frozen } from "./language/freeze.ts";
import { nothingToChange } from "./language/invalid.ts";
import {
  attributesSql,
  signatureSql,
  signatureTypes,
  type FunctionAttributes,
  type RoutineArguments,
} from "./language/routine.ts";
import type { SettingValue } from "./language/settings.ts";
import { statement } from "./language/statement.ts";

export interface AlterFunctionOptions extends FunctionAttributes<SettingValue | null> {
  readonly schema?: string;

  /** What the function is like before, of that which changes: with it the operation can be reversed. */
  readonly existing?: FunctionAttributes<SettingValue | null>;
}

export interface AlterFunction extends AlterFunctionOptions {
  readonly kind: "alterFunction";
  readonly name: string;
  readonly args: RoutineArguments;
}

/**
 * Changes the attributes of a function. What it does takes `op.createFunction` with `orReplace`.
 *
 * @example
 * op.alterFunction("add", ["integer", "integer"], { volatility: "immutable", strict: true });
 * // ALTER FUNCTION add(integer, integer) IMMUTABLE STRICT;
 */
export function alterFunction(name: string, args: RoutineArguments, changes: AlterFunctionOptions): AlterFunction {
  const op: AlterFunction = frozen({ kind: "alterFunction", name, args, ...changes });
  if (attributesSql(op) !== "") return op;
  throw nothingToChange(
    `alterFunction("${name}")`,
    "at least one of volatility, strict, leakproof, security, parallel, cost, rows, support and set",
  );
}

function reverse({ kind, name, args, schema, existing, ...changes }: AlterFunction, before?: SchemaBefore): Reversal {
  const known = attributesBefore(name, args, schema, changes.set, before);
  const change = changedBack<FunctionAttributes<SettingValue | null>>(changes, { ...known, ...existing }, "function");
  if ("notReversible" in change) return change;
  return reversedBy(alterFunction(name, args, frozen({ schema, ...change.back, existing: change.existing })));
}

function attributesBefore(
  name: string,
  args: RoutineArguments,
  schema: string | undefined,
  set: AlterFunction["set"] = {},
  before?: SchemaBefore,
): FunctionAttributes<SettingValue | null> {
  const made = madeBy(before, { kind: "function", schema, name, signature: signatureTypes(args) }, "createFunction");
  if (made === undefined) return {};
  const {
    volatility = "volatile",
    strict = false,
    leakproof = false,
    security = "invoker",
    parallel = "unsafe",
  } = made;
  const { cost, rows, support } = made;
  const settings = Object.fromEntries(Object.keys(set).map((setting) => [setting, made.set?.[setting] ?? null]));
  return frozen({ volatility, strict, leakproof, security, parallel, cost, rows, support, set: settings });
}

export const alterFunctionDefinition = define({
  build: alterFunction,
  statements: (op) => [statement(`ALTER FUNCTION ${signatureSql(op.schema, op.name, op.args)} ${attributesSql(op)}`)],
  reverse,
  args: ({ name, args, ...options }) => [name, args, options],
  fields: {
    name: true,
    args: true,
    schema: true,
    existing: true,
    security: true,
    set: true,
    volatility: true,
    strict: true,
    leakproof: true,
    parallel: true,
    cost: true,
    rows: true,
    support: true,
  },
  docs: {
    summary: "Changes the attributes of a function. What it does takes `op.createFunction` with `orReplace`.",
    examples: [
      {
        call: `op.alterFunction("add", ["integer", "integer"], { volatility: "immutable", strict: true });`,
        sql: "ALTER FUNCTION add(integer, integer) IMMUTABLE STRICT;",
      },
      {
        call:
          `op.alterFunction("larger_than", ["real"], {\n` +
          `  schema: "atlas",\n` +
          "  leakproof: false,\n" +
          `  security: "invoker",\n` +
          `  parallel: "restricted",\n` +
          "  cost: 50,\n" +
          "  rows: 500,\n" +
          `  support: "generate_series_int4_support",\n` +
          `  set: { search_path: null, "atlas.mode": "strict" },\n` +
          "  existing: {\n" +
          "    leakproof: false,\n" +
          `    security: "definer",\n` +
          `    parallel: "safe",\n` +
          "    cost: 100,\n" +
          "    rows: 1000,\n" +
          `    support: "array_unnest_support",\n` +
          `    set: { search_path: "atlas", "atlas.mode": null },\n` +
          "  },\n" +
          "});",
        sql:
          "ALTER FUNCTION atlas.larger_than(real) NOT LEAKPROOF SECURITY INVOKER PARALLEL RESTRICTED COST 50 ROWS 500 " +
          "SUPPORT generate_series_int4_support RESET search_path SET atlas.mode TO 'strict';",
      },
    ],
    manual: ["sql-alterfunction"],
  },
});
