import { alterSequence } from "../../operations/alter-sequence.ts";
import { createSequence } from "../../operations/create-sequence.ts";
import { dropSequence } from "../../operations/drop-sequence.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { Operation } from "../../operations/operation.ts";
import { keyOf, type Fact, type Identity } from "../fact.ts";
import { changedNames, text } from "./attributes.ts";
import { sequenceOptions } from "./column-spec.ts";
import { qualifiedSql } from "./names.ts";
import type { Change, Finish, Rule, RuleContext } from "./rule.ts";
import { sequenceChanges } from "./sequence-changes.ts";

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
  drop: (fact, context) => [dropSequence(fact.identity.name, frozen({ schema: context.schema(fact.identity) }))],
  change,
  // A column's default uses it before the column can own it.
  isAnnounced: "for use",
  finish,
};

function options(fact: Fact, type: SequenceType): object {
  return { type: type === "bigint" ? undefined : type, ...sequenceOptions(fact.attributes) };
}

function owner(fact: Fact): (Identity & { readonly relation: string }) | undefined {
  return (fact.attributes["ownedBy"] ?? undefined) as (Identity & { readonly relation: string }) | undefined;
}

function finish(fact: Fact, context: RuleContext): Finish | undefined {
  const column = owner(fact);
  if (column === undefined) return undefined;
  return { operations: [owned(fact, context)], needs: [keyOf("column", column), ...fact.parents] };
}

function owned(fact: Fact, context: RuleContext): Operation {
  const column = owner(fact);
  const ownedBy = column === undefined ? null : { table: column.relation, column: column.name };
  return alterSequence(fact.identity.name, frozen({ schema: context.schema(fact.identity), ownedBy }));
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
  if (changed.has("ownedBy")) operations.push(owned(target, context));
  if (changed.has("persistence")) {
    operations.push(
      execute(
        `ALTER SEQUENCE ${qualifiedSql(target.identity)} SET ${text(target, "persistence") === "unlogged" ? "UNLOGGED" : "LOGGED"}`,
      ),
    );
  }
  return { operations, unrelated: !changed.has("ownedBy") };
}
