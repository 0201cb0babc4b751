import { createTrigger } from "../../operations/create-trigger.ts";
import { dropTrigger } from "../../operations/drop-trigger.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { TriggerEvent, TriggerState } from "../../operations/language/trigger.ts";
import type { Operation } from "../../operations/operation.ts";
import { setTriggerState } from "../../operations/set-trigger-state.ts";
import type { Fact } from "../fact.ts";
import { changedNames, condition, flag, onlyChanged, reference, some, text, texts } from "./attributes.ts";
import { deferral } from "./constraint-spec.ts";
import { relationSql } from "./names.ts";
import { REPLACE, type Rule, type RuleContext } from "./rule.ts";
import { identifier } from "../../operations/language/identifiers.ts";

export const triggerRule: Rule = {
  create: (fact, context) => [
    ...(isCopy(fact) ? [] : [made(fact, context)]),
    ...(text(fact, "enabled") === "on" && !isCopy(fact) ? [] : [state(fact, context)]),
  ],
  drop(fact, context) {
    if (isCopy(fact)) return restored(fact, context);
    return [
      dropTrigger(fact.identity.name, fact.identity.relation!, frozen({ schema: context.schema(fact.identity) })),
    ];
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
  const other = context.schemaNamed(called.schema);
  return createTrigger(
    name,
    relation!,
    frozen({
      schema: context.schema(fact.identity),
      timing: text(fact, "timing") as "before",
      events: fact.attributes["events"] as unknown as readonly TriggerEvent[],
      execute:
        other === undefined && args.length === 0
          ? called.name
          : frozen({ function: called.name, schema: other, arguments: some(args) }),
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

function state(fact: Fact, context: RuleContext): Operation {
  const { name, relation } = fact.identity;
  return setTriggerState(
    name,
    relation!,
    STATES[text(fact, "enabled")!]!,
    frozen({ schema: context.schema(fact.identity) }),
  );
}

export const ruleRule: Rule = {
  create: (fact) => [execute(definition(fact)), ...(text(fact, "enabled") === "on" ? [] : [ruleState(fact)])],
  drop: (fact) => [execute(`DROP RULE ${identifier(fact.identity.name)} ON ${relationSql(fact)}`)],
  change(live, target) {
    const changed = changedNames(live, target);
    if (onlyChanged(changed, "enabled")) return { operations: [ruleState(target)], unrelated: true };
    const replaced = execute(definition(target).replace(/^CREATE RULE/, "CREATE OR REPLACE RULE"));
    return { operations: changed.has("enabled") ? [replaced, ruleState(target)] : [replaced] };
  },
};

function definition(fact: Fact): string {
  return text(fact, "definition")!.replace(/;$/, "");
}

const RULE_STATES: Readonly<Record<string, string>> = {
  on: "ENABLE",
  off: "DISABLE",
  replica: "ENABLE REPLICA",
  always: "ENABLE ALWAYS",
};

function ruleState(fact: Fact): Operation {
  return execute(
    `ALTER TABLE ${relationSql(fact)} ${RULE_STATES[text(fact, "enabled")!]} RULE ${identifier(fact.identity.name)}`,
  );
}
