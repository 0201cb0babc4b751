import { alterSequence } from "../../operations/alter-sequence.ts";
import { createSequence } from "../../operations/create-sequence.ts";
import { dropSequence } from "../../operations/drop-sequence.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Operation } from "../../operations/operation.ts";
import { setOwner } from "../../operations/set-owner.ts";
import { keyOf, type Fact } from "../fact.ts";
import { changedNames, text } from "./attributes.ts";
import { sequenceOptions } from "./column-spec.ts";
import { qualifiedSql } from "./names.ts";
import type { Change, Finish, Rule, RuleContext } from "./rule.ts";
import { sequenceChanges } from "./sequence-changes.ts";
import { isNew, ownerColumn, ownersBefore, roleOf } from "./sequence-owner.ts";

type SequenceType = "smallint" | "integer" | "bigint";

export const sequenceRule: Rule = {
  create(fact, context) {
    const type = text(fact, "type") as SequenceType;
    const { name } = fact.identity;
    if (text(fact, "persistence") === "unlogged") {
      return [
        createSequence(name, frozen({ ...options(fact, type), schema: context.schema(fact.identity) })),
        execute(`ALTER SEQUENCE ${qualifiedSql(fact.identity)} SET UNLOGGED`),
      ];
    }
    return [createSequence(name, frozen({ ...options(fact, type), schema: context.schema(fact.identity) }))];
  },
  drop: (fact, context) => [dropSequence(fact.identity.name, context.at(fact))],
  change,
  // A column's default uses it before the column can own it.
  isAnnounced: "for use",
  finish: (fact, context) => finish(undefined, fact, context),
};

function options(fact: Fact, type: SequenceType): object {
  return { type: type === "bigint" ? undefined : type, ...sequenceOptions(fact.attributes) };
}

function finish(live: Fact | undefined, fact: Fact, context: RuleContext): Finish | undefined {
  const column = ownerColumn(fact);
  if (column === undefined) return undefined;
  return {
    operations: owned(live, fact, context, true),
    needs: [keyOf("column", column), ...fact.parents, ...ownersBefore(fact, context)],
  };
}

/** A sequence cannot belong to a column of somebody else's table, nor get another owner while it belongs to one. */
function owned(live: Fact | undefined, fact: Fact, context: RuleContext, isFree: boolean): Operation[] {
  const schema = context.schema(fact.identity);
  const { name } = fact.identity;
  const column = ownerColumn(fact);
  if (column === undefined) return [released(fact, context)];
  const operations: Operation[] = [
    alterSequence(name, frozen({ schema, ownedBy: { table: column.relation, column: column.name } })),
  ];
  if (ownersBefore(fact, context).length === 0) return operations;
  const role = roleOf(fact, context.target);
  const present = live === undefined ? (context.user ?? undefined) : roleOf(live, context.live);
  if (role === undefined || role === present) return operations;
  return [
    ...(isFree ? [] : [released(fact, context)]),
    setOwner(frozen({ kind: "sequence", name, schema }), role),
    ...operations,
  ];
}

function released({ identity }: Fact, context: RuleContext): Operation {
  return alterSequence(identity.name, frozen({ schema: context.schema(identity), ownedBy: null }));
}

function isOfNewColumn(fact: Fact, context: RuleContext): boolean {
  const column = ownerColumn(fact);
  return column !== undefined && isNew(keyOf("column", column), context);
}

function change(live: Fact, target: Fact, context: RuleContext): Change {
  const changed = changedNames(live, target);
  const { before, changes, after } = sequenceChanges(live.attributes, target.attributes, {
    schema: target.identity.schema!,
    name: target.identity.name,
  });
  const operations: Operation[] = [...before];
  if (Object.keys(changes).length > 0) {
    operations.push(
      alterSequence(target.identity.name, frozen({ ...changes, schema: context.schema(target.identity) })),
    );
  }
  operations.push(...after);
  const isFree = ownerColumn(live) === undefined;
  const comesLater = changed.has("ownedBy") && isOfNewColumn(target, context);
  if (comesLater && !isFree) operations.push(released(target, context));
  if (changed.has("ownedBy") && !comesLater) operations.push(...owned(live, target, context, isFree));
  if (changed.has("persistence")) {
    operations.push(
      execute(
        `ALTER SEQUENCE ${qualifiedSql(target.identity)} SET ${text(target, "persistence") === "unlogged" ? "UNLOGGED" : "LOGGED"}`,
      ),
    );
  }
  const later = comesLater ? finish(live, target, context) : undefined;
  return {
    operations,
    unrelated: comesLater || !changed.has("ownedBy"),
    ...(later !== undefined && { finish: later }),
  };
}
