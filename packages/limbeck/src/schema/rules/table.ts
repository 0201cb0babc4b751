import { createTable } from "../../operations/create-table.ts";
import { dropTable } from "../../operations/drop-table.ts";
import { execute } from "../../operations/execute.ts";
import type { PartitionOf, TableReference } from "../../operations/language/partition.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { sql } from "../../operations/language/sql.ts";
import type { TableElement } from "../../operations/language/table-element.ts";
import type { Operation } from "../../operations/operation.ts";
import { setAccessMethod } from "../../operations/set-access-method.ts";
import { setReplicaIdentity } from "../../operations/set-replica-identity.ts";
import { setRowSecurity } from "../../operations/set-row-security.ts";
import { setTableLogged } from "../../operations/set-table-logged.ts";
import { setTableStorage } from "../../operations/set-table-storage.ts";
import { setTableType } from "../../operations/set-table-type.ts";
import { setTablespace } from "../../operations/set-tablespace.ts";
import { keyOf, type Fact, type Identity } from "../fact.ts";
import { commentRule } from "./annotations.ts";
import {
  changedNames,
  changedParameters,
  flag,
  parameters,
  reference,
  references,
  some,
  text,
  texts,
} from "./attributes.ts";
import { columnSpec, laterColumnOperations } from "./column-spec.ts";
import { constraintSpec, isInline } from "./constraint-spec.ts";
import { equalAttributes, equalIn } from "../attributes.ts";
import { newColumn, inheritedDefault, parentsOf, typeKey, wholeTable } from "../expand.ts";
import { columnRule } from "./column.ts";
import { constraintRule } from "./constraint.ts";
import { defaultRule } from "./default.ts";
import { qualifiedSql } from "./names.ts";
import { indexSettings } from "./index-settings.ts";
import { isAttached, isMadeAlone, joins } from "./partition-index.ts";
import { parentChanges, type Placement } from "./parent-changes.ts";
import { attach, boundsOf, detach } from "./partition-place.ts";
import { isReferredTo } from "./partition-references.ts";
import { REPLACE, type Change, type Finish, type Rule, type RuleContext } from "./rule.ts";

export const tableRule: Rule = { create, drop, change, absorbs, finish };

function absorbs(part: Fact, table: Fact): boolean {
  if (part.kind === "column") return true;
  if (part.kind === "constraint") return isInline(part);
  return part.kind === "comment" && part.identity.on === "table" && part.parents.includes(table.key);
}

function create(table: Fact, context: RuleContext): Operation[] {
  const { name } = table.identity;
  const parts = context.absorbedBy(table);
  const whole = reference(table, "partitionOf");
  const standsAlone = whole !== undefined && isAttached(table, context);
  const elements = whole === undefined ? columnsOf(table, parts, context) : [];
  const constraints = parts.filter(({ kind }) => kind === "constraint").filter((part) => !context.isImplied(part));
  const sorted = constraints.toSorted(byType);
  const apart = new Set(sorted.filter((part, index) => sorted.slice(0, index).some((key) => isSameKey(key, part))));
  const inside = sorted.filter((part) => !apart.has(part));
  const schema = context.schema(table.identity);
  const made = createTable(
    name,
    ...elements,
    ...inside.map((part) => constraintSpec(part, context)),
    frozen({
      schema,
      unlogged: text(table, "persistence") === "unlogged" || undefined,
      inherits: some(references(table, "inherits").map((parent) => tableReference(parent, context))),
      like: standsAlone ? { ...tableReference(whole, context), including: LIKE } : undefined,
      partitionOf: partitionOf(table, context),
      partitionBy: text(table, "partitionKey")?.replace(/^[A-Z]+/, (word) => word.toLowerCase()),
      using: ownAccessMethod(table, context),
      with: parameters(table),
      tablespace: text(table, "tablespace"),
      comment: parts.find((part) => part.kind === "comment" && part.identity.on === "table")?.attributes["text"] as
        | string
        | undefined,
    }),
  );
  const later = parts
    .filter(({ kind }) => kind === "column")
    .flatMap((column) => laterColumnOperations(column, context));
  const keys = inside.filter(({ attributes }) => attributes["clustered"] !== undefined);
  const uses = keys.flatMap((key) => indexSettings(undefined, key, context));
  return [
    made,
    ...[...apart].flatMap((key) => constraintRule.create(key, context)),
    ...later,
    ...uses,
    ...inheritedChanges(table, parts, context),
    ...tied(table, context),
    ...settings(undefined, table, context),
  ];
}

