import { addAttribute } from "../../operations/add-attribute.ts";
import { addColumn } from "../../operations/add-column.ts";
import { alterAttribute } from "../../operations/alter-attribute.ts";
import { alterColumn } from "../../operations/alter-column.ts";
import { alterIdentity, type AlterIdentityOptions } from "../../operations/alter-identity.ts";
import { dropAttribute } from "../../operations/drop-attribute.ts";
import { dropExpression } from "../../operations/drop-expression.ts";
import { dropIdentity } from "../../operations/drop-identity.ts";
import { execute } from "../../operations/execute.ts";
import type { ColumnStorage } from "../../operations/language/column.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { quote } from "../../operations/language/literals.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Operation } from "../../operations/operation.ts";
import { renameSequence } from "../../operations/rename-sequence.ts";
import { setExpression } from "../../operations/set-expression.ts";
import type { Fact } from "../fact.ts";
import { reads } from "../fates.ts";
import { changedNames, changedParameters, condition, number, record, text, texts } from "./attributes.ts";
import {
  addIdentityOperation,
  columnSpec,
  hasSimpleCollation,
  laterColumnOperations,
  renamedSequence,
  simpleCollation,
} from "./column-spec.ts";
import { droppedColumn } from "./dropped-column.ts";
import { isConstraintAlone, namedNotNull, notNullOperations } from "./not-null.ts";
import { sequenceChanges } from "./sequence-changes.ts";
import { relationSql } from "./names.ts";
import { hasPartsOfTheirOwn } from "./partition-index.ts";
import { REPLACE, type Change, type Rule, type RuleContext } from "./rule.ts";
import { keyedBy, ofComposite } from "./type-swap.ts";
import { areComparable, conversionOf, displayedType } from "./types.ts";

export const columnRule: Rule = { create, drop, change, absorbs };

function absorbs(part: Fact, column: Fact): boolean {
  if (part.kind === "default") return true;
  return (
    part.kind === "comment" && part.identity.on === "column" && column.parents.some((key) => key.startsWith("table "))
  );
}

function create(fact: Fact, context: RuleContext): Operation[] {
  const { relation, name } = fact.identity;
  const schema = context.schema(fact.identity);
  if (ofComposite(fact)) {
    const type = displayedType(text(fact, "type")!, context);
    return [addAttribute(relation!, name, type, frozen({ schema, collation: simpleCollation(fact), cascade: true }))];
  }
  return [
    addColumn(relation!, columnSpec(fact, context), frozen({ schema })),
    ...laterColumnOperations(fact, context),
    ...foreignOptions(undefined, fact),
  ];
}

function drop(fact: Fact, context: RuleContext): Operation[] {
  const { relation, name } = fact.identity;
  const schema = context.schema(fact.identity);
  if (ofComposite(fact)) return [dropAttribute(relation!, name, frozen({ schema, cascade: true }))];
  return droppedColumn(context.live.facts.get(fact.parents[0]!)!, fact, context);
}

function change(live: Fact, target: Fact, context: RuleContext): Change | typeof REPLACE {
  const changed = changedNames(live, target);
  if (ofComposite(target)) return attributeChange(live, target, context);
  if (changed.has("generated") && !canRegenerate(live, target, changed, context)) return REPLACE;
  const retyped = changed.has("type") || changed.has("collation");
  return {
    operations: [
      ...generation(live, target, changed, context),
      ...(text(target, "identity") === undefined ? identity(live, target, changed, context) : []),
      ...typing(live, target, retyped, context),
      ...(text(target, "identity") === undefined ? [] : identity(live, target, changed, context)),
      ...storing(live, target, changed, context),
      ...(NOT_NULL.some((name) => changed.has(name)) ? notNullOperations(live, target, context) : []),
      ...foreignOptions(live, target),
    ],
    ...(retyped && { replaces: keyedBy([live], context) }),
    ...(retyped && { lifts: (other: Fact) => isInTheWay(other, live, target, context) }),
    ...(!retyped && isHarmless(changed) && { unrelated: true }),
  };
}

const HARMLESS = new Set(["storage", "compression", "statistics", "options", "foreignOptions", "inherited", "local"]);

const NOT_NULL = ["nullable", "notNullName", "notNullValidated", "notNullNoInherit"];

function isHarmless(changed: ReadonlySet<string>): boolean {
  return [...changed].every((name) => HARMLESS.has(name));
}

