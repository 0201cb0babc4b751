import { execute } from "../../operations/execute.ts";
import { identifier, identifiers } from "../../operations/language/identifiers.ts";
import { quote } from "../../operations/language/literals.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, flag, reference, text, texts } from "./attributes.ts";
import { qualifiedSql, relationSql } from "./names.ts";
import { inPlace, REPLACE, type Rule } from "./rule.ts";

export const publicationRule: Rule = {
  create: (fact) => [
    execute(
      `CREATE PUBLICATION ${identifier(fact.identity.name)}${flag(fact, "allTables") ? " FOR ALL TABLES" : ""}${withParameters(fact)}`,
    ),
  ],
  drop: (fact) => [execute(`DROP PUBLICATION ${identifier(fact.identity.name)}`)],
  change(live, target) {
    const changed = changedNames(live, target);
    if (changed.has("allTables")) return REPLACE;
    return {
      ...inPlace(
        execute(
          `ALTER PUBLICATION ${identifier(target.identity.name)} SET (${parameters(target, changed).join(", ")})`,
        ),
      ),
      unrelated: true,
    };
  },
};

const ALL = ["insert", "update", "delete", "truncate"];

function withParameters(fact: Fact): string {
  const said = new Set<string>();
  if (texts(fact, "publish").length < ALL.length) said.add("publish");
  if (flag(fact, "viaPartitionRoot")) said.add("viaPartitionRoot");
  if (text(fact, "generatedColumns") === "stored") said.add("generatedColumns");
  const list = parameters(fact, said);
  return list.length === 0 ? "" : ` WITH (${list.join(", ")})`;
}

function parameters(fact: Fact, said: ReadonlySet<string>): string[] {
  return [
    ...(said.has("publish") ? [`publish = ${quote(texts(fact, "publish").join(", "))}`] : []),
    ...(said.has("viaPartitionRoot") ? [`publish_via_partition_root = ${flag(fact, "viaPartitionRoot")}`] : []),
    ...(said.has("generatedColumns") ? [`publish_generated_columns = ${text(fact, "generatedColumns")}`] : []),
  ];
}

export const publishedTableRule: Rule = {
  create: (fact) => [execute(`ALTER PUBLICATION ${identifier(fact.identity.name)} ADD TABLE ${publishedSql(fact)}`)],
  drop: (fact) => [execute(`ALTER PUBLICATION ${identifier(fact.identity.name)} DROP TABLE ${relationSql(fact)}`)],
};

function publishedSql(fact: Fact): string {
  const columns = texts(fact, "columns");
  const where = text(fact, "where");
  return `${relationSql(fact)}${columns.length === 0 ? "" : ` (${identifiers(columns)})`}${where === undefined ? "" : ` WHERE (${where})`}`;
}

export const publishedSchemaRule: Rule = {
  create: ({ identity: { name, relation } }) => [
    execute(`ALTER PUBLICATION ${identifier(relation!)} ADD TABLES IN SCHEMA ${identifier(name)}`),
  ],
  drop: ({ identity: { name, relation } }) => [
    execute(`ALTER PUBLICATION ${identifier(relation!)} DROP TABLES IN SCHEMA ${identifier(name)}`),
  ],
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

const SETTINGS: Readonly<Record<string, readonly [word: string, usual: unknown]>> = {
  binary: ["binary", false],
  streaming: ["streaming", "off"],
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
  create(fact) {
    const tags = texts(fact, "tags");
    const when = tags.length === 0 ? "" : ` WHEN TAG IN (${tags.map(quote).join(", ")})`;
    const called = qualifiedSql(reference(fact, "function")!);
    return [
      execute(
        `CREATE EVENT TRIGGER ${identifier(fact.identity.name)} ON ${text(fact, "event")}${when} EXECUTE FUNCTION ${called}()`,
      ),
      ...(text(fact, "enabled") === "on" ? [] : [eventTriggerState(fact)]),
    ];
  },
  drop: (fact) => [execute(`DROP EVENT TRIGGER ${identifier(fact.identity.name)}`)],
  change: (live, target) => {
    const changed = changedNames(live, target);
    return changed.size === 1 && changed.has("enabled")
      ? { ...inPlace(eventTriggerState(target)), unrelated: true }
      : REPLACE;
  },
};

const STATES: Readonly<Record<string, string>> = {
  on: "ENABLE",
  off: "DISABLE",
  replica: "ENABLE REPLICA",
  always: "ENABLE ALWAYS",
};

function eventTriggerState(fact: Fact): Operation {
  return execute(`ALTER EVENT TRIGGER ${identifier(fact.identity.name)} ${STATES[text(fact, "enabled")!]}`);
}