/** What a table says of the columns that come with its parents, in which it differs from them. */
function inheritedChanges(table: Fact, parts: readonly Fact[], context: RuleContext): Operation[] {
  const { facts } = context.target;
  return parts.flatMap((column) => {
    if (column.kind !== "column" || column.attributes["local"] !== false) return [];
    const above = parentsOf(table).map(({ schema, name: relation }) => ({ ...column.identity, schema, relation }));
    const [parent] = above.flatMap((identity) => facts.get(keyOf("column", identity)) ?? []);
    const [inherited] = above.flatMap((identity) => facts.get(keyOf("default", identity)) ?? []);
    const altered = parent && columnRule.change!(newColumn(parent, table), column, context);
    const own = facts.get(keyOf("default", column.identity));
    const said = parts.filter(({ kind, identity }) => kind === "comment" && isSaidOf(column, identity));
    return [
      ...said.flatMap((comment) => commentRule.create(comment, context)),
      ...(altered === undefined || altered === REPLACE ? [] : altered.operations),
      ...(own === undefined
        ? inherited === undefined
          ? []
          : defaultRule.drop(inheritedDefault(inherited, table), context)
        : inherited !== undefined && equalAttributes(inherited.attributes, own.attributes)
          ? []
          : defaultRule.create(own, context)),
    ];
  });
}

function isSaidOf({ identity: { name } }: Fact, said: Identity): boolean {
  return said.on === "column" && said.name === name;
}

/** What a table has to have in common with the one that it becomes a partition of. */
const LIKE = ["defaults", "constraints", "generated", "storage", "compression"] as const;

function columnsOf(table: Fact, parts: readonly Fact[], context: RuleContext): TableElement[] {
  return parts
    .filter(({ kind, attributes }) => kind === "column" && attributes["local"] !== false)
    .toSorted((a, b) => a.position - b.position)
    .map((column) => columnSpec(withoutParentsExpression(column, table, context), context));
}

/** Until PostgreSQL 16 a column may not repeat the expression that a parent generates it by. */
function withoutParentsExpression(column: Fact, table: Fact, { target }: RuleContext): Fact {
  const repeats = references(table, "inherits").some(({ schema, name: relation }) => {
    const above = target.facts.get(keyOf("column", { ...column.identity, schema, relation }));
    return above !== undefined && equalIn(["generated"], above.attributes, column.attributes);
  });
  return repeats ? { ...column, attributes: { ...column.attributes, generated: null } } : column;
}

const TYPES = ["primary key", "unique", "check", "exclusion", "foreign key"];

function byType(a: Fact, b: Fact): number {
  return TYPES.indexOf(text(a, "type")!) - TYPES.indexOf(text(b, "type")!) || (a.key < b.key ? -1 : 1);
}

/** Whether CREATE TABLE would leave one of two keys out, without a word (PostgreSQL's transformIndexConstraints). */
function isSameKey(a: Fact, b: Fact): boolean {
  const areKeys = [a, b].every((part) => ["primary key", "unique"].includes(text(part, "type")!));
  return (
    areKeys &&
    equalIn(["columns", "include", "nullsNotDistinct", "deferrable", "initially"], a.attributes, b.attributes)
  );
}

/** The access method, if it is not what the table has anyway: that of the table as whose partition it is made, or heap. */
function ownAccessMethod(table: Fact, context: RuleContext): string | undefined {
  const method = text(table, "accessMethod");
  const whole = isAttached(table, context) ? undefined : context.target.facts.get(wholeTable(table) ?? "");
  return method === ((whole && text(whole, "accessMethod")) ?? "heap") ? undefined : method;
}

function tableReference({ schema, name }: { schema: string; name: string }, context: RuleContext): TableReference {
  return frozen({ table: name, schema: context.schemaNamed(schema) });
}

/** A partition is made as one, unless its indexes have names of their own: then it is attached when it has them. */
function partitionOf(table: Fact, context: RuleContext): PartitionOf | undefined {
  const parent = reference(table, "partitionOf");
  if (parent === undefined || isAttached(table, context)) return undefined;
  return { ...tableReference(parent, context), bounds: boundsOf(table) };
}

function finish(table: Fact, context: RuleContext): Finish | undefined {
  const parent = reference(table, "partitionOf");
  if (parent === undefined || !isAttached(table, context)) return undefined;
  const parts = context.target.partsOf(table.key).filter(({ attributes }) => attributes["partOf"]);
  return {
    operations: [attach(table, context)],
    needs: [keyOf("table", parent), ...parts.map(({ key }) => key)],
  };
}

function drop(table: Fact, context: RuleContext): Operation[] {
  const detached = isReferredTo(table, context) ? [detach(table, context)] : [];
  return [...detached, dropTable(table.identity.name, context.at(table))];
}

