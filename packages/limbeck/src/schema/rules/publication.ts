import { alterPublication } from "../../operations/alter-publication.ts";
import { createEventTrigger, type CreateEventTriggerOptions } from "../../operations/create-event-trigger.ts";
import { createPublication } from "../../operations/create-publication.ts";
import { dropEventTrigger } from "../../operations/drop-event-trigger.ts";
import { dropPublication } from "../../operations/drop-publication.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier, identifiers } from "../../operations/language/identifiers.ts";
import { quote } from "../../operations/language/literals.ts";
import type { PublicationParameters, PublishedTable } from "../../operations/language/publication.ts";
import type { TriggerState } from "../../operations/language/trigger.ts";
import type { Operation } from "../../operations/operation.ts";
import { setEventTriggerState } from "../../operations/set-event-trigger-state.ts";
import { keyOf, type Fact } from "../fact.ts";
import { changedNames, condition, flag, reference, references, some, text, texts } from "./attributes.ts";
import { inPlace, REPLACE, type Rule, type RuleContext } from "./rule.ts";
import { calledFunction, stateOf } from "./trigger.ts";

export const publicationRule: Rule = {
  create: (fact) => [
    createPublication(
      fact.identity.name,
      frozen({ allTables: flag(fact, "allTables") || undefined, ...parameters(fact, unusual(fact)) }),
    ),
  ],
  drop: (fact) => [dropPublication(fact.identity.name)],
  change(live, target) {
    const changed = changedNames(live, target);
    if (changed.has("allTables")) return REPLACE;
    const altered = alterPublication(
      target.identity.name,
      frozen({ ...parameters(target, changed), existing: parameters(live, changed) }),
    );
    return { ...inPlace(altered), unrelated: true };
  },
};

const ALL = ["insert", "update", "delete", "truncate"];

function unusual(fact: Fact): ReadonlySet<string> {
  const said = new Set<string>();
  if (texts(fact, "publish").length < ALL.length) said.add("publish");
  if (flag(fact, "viaPartitionRoot")) said.add("viaPartitionRoot");
  if (text(fact, "generatedColumns") === "stored") said.add("generatedColumns");
  return said;
}

function parameters(fact: Fact, said: ReadonlySet<string>): PublicationParameters {
  return frozen({
    publish: said.has("publish") ? (texts(fact, "publish") as PublicationParameters["publish"]) : undefined,
    viaPartitionRoot: said.has("viaPartitionRoot") ? flag(fact, "viaPartitionRoot") : undefined,
    generatedColumns: said.has("generatedColumns") ? (text(fact, "generatedColumns") as "none" | "stored") : undefined,
  });
}

export const publishedTableRule: Rule = {
  create: (fact, context) => [alterPublication(fact.identity.name, { add: { tables: [published(fact, context)] } })],
  drop: (fact, context) => [alterPublication(fact.identity.name, { drop: { tables: [published(fact, context)] } })],
};

function published(fact: Fact, context: RuleContext): PublishedTable {
  return frozen({
    table: fact.identity.relation!,
    schema: context.schema(fact.identity),
    columns: some(texts(fact, "columns")),
    where: condition(fact, "where"),
    only: isInheritedFrom(fact.parents[0]!, context) || undefined,
  });
}

/** Whether tables inherit from one, which would be published with it. */
function isInheritedFrom(table: string, { live, target }: RuleContext): boolean {
  return [live, target].some((side) =>
    [...side.neededBy(table)].some((key) => {
      const fact = side.facts.get(key)!;
      return fact.kind === "table" && references(fact, "inherits").some((parent) => keyOf("table", parent) === table);
    }),
  );
}

export const publishedSchemaRule: Rule = {
  create: ({ identity: { name, relation } }) => [alterPublication(relation!, { add: { schemas: [name] } })],
  drop: ({ identity: { name, relation } }) => [alterPublication(relation!, { drop: { schemas: [name] } })],
};