function attributeChange(live: Fact, target: Fact, context: RuleContext): Change {
  const whole = live.parents[0]!;
  if ([...context.live.neededBy(whole)].some((key) => holds(context.live.facts.get(key)!, whole))) {
    return { operations: [], replaces: [whole] };
  }
  const { relation, name } = target.identity;
  const schema = context.schema(target.identity);
  const type = displayedType(text(target, "type")!, context);
  return {
    operations: [
      alterAttribute(relation!, name, frozen({ type, schema, collation: simpleCollation(target), cascade: true })),
    ],
    lifts: (other) => reads(other),
  };
}

/** Whether values of a composite type are stored: then no attribute of it gets another type. */
function holds({ kind, parents }: Fact, type: string): boolean {
  return STORES.has(kind) && !parents.includes(type);
}

const STORES: ReadonlySet<string> = new Set(["column", "domain", "range type", "materialized view"]);

/** A stored expression can be dropped from 13 on and changed from 17 on; a column cannot become generated. */
function canRegenerate(live: Fact, target: Fact, changed: ReadonlySet<string>, { majorVersion }: RuleContext): boolean {
  const [before, after] = [text(live, "generated"), text(target, "generated")];
  if (before === undefined) return false;
  if (after === undefined) return text(live, "generatedKind") === "stored";
  return majorVersion >= 17 && !changed.has("generatedKind");
}

function generation(live: Fact, target: Fact, changed: ReadonlySet<string>, context: RuleContext): Operation[] {
  if (!changed.has("generated")) return [];
  const { relation, name } = target.identity;
  const at = context.at(target);
  const after = condition(target, "generated");
  return after === undefined ? [dropExpression(relation!, name, at)] : [setExpression(relation!, name, after, at)];
}

/** The rows of a foreign table are not here to be converted. */
function hasRows({ parents }: Fact): boolean {
  return !parents.some((key) => key.startsWith("foreign table "));
}

function typing(live: Fact, target: Fact, retyped: boolean, context: RuleContext): Operation[] {
  const { relation, name } = target.identity;
  const schema = context.schema(target.identity);
  const after = target.attributes["nullable"] !== false;
  const named = isConstraintAlone(target, context) ? [] : namedNotNull(live, target, context);
  const isSaid = named.length === 0 && !isConstraintAlone(target, context);
  const nullable = live.attributes["nullable"] !== after && isSaid;
  if (!retyped && !nullable) return named;
  const [from, to] = [text(live, "type")!, text(target, "type")!];
  const type = retyped ? displayedType(to, context) : undefined;
  const changes = frozen({
    schema,
    type: hasSimpleCollation(target) ? type : undefined,
    using: retyped && hasRows(target) && hasSimpleCollation(target) ? usingOf(name, from, to, context) : undefined,
    collation: retyped ? simpleCollation(target) : undefined,
    nullable: nullable ? after : undefined,
  });
  const collated =
    retyped && !hasSimpleCollation(target)
      ? [
          execute(
            `${alterSql(target)} TYPE ${to} COLLATE ${text(target, "collation")}${hasRows(target) ? usingSql(name, from, to) : ""}`,
          ),
        ]
      : [];
  const altered =
    changes.type === undefined && changes.nullable === undefined ? [] : [alterColumn(relation!, name, changes)];
  return [...collated, ...altered, ...named];
}

function usingOf(name: string, from: string, to: string, context: RuleContext): ReturnType<typeof sql.raw> | undefined {
  const using = usingSql(name, from, to);
  if (using === "") return undefined;
  const shown = displayedType(to, context);
  return sql.raw(using.slice(" USING ".length).replace(to, () => shown));
}

function usingSql(name: string, from: string, to: string): string {
  const column = identifier(name);
  switch (conversionOf(from, to)) {
    case "assignment":
      return "";
    case "cast":
      return ` USING ${column}::${to}`;
    case "text":
      return ` USING ${column}::text${from.endsWith("[]") && to.endsWith("[]") ? "[]" : ""}::${to}`;
  }
}

function alterSql(fact: Fact): string {
  return `ALTER TABLE ${relationSql(fact)} ALTER COLUMN ${identifier(fact.identity.name)}`;
}