function change(live: Fact, target: Fact, context: RuleContext): Change | typeof REPLACE {
  const changed = changedNames(live, target);
  if (changed.has("partitionKey")) return REPLACE;
  const { before, after } = placement(live, target, changed, context);
  const parents = [...parentsOf(target).map((identity) => keyOf("table", identity)), typeKey(target)];
  const parts = [target.key, ...parents]
    .flatMap((key) => context.target.partsOf(key))
    .filter((part) => !isMadeAlone(part, context) && joins(part, context) === undefined)
    .map(({ key }) => key);
  return {
    unrelated: true,
    operations: [...before, ...settings(live, target, context)],
    // A partition that only gets other bounds goes along with its table until then.
    ...(before.length > 0 && !keepsWhole(live, target) && { first: true }),
    ...(after.length > 0 && { finish: { operations: after, needs: [...parents, ...parts.filter(isOfTable)] } }),
  };
}

/** Whether a fact is about the table itself, and neither about what others may do with it nor another partition of it. */
function isOfTable(key: string): boolean {
  return !/^(?:grant|owner|comment|security label|policy|rule|trigger|published table|table|foreign table) /.test(key);
}

function keepsWhole(live: Fact, target: Fact): boolean {
  const [here, there] = [reference(live, "partitionOf"), reference(target, "partitionOf")];
  return here !== undefined && there !== undefined && qualifiedSql(here) === qualifiedSql(there);
}

/** Ties a table to its type. */
function tied(table: Fact, context: RuleContext): Operation[] {
  const type = text(table, "ofType");
  const at = context.at(table);
  return type === undefined ? [] : [setTableType(table.identity.name, sql.raw(type), at)];
}

/** Where a table stands among others: partitions, inheritance, types. */
function placement(live: Fact, target: Fact, changed: ReadonlySet<string>, context: RuleContext): Placement {
  const before: Operation[] = [];
  const after: Operation[] = [];
  if (changed.has("partitionOf") || changed.has("partitionBound")) {
    const parent = reference(live, "partitionOf");
    if (parent !== undefined) before.push(detach(live, context));
    if (reference(target, "partitionOf") !== undefined) after.push(attach(target, context));
  }
  if (changed.has("ofType")) {
    const at = context.at(live);
    if (text(live, "ofType") !== undefined) before.push(setTableType(live.identity.name, null, at));
    after.push(...tied(target, context));
  }
  if (changed.has("inherits")) {
    const parents = parentChanges(live, target, context);
    before.push(...parents.before);
    after.push(...parents.after);
  }
  return { before, after };
}

/** What ALTER TABLE sets one by one; of a new table, what CREATE TABLE does not. */
function settings(live: Fact | undefined, target: Fact, context: RuleContext): Operation[] {
  const { name } = target.identity;
  const schema = context.schema(target.identity);
  const at = frozen({ schema });
  const differs = (attribute: string, usual: unknown): boolean =>
    JSON.stringify(live === undefined ? usual : (live.attributes[attribute] ?? null)) !==
    JSON.stringify(target.attributes[attribute] ?? null);
  const operations: Operation[] = [];
  if (live !== undefined && differs("persistence", "permanent")) {
    operations.push(setTableLogged(name, text(target, "persistence") !== "unlogged", at));
  }
  const enabled = flag(target, "rowSecurity");
  const forced = flag(target, "forceRowSecurity");
  if (differs("rowSecurity", false) || differs("forceRowSecurity", false)) {
    operations.push(
      setRowSecurity(
        name,
        frozen({
          schema,
          enabled: differs("rowSecurity", false) ? enabled : undefined,
          forced: differs("forceRowSecurity", false) ? forced : undefined,
        }),
      ),
    );
  }
  if (differs("replicaIdentity", "default")) {
    const identity = text(target, "replicaIdentity");
    if (identity === "full" || identity === "nothing" || identity === "default") {
      operations.push(setReplicaIdentity(name, identity, at));
    }
  }
  if (live === undefined) return operations;
  if (differs("accessMethod", "heap")) {
    const method = text(target, "accessMethod");
    operations.push(
      method === undefined
        ? execute(`ALTER TABLE ${qualifiedSql(target.identity)} SET ACCESS METHOD DEFAULT`)
        : setAccessMethod(name, method, at),
    );
  }
  if (differs("options", [])) {
    operations.push(setTableStorage(name, changedParameters(texts(live, "options"), texts(target, "options")), at));
  }
  if (differs("tablespace", null)) {
    operations.push(setTablespace("table", name, text(target, "tablespace") ?? "pg_default", at));
  }
  return operations;
}