/** A subscription is made without a connection to what it subscribes to, as pg_dump does it. */
export const subscriptionRule: Rule = {
  create: (fact) => [
    execute(
      `CREATE SUBSCRIPTION ${identifier(fact.identity.name)} CONNECTION ${quote(text(fact, "connection") ?? "")} ` +
        `PUBLICATION ${identifiers(texts(fact, "publications"))} WITH (connect = false, slot_name = ${slotSql(fact)}${settings(fact).join("")})`,
    ),
  ],
  drop(fact) {
    const name = identifier(fact.identity.name);
    const loosen = [
      execute(`ALTER SUBSCRIPTION ${name} DISABLE`),
      execute(`ALTER SUBSCRIPTION ${name} SET (slot_name = NONE)`),
    ];
    return [...loosen, execute(`DROP SUBSCRIPTION ${name}`)];
  },
  change(live, target) {
    const changed = changedNames(live, target);
    if (["twoPhase"].some((name) => changed.has(name))) return REPLACE;
    return { ...inPlace(...subscriptionChanges(target, changed)), unrelated: true };
  },
};

function slotSql(fact: Fact): string {
  const slot = text(fact, "slot");
  return slot === undefined ? "NONE" : quote(slot);
}

/** What is usual is not said. What is usual of `streaming` is another from PostgreSQL 18 on. */
const SETTINGS: Readonly<Record<string, readonly [word: string, usual: unknown]>> = {
  binary: ["binary", false],
  streaming: ["streaming", undefined],
  synchronousCommit: ["synchronous_commit", "off"],
  twoPhase: ["two_phase", false],
  disableOnError: ["disable_on_error", false],
  origin: ["origin", "any"],
  passwordRequired: ["password_required", true],
  runAsOwner: ["run_as_owner", false],
  failover: ["failover", false],
};

function settings(fact: Fact): string[] {
  return Object.entries(SETTINGS)
    .filter(
      ([name, [, usual]]) =>
        fact.attributes[name] !== undefined && fact.attributes[name] !== null && fact.attributes[name] !== usual,
    )
    .map(([name, [word]]) => `, ${word} = ${String(fact.attributes[name] as string | boolean)}`);
}

function subscriptionChanges(target: Fact, changed: ReadonlySet<string>): Operation[] {
  const alter = `ALTER SUBSCRIPTION ${identifier(target.identity.name)}`;
  const set = Object.entries(SETTINGS)
    .filter(([name]) => changed.has(name))
    .map(([name, [word]]) => `${word} = ${String(target.attributes[name] as string | boolean)}`);
  if (changed.has("slot")) set.unshift(`slot_name = ${slotSql(target)}`);
  const operations: Operation[] = [];
  const connection = text(target, "connection");
  if (changed.has("connection") && connection !== undefined)
    operations.push(execute(`${alter} CONNECTION ${quote(connection)}`));
  if (changed.has("publications")) {
    operations.push(
      execute(`${alter} SET PUBLICATION ${identifiers(texts(target, "publications"))} WITH (refresh = false)`),
    );
  }
  if (set.length > 0) operations.push(execute(`${alter} SET (${set.join(", ")})`));
  if (changed.has("enabled")) operations.push(execute(`${alter} ${flag(target, "enabled") ? "ENABLE" : "DISABLE"}`));
  return operations;
}

export const eventTriggerRule: Rule = {
  create: (fact, context) => [
    createEventTrigger(
      fact.identity.name,
      frozen({
        event: text(fact, "event") as CreateEventTriggerOptions["event"],
        tags: some(texts(fact, "tags")),
        execute: calledFunction(reference(fact, "function")!, context),
      }),
    ),
    ...(text(fact, "enabled") === "on" ? [] : [eventTriggerState(fact)]),
  ],
  drop: (fact) => [dropEventTrigger(fact.identity.name)],
  change: (live, target) => {
    const changed = changedNames(live, target);
    return changed.size === 1 && changed.has("enabled")
      ? { ...inPlace(eventTriggerState(target, stateOf(live))), unrelated: true }
      : REPLACE;
  },
};

function eventTriggerState(fact: Fact, existing?: TriggerState): Operation {
  return setEventTriggerState(fact.identity.name, stateOf(fact), frozen({ existing }));
}