function identity(live: Fact, target: Fact, changed: ReadonlySet<string>, context: RuleContext): Operation[] {
  if (!changed.has("identity") && !changed.has("identitySequence")) return [];
  const { relation, name } = target.identity;
  const schema = context.schema(target.identity);
  const [before, after] = [text(live, "identity"), text(target, "identity")];
  if (after === undefined) return [dropIdentity(relation!, name, frozen({ schema }))];
  if (before === undefined) {
    return [addIdentityOperation(target, context), ...renamedSequence(target, context), continued(target)];
  }
  const [here, there] = [record(live, "identitySequence")!, record(target, "identitySequence")!];
  const sequence = { schema: target.identity.schema!, name: here["name"] as string };
  const { before: first, changes, after: last } = sequenceChanges(here, there, sequence);
  const always = before === after ? undefined : after === "always";
  const altered = frozen({ ...changes, always, schema });
  const renamed =
    here["name"] === there["name"] ? [] : [renameSequence(sequence.name, there["name"] as string, frozen({ schema }))];
  const { type: _, ...rest } = altered as typeof altered & AlterIdentityOptions;
  return [
    ...first,
    ...(Object.values(rest).filter((value) => value !== undefined).length > (schema === undefined ? 0 : 1)
      ? [alterIdentity(relation!, name, rest)]
      : []),
    ...last,
    ...renamed,
  ];
}

/** A column that has numbers already goes on behind them. */
function continued(fact: Fact): Operation {
  const table = relationSql(fact);
  const { name } = fact.identity;
  const sequence = `pg_get_serial_sequence(${quote(table)}, ${quote(name)})`;
  const column = identifier(name);
  return execute(`SELECT setval(${sequence}, max(${column})) FROM ${table} HAVING max(${column}) > 0`);
}

function storing(live: Fact, target: Fact, changed: ReadonlySet<string>, context: RuleContext): Operation[] {
  const { relation, name } = target.identity;
  const schema = context.schema(target.identity);
  const changes = frozen({
    storage: changed.has("storage") ? storageOf(target, context) : undefined,
    compression: changed.has("compression") ? (text(target, "compression") ?? "default") : undefined,
    statistics: changed.has("statistics") ? (number(target, "statistics") ?? -1) : undefined,
    parameters: changed.has("options")
      ? changedParameters(texts(live, "options"), texts(target, "options"))
      : undefined,
  });
  return Object.keys(changes).length === 0 ? [] : [alterColumn(relation!, name, frozen({ ...changes, schema }))];
}

/** Before 16 there is no word for the storage that a type has by itself. */
function storageOf(target: Fact, { majorVersion }: RuleContext): ColumnStorage {
  const storage = text(target, "storage") as ColumnStorage | undefined;
  return storage ?? (majorVersion >= 16 ? "default" : USUAL_STORAGE(text(target, "type")!));
}

function USUAL_STORAGE(type: string): ColumnStorage {
  if (/^(?:numeric|inet|cidr)\b/.test(type) && !type.endsWith("[]")) return "main";
  return "extended";
}

function foreignOptions(live: Fact | undefined, target: Fact): Operation[] {
  const [here, there] = [live === undefined ? [] : texts(live, "foreignOptions"), texts(target, "foreignOptions")];
  const actions = foreignOptionActions(here, there);
  if (actions === undefined) return [];
  return [
    execute(
      `ALTER FOREIGN TABLE ${relationSql(target)} ALTER COLUMN ${identifier(target.identity.name)} OPTIONS (${actions})`,
    ),
  ];
}

/** What OPTIONS (…) says to turn one list of foreign options into the other; undefined for nothing. */
export function foreignOptionActions(live: readonly string[], target: readonly string[]): string | undefined {
  const split = (options: readonly string[]): Map<string, string> =>
    new Map(options.map((option) => [option.slice(0, option.indexOf("=")), option.slice(option.indexOf("=") + 1)]));
  const [here, there] = [split(live), split(target)];
  const actions = [
    ...[...here.keys()].filter((name) => !there.has(name)).map((name) => `DROP ${identifier(name)}`),
    ...[...there]
      .filter(([name, value]) => here.get(name) !== value)
      .map(([name, value]) => `${here.has(name) ? "SET" : "ADD"} ${identifier(name)} ${quote(value)}`),
  ];
  return actions.length === 0 ? undefined : actions.join(", ");
}

/** What PostgreSQL refuses to carry over to a column's new type by itself. */
function isInTheWay(other: Fact, live: Fact, target: Fact, context: RuleContext): boolean {
  if (reads(other) || hasPartsOfTheirOwn(other, context.live)) return true;
  if (other.kind === "default") return context.fateOf(other.key) !== "kept";
  if (other.kind !== "constraint" || text(other, "type") !== "foreign key") return false;
  return !areComparable(text(live, "type")!, text(target, "type")!);
}
