import { createTrigger } from "../../operations/create-trigger.ts";
import { dropRule } from "../../operations/drop-rule.ts";
import { dropTrigger } from "../../operations/drop-trigger.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { TriggerEvent, TriggerFunction, TriggerState } from "../../operations/language/trigger.ts";
import type { Operation } from "../../operations/operation.ts";
import { setRuleState } from "../../operations/set-rule-state.ts";
import { setTriggerState } from "../../operations/set-trigger-state.ts";
import type { Fact } from "../fact.ts";
import {
  changedNames,
  condition,
  flag,
  onlyChanged,
  reference,
  some,
  text,
  texts,
  type Reference,
} from "./attributes.ts";
import { deferral } from "./constraint-spec.ts";
import { REPLACE, type Rule, type RuleContext } from "./rule.ts";

export const triggerRule: Rule = {
  create: (fact, context) => [
    ...(isCopy(fact) ? [] : [made(fact, context)]),
    ...(text(fact, "enabled") === "on" && !isCopy(fact) ? [] : [state(fact, context)]),
  ],
  drop(fact, context) {
    if (isCopy(fact)) return restored(fact, context);
    return [dropTrigger(fact.identity.name, fact.identity.relation!, context.at(fact))];
  },
  change(live, target, context) {
    const changed = changedNames(live, target);
    if (onlyChanged(changed, "enabled")) return { operations: [state(target, context)], unrelated: true };
    // CREATE OR REPLACE TRIGGER (14) keeps neither the state nor constraint triggers; and it is the same lock.
    return REPLACE;
  },
};

/** A partition's own copy of its table's trigger comes and goes with that; only its state is the partition's. */
function isCopy(fact: Fact): boolean {
  return reference(fact, "partOf") !== undefined;
}

/** Gives a copy the state of the trigger that it is a copy of. */
function restored(fact: Fact, context: RuleContext): Operation[] {
  const whole = context.target.facts.get(fact.parents.at(-1)!);
  if (whole === undefined || !context.target.facts.has(fact.parents[0]!)) return [];
  return [state({ ...fact, attributes: { ...fact.attributes, enabled: whole.attributes["enabled"]! } }, context)];
}

function made(fact: Fact, context: RuleContext): Operation {
  const { relation, name } = fact.identity;
  const from = reference(fact, "from");
  const called = reference(fact, "function")!;
  const args = texts(fact, "arguments");
  return createTrigger(
    name,
    relation!,
    frozen({
      schema: context.schema(fact.identity),
      timing: text(fact, "timing") as "before",
      events: fact.attributes["events"] as unknown as readonly TriggerEvent[],
      execute: calledFunction(called, context, args),
      forEach: text(fact, "forEach") === "row" ? "row" : undefined,
      when: condition(fact, "when"),
      oldTable: text(fact, "oldTable"),
      newTable: text(fact, "newTable"),
      constraint: flag(fact, "constraint") || undefined,
      ...deferral(fact),
      from: from && frozen({ table: from.name, schema: context.schemaNamed(from.schema) }),
    }),
  );
}

const STATES: Readonly<Record<string, TriggerState>> = {
  on: "enabled",
  off: "disabled",
  replica: "replica",
  always: "always",
};

/** What a trigger or an event trigger calls. */
export function calledFunction(
  { schema, name }: Reference,
  context: RuleContext,
  args: readonly string[] = [],
): string | TriggerFunction {
  const named = context.schemaNamed(schema);
  return named === undefined && args.length === 0
    ? name
    : frozen({ function: name, schema: named, arguments: some(args) });
}

/** How the state of a trigger, an event trigger or a rule is called by the operations. */
export function stateOf(fact: Fact): TriggerState {
  return STATES[text(fact, "enabled")!]!;
}

function state(fact: Fact, context: RuleContext): Operation {
  const { name, relation } = fact.identity;
  return setTriggerState(name, relation!, stateOf(fact), context.at(fact));
}

export const ruleRule: Rule = {
  create: (fact, context) => [
    execute(definition(fact)),
    ...(text(fact, "enabled") === "on" ? [] : [ruleState(fact, context)]),
  ],
  drop: (fact, context) => [dropRule(fact.identity.name, fact.identity.relation!, context.at(fact))],
  change(live, target, context) {
    const changed = changedNames(live, target);
    if (onlyChanged(changed, "enabled")) {
      return { operations: [ruleState(target, context, stateOf(live))], unrelated: true };
    }
    const replaced = execute(definition(target).replace(/^CREATE RULE/, "CREATE OR REPLACE RULE"));
    return { operations: changed.has("enabled") ? [replaced, ruleState(target, context)] : [replaced] };
  },
};

function definition(fact: Fact): string {
  return text(fact, "definition")!.replace(/;$/, "");
}

function ruleState(fact: Fact, context: RuleContext, existing?: TriggerState): Operation {
  const { name, relation } = fact.identity;
  return setRuleState(name, relation!, stateOf(fact), frozen({ schema: context.schema(fact.identity), existing }));
}
