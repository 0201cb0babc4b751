import type { ColumnType } from "./column.ts";
import { identifier, qualified } from "./identifiers.ts";
import { defaultSql, type Literal } from "./literals.ts";
import { settingsSql, type SettingValue, type Settings } from "./settings.ts";
import type { Sql } from "./sql-text.ts";
import { clauses } from "./statement.ts";

/** An argument of a function or a procedure. */
export interface RoutineArgument {
  readonly name?: string;
  readonly type: ColumnType;
  readonly mode?: "in" | "out" | "inout" | "variadic";
  /** A JavaScript value, quoted as a literal, or sql`…` for an expression. */
  readonly default?: Literal | Sql;
}

/** Arguments, each as an object or in PostgreSQL's own words: `"integer"`, `"city text DEFAULT 'Oslo'"`. */
export type RoutineArguments = readonly (RoutineArgument | ColumnType)[];

export interface RoutineAttributes<Value = SettingValue> {
  /** Whose rights it runs with: those of its caller, the invoker, by default. */
  readonly security?: "definer" | "invoker";
  /** Server settings while it runs: `{ search_path: ["atlas", "pg_temp"] }`. */
  readonly set?: Settings<Value>;
}

export interface FunctionAttributes<Value = SettingValue> extends RoutineAttributes<Value> {
  readonly volatility?: "immutable" | "stable" | "volatile";
  /** NULL for any argument gives NULL, and the function is not called. */
  readonly strict?: boolean;
  readonly leakproof?: boolean;
  readonly parallel?: "unsafe" | "restricted" | "safe";
  readonly cost?: number;
  /** How many rows a set-returning function is expected to give. */
  readonly rows?: number;
  /** A planner support function, as it is written in SQL. */
  readonly support?: string;
}

/** What a function or a procedure consists of: a text in its language, or a body that PostgreSQL itself reads. */
export interface RoutineBody {
  /** sql by default. */
  readonly language?: string;
  /** The text, in its language; for C the object file and the symbol. */
  readonly as?: string | readonly [objectFile: string, symbol: string];
  /** An SQL body, read when the routine is created (PostgreSQL 14): `RETURN a + b` or `BEGIN ATOMIC … END`. */
  readonly body?: string | Sql;
}

/** A name with all of its arguments, for CREATE. */
export function declarationSql(schema: string | undefined, name: string, args: RoutineArguments): string {
  return `${qualified(schema, name)}(${args.map((argument) => argumentSql(argument, true)).join(", ")})`;
}

/** A name with the arguments that tell it from others of that name. */
export function signatureSql(schema: string | undefined, name: string, args: RoutineArguments): string {
  return `${qualified(schema, name)}(${parametersSql(args)})`;
}

/** Arguments without their defaults. */
export function parametersSql(args: RoutineArguments): string {
  return args.map((argument) => argumentSql(argument, false)).join(", ");
}

function argumentSql(argument: RoutineArgument | string, withDefault: boolean): string {
  if (typeof argument === "string") return withDefault ? argument : argument.replace(/\s*(?:=|\bDEFAULT\s)[^]*$/i, "");
  return clauses(
    argument.mode?.toUpperCase(),
    argument.name !== undefined && identifier(argument.name),
    argument.type,
    withDefault && argument.default !== undefined && `DEFAULT ${defaultSql(argument.default, argument.type)}`,
  );
}

/** The types that tell a routine from others of its name, as `ObjectName` has them. */
export function signatureTypes(args: RoutineArguments): string {
  const inputs = args.filter((argument) => typeof argument === "string" || argument.mode !== "out");
  return inputs.map((input) => (typeof input === "string" ? argumentSql(input, false) : input.type)).join(", ");
}

/** The attributes of a function or a procedure, in one order for CREATE and ALTER. */
export function attributesSql(attributes: FunctionAttributes<SettingValue | null>): string {
  const { volatility, strict, leakproof, security, parallel, cost, rows, support, set } = attributes;
  return clauses(
    volatility?.toUpperCase(),
    strict !== undefined && (strict ? "STRICT" : "CALLED ON NULL INPUT"),
    leakproof !== undefined && (leakproof ? "LEAKPROOF" : "NOT LEAKPROOF"),
    security && `SECURITY ${security.toUpperCase()}`,
    parallel && `PARALLEL ${parallel.toUpperCase()}`,
    cost !== undefined && `COST ${cost}`,
    rows !== undefined && `ROWS ${rows}`,
    support && `SUPPORT ${support}`,
    settingsSql(set),
  );
}
