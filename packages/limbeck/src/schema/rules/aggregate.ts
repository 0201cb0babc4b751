import { createAggregate } from "../../operations/create-aggregate.ts";
import { dropAggregate } from "../../operations/drop-aggregate.ts";
import type { AggregateOptions } from "../../operations/language/aggregate.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Fact } from "../fact.ts";
import { flag, number, text } from "./attributes.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { routineArguments } from "./routine.ts";

export const aggregateRule: Rule = {
  create: (fact, context) => [made(fact, context)],
  drop(fact, context) {
    const { args, orderBy } = argumentsOf(fact, context);
    return [dropAggregate(fact.identity.name, args, frozen({ schema: context.schema(fact.identity), orderBy }))];
  },
};

const TEXTS = [
  "sfunc",
  "stype",
  "finalfunc",
  "combinefunc",
  "serialfunc",
  "deserialfunc",
  "initcond",
  "msfunc",
  "minvfunc",
  "mstype",
  "mfinalfunc",
  "minitcond",
  "sortop",
] as const;

function made(fact: Fact, context: RuleContext): ReturnType<typeof createAggregate> {
  const { isPlain, args, orderBy } = argumentsOf(fact, context);
  const parallel = text(fact, "parallel");
  const modify = (name: string): string | undefined => {
    const value = text(fact, name);
    return value === undefined || value === (isPlain ? "read_only" : "read_write") ? undefined : value;
  };
  const options = frozen({
    schema: context.schema(fact.identity),
    ...Object.fromEntries(TEXTS.map((name) => [name, text(fact, name)])),
    sspace: number(fact, "sspace"),
    msspace: number(fact, "msspace"),
    finalfuncExtra: flag(fact, "finalfuncExtra") || undefined,
    mfinalfuncExtra: flag(fact, "mfinalfuncExtra") || undefined,
    finalfuncModify: modify("finalfuncModify"),
    mfinalfuncModify: modify("mfinalfuncModify"),
    parallel: parallel === "unsafe" ? undefined : parallel,
    hypothetical: text(fact, "aggregateKind") === "hypothetical set" || undefined,
    orderBy,
  }) as unknown as AggregateOptions;
  return createAggregate(fact.identity.name, args, options);
}

/** Those of an ordered-set aggregate stand on both sides of ORDER BY. */
function argumentsOf(fact: Fact, context: RuleContext) {
  const all = routineArguments(fact.attributes["arguments"] as never, context);
  const isPlain = text(fact, "aggregateKind") === "plain";
  const direct = number(fact, "directArguments") ?? 0;
  // Of arguments that are variadic before and behind ORDER BY alike, PostgreSQL keeps those before.
  const ordered = all.length > direct ? all.slice(direct) : all.slice(-1);
  return { isPlain, args: isPlain ? all : all.slice(0, direct), orderBy: isPlain ? undefined : ordered };
}
