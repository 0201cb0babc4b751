import type { Fields } from "./fields.ts";
import { qualified } from "./identifiers.ts";
import { quote } from "./literals.ts";
import { parametersSql, signatureTypes, type RoutineArguments } from "./routine.ts";

/** How much an aggregate's final function changes the state. */
type Modify = "read_only" | "shareable" | "read_write";

/** The arguments of an ordered-set aggregate that stand behind ORDER BY. */
interface Ordered {
  readonly orderBy?: RoutineArguments | undefined;
}

/** The options of CREATE AGGREGATE. Functions, types and operators stand as in SQL. */
export interface AggregateOptions {
  /** The aggregated arguments of an ordered-set aggregate, behind its direct ones. */
  readonly orderBy?: RoutineArguments;
  /** The function that makes the next state of a state and a row. */
  readonly sfunc: string;
  /** The type of the state. */
  readonly stype: string;
  readonly sspace?: number;
  /** The function that makes the result of the last state. */
  readonly finalfunc?: string;
  readonly finalfuncExtra?: boolean;
  readonly finalfuncModify?: Modify;
  readonly combinefunc?: string;
  readonly serialfunc?: string;
  readonly deserialfunc?: string;
  /** The first state, as text. */
  readonly initcond?: string;
  readonly msfunc?: string;
  readonly minvfunc?: string;
  readonly mstype?: string;
  readonly msspace?: number;
  readonly mfinalfunc?: string;
  readonly mfinalfuncExtra?: boolean;
  readonly mfinalfuncModify?: Modify;
  readonly minitcond?: string;
  readonly sortop?: string;
  readonly parallel?: "unsafe" | "restricted" | "safe";
  readonly hypothetical?: boolean;
}

export const AGGREGATE_FIELDS: Fields<AggregateOptions> = {
  orderBy: true,
  sfunc: true,
  stype: true,
  sspace: true,
  finalfunc: true,
  finalfuncExtra: true,
  finalfuncModify: true,
  combinefunc: true,
  serialfunc: true,
  deserialfunc: true,
  initcond: true,
  msfunc: true,
  minvfunc: true,
  mstype: true,
  msspace: true,
  mfinalfunc: true,
  mfinalfuncExtra: true,
  mfinalfuncModify: true,
  minitcond: true,
  sortop: true,
  parallel: true,
  hypothetical: true,
};

const TEXTS: ReadonlySet<string> = new Set<keyof AggregateOptions>(["initcond", "minitcond"]);
const WORDS: ReadonlySet<string> = new Set<keyof AggregateOptions>(["finalfuncModify", "mfinalfuncModify", "parallel"]);

/** The options in parentheses, in the order of PostgreSQL's manual. */
export function aggregateSql(options: AggregateOptions): string {
  const names = Object.keys(AGGREGATE_FIELDS) as (keyof AggregateOptions)[];
  return `(${names.flatMap((name) => optionSql(name, options[name])).join(", ")})`;
}

function optionSql(name: keyof AggregateOptions, value: AggregateOptions[keyof AggregateOptions]): string[] {
  if (value === undefined || value === false || typeof value === "object") return [];
  const option = name.replace(/[A-Z]/g, "_$&").toUpperCase();
  if (value === true) return [option];
  const text = String(value);
  return [`${option} = ${TEXTS.has(name) ? quote(text) : WORDS.has(name) ? text.toUpperCase() : text}`];
}

/** A name with its arguments, as CREATE, ALTER and DROP AGGREGATE have them. */
export function aggregateSignature(
  schema: string | undefined,
  name: string,
  args: RoutineArguments,
  { orderBy }: Ordered,
): string {
  const ordered = orderBy === undefined ? "" : `${args.length === 0 ? "" : " "}ORDER BY ${parametersSql(orderBy)}`;
  return `${qualified(schema, name)}(${args.length === 0 && orderBy === undefined ? "*" : parametersSql(args)}${ordered})`;
}

/** The types that tell an aggregate from others of its name, as `ObjectName` has them. */
export function aggregateTypes(args: RoutineArguments, { orderBy = [] }: Ordered): string {
  return signatureTypes([...args, ...orderBy]) || "*";
}
