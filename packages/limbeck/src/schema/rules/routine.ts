import { createFunction } from "../../operations/create-function.ts";
import { createProcedure } from "../../operations/create-procedure.ts";
import { dropFunction } from "../../operations/drop-function.ts";
import { dropProcedure } from "../../operations/drop-procedure.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { RoutineArgument } from "../../operations/language/routine.ts";
import type { Settings } from "../../operations/language/settings.ts";
import { sql } from "../../operations/language/sql.ts";
import { statementsOf } from "../../operations/catalogue.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, flag, number, reference, text, texts } from "./attributes.ts";
import { qualifiedSql } from "./names.ts";
import { REPLACE, type Change, type Rule, type RuleContext } from "./rule.ts";
import { displayedType } from "./types.ts";

export const functionRule: Rule = {
  create: (fact, context) => [madeFunction(fact, false, context)],
  drop: (fact, context) => [dropFunction(fact.identity.name, signatureTypes(fact, context), context.at(fact))],
  change: (live, target, context) => changed(live, target, madeFunction, context),
};

export const procedureRule: Rule = {
  create: (fact, context) => [madeProcedure(fact, false, context)],
  drop: (fact, context) => [dropProcedure(fact.identity.name, signatureTypes(fact, context), context.at(fact))],
  change: (live, target, context) => changed(live, target, madeProcedure, context),
};

type Make = (fact: Fact, orReplace: boolean, context: RuleContext) => Operation;

function changed(live: Fact, target: Fact, make: Make, context: RuleContext): Change | typeof REPLACE {
  if (!canBeReplaced(live, target)) return REPLACE;
  const names = changedNames(live, target);
  return { operations: [make(target, true, context)], unrelated: !CALLS_TELL.some((name) => names.has(name)) };
}

/** What others see of a function: how it may be called, what it reads, and where. */
const CALLS_TELL = ["sqlBody", "arguments", "volatility"];

/** An argument as facts have it. */
interface Argument {
  readonly name: string | null;
  readonly type: string;
  readonly mode: "in" | "out" | "inout" | "variadic" | "table";
  readonly default: string | null;
}

function argumentsOf(fact: Fact): readonly Argument[] {
  return fact.attributes["arguments"] as unknown as readonly Argument[];
}

/**
 * What CREATE OR REPLACE refuses: another result, another name for an argument that has one, one default less, and to be
 * a window function from now on.
 */
function canBeReplaced(live: Fact, target: Fact): boolean {
  if (text(live, "returns") !== text(target, "returns") || flag(live, "window") !== flag(target, "window"))
    return false;
  const [here, there] = [argumentsOf(live), argumentsOf(target)];
  if (here.length !== there.length) return false;
  return here.every((argument, index) => {
    const other = there[index]!;
    if (argument.type !== other.type || argument.mode !== other.mode) return false;
    if (argument.name !== null && argument.name !== other.name) return false;
    return argument.default === null || other.default !== null;
  });
}

export function routineArguments(list: readonly Argument[], context: RuleContext): RoutineArgument[] {
  return list
    .filter(({ mode }) => mode !== "table")
    .map(({ name, type, mode, default: value }) =>
      frozen({
        name: name ?? undefined,
        type: displayedType(type, context),
        mode: mode === "in" ? undefined : (mode as "out" | "inout" | "variadic"),
        default: value === null ? undefined : sql.raw(value),
      }),
    );
}

/** The types that tell a routine from others of its name. */
function signatureTypes(fact: Fact, context: RuleContext): string[] {
  const { signature } = fact.identity;
  if (signature === undefined || signature === "") return [];
  return argumentsOf(fact)
    .filter(({ mode }) => mode !== "out" && mode !== "table")
    .map(({ type }) => displayedType(type, context));
}

function body(fact: Fact): {
  readonly as?: string | readonly [string, string];
  readonly body?: ReturnType<typeof sql.raw>;
} {
  const own = text(fact, "sqlBody");
  if (own !== undefined) return { body: sql.raw(own) };
  const source = text(fact, "body") ?? "";
  const file = text(fact, "objectFile");
  return { as: file === undefined ? source : [file, source] };
}

function attributesOf(fact: Fact): object {
  const volatility = text(fact, "volatility");
  const parallel = text(fact, "parallel");
  return {
    volatility: volatility === "volatile" ? undefined : volatility,
    strict: flag(fact, "strict") || undefined,
    leakproof: flag(fact, "leakproof") || undefined,
    parallel: parallel === "unsafe" ? undefined : parallel,
    security: flag(fact, "securityDefiner") ? "definer" : undefined,
    cost: number(fact, "cost"),
    rows: number(fact, "rows"),
    support: support(fact),
    set: settings(fact),
  };
}

function support(fact: Fact): string | undefined {
  const name = reference(fact, "support");
  return name && qualifiedSql(name);
}

/** Settings whose values are lists of names, which are quoted one by one. */
const LISTS = new Set(["search_path", "temp_tablespaces", "local_preload_libraries", "session_preload_libraries"]);

function settings(fact: Fact): Settings | undefined {
  const entries = texts(fact, "settings").map((setting) => {
    const at = setting.indexOf("=");
    const [name, value] = [setting.slice(0, at), setting.slice(at + 1)];
    return [name, LISTS.has(name.toLowerCase()) ? namesIn(value) : value] as const;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `"$user", public` → `["$user", "public"]` */
function namesIn(list: string): readonly string[] {
  return [...list.matchAll(/"((?:[^"]|"")*)"|([^\s,"]+)/g)].map(
    ([, quoted, bare]) => bare ?? quoted!.replaceAll('""', '"'),
  );
}

function madeFunction(fact: Fact, orReplace: boolean, context: RuleContext): Operation {
  const made = createFunction(
    fact.identity.name,
    routineArguments(argumentsOf(fact), context),
    frozen({
      schema: context.schema(fact.identity),
      orReplace: orReplace || undefined,
      returns: text(fact, "returns"),
      language: text(fact, "language"),
      ...attributesOf(fact),
      window: flag(fact, "window") || undefined,
      ...body(fact),
    }),
  );
  return withTransforms(made, fact);
}

function madeProcedure(fact: Fact, orReplace: boolean, context: RuleContext): Operation {
  const made = createProcedure(
    fact.identity.name,
    routineArguments(argumentsOf(fact), context),
    frozen({
      schema: context.schema(fact.identity),
      orReplace: orReplace || undefined,
      language: text(fact, "language"),
      security: flag(fact, "securityDefiner") ? "definer" : undefined,
      set: settings(fact),
      ...body(fact),
    }),
  );
  return withTransforms(made, fact);
}

/** The operation has no word for TRANSFORM, which stands before the language in a statement of its own making. */
function withTransforms(made: Operation, fact: Fact): Operation {
  const types = texts(fact, "transforms");
  if (types.length === 0) return made;
  const statement = statementsOf(made)[0]!.text;
  const clause = ` TRANSFORM ${types.map((type) => `FOR TYPE ${type}`).join(", ")}`;
  return execute(statement.replace(/ LANGUAGE /, () => `${clause} LANGUAGE `));
}
