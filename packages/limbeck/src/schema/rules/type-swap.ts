import { alterColumn } from "../../operations/alter-column.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Operation } from "../../operations/operation.ts";
import { wholeTable } from "../expand.ts";
import type { Fact } from "../fact.ts";
import { reference, text } from "./attributes.ts";
import { simpleCollation } from "./column-spec.ts";
import { qualifiedSql, relationSql } from "./names.ts";
import type { RuleContext } from "./rule.ts";
import { stays } from "./sequence-owner.ts";
import { displayedType } from "./types.ts";

/** A column of a type that another one takes the place of. */
export interface SwappedColumn {
  readonly fact: Fact;
  readonly array: boolean;
}

/** The columns that are of a type before and after. What inherits from their table or is a part of it follows. */
export function swappedColumns(type: Fact, context: RuleContext): SwappedColumn[] {
  return columnsOf(type, context)
    .filter(({ fact }) => text(fact, "type") === text(context.target.facts.get(fact.key)!, "type"))
    .map(({ fact }) => ({ fact, array: text(fact, "type")!.endsWith("[]") }));
}

/**
 * Takes the columns that have to do with a type before and after, but in another way, from the old one: they are texts until
 * they get their new type.
 */
export function detours(type: Fact, context: RuleContext): Operation[] {
  return columnsOf(type, context)
    .filter(({ fact }) => text(fact, "type") !== text(context.target.facts.get(fact.key)!, "type"))
    .map(({ fact: { identity } }) => {
      const { relation, name } = identity;
      const using = sql.raw(`${identifier(name)}::text`);
      return alterColumn(relation!, name, frozen({ schema: context.schema(identity), type: "text", using }));
    });
}

/** The keys of all these columns. */
export function touchedBy(type: Fact, context: RuleContext): string[] {
  return columnsOf(type, context).map(({ fact }) => fact.key);
}

function columnsOf(type: Fact, context: RuleContext): { readonly fact: Fact }[] {
  const name = qualifiedSql(type.identity);
  const isOf = (fact: Fact): boolean => [name, `${name}[]`].includes(text(fact, "type") ?? "");
  return survivingColumns(type, context).filter(({ fact }) => isOf(context.target.facts.get(fact.key)!));
}

/** The columns of tables that are of a type and stay, whatever type they are of then. */
function survivingColumns(type: Fact, context: RuleContext): { readonly fact: Fact }[] {
  const { live, target } = context;
  const multirange = reference(type, "multirange");
  const names = [qualifiedSql(type.identity), ...(multirange === undefined ? [] : [qualifiedSql(multirange)])];
  return [...live.neededBy(type.key)].toSorted().flatMap((key) => {
    const [fact, there] = [live.facts.get(key)!, target.facts.get(key)];
    if (fact.kind !== "column" || there === undefined || !stays(key, context)) return [];
    const isOf = names.includes((text(fact, "type") ?? "").replace(/\[\]$/, ""));
    return isOf && !ofComposite(fact) && !isInherited(fact) ? [{ fact }] : [];
  });
}

/** Whether a column is an attribute of a composite type. */
export function ofComposite(fact: Fact): boolean {
  return fact.parents.some((key) => key.startsWith("composite type "));
}

/** The columns that are texts while their type is made anew, or have the usual collation while theirs is. */
export function heldColumns(type: Fact, context: RuleContext): Fact[] {
  const columns = type.kind === "collation" ? collatedColumns(type, context) : survivingColumns(type, context);
  const { facts, needs } = context.target;
  // A column of a typed table has its type from that.
  const keeps = (column: Fact): boolean => text(column, "type") === text(facts.get(column.key)!, "type");
  return columns.map(({ fact }) => fact).filter((column) => needs(column.key).has(type.key) || keeps(column));
}

function collatedColumns(collation: Fact, context: RuleContext): { readonly fact: Fact }[] {
  return [...context.live.neededBy(collation.key)].toSorted().flatMap((key) => {
    const fact = context.live.facts.get(key)!;
    return fact.kind === "column" && stays(key, context) && !ofComposite(fact) && !isInherited(fact) ? [{ fact }] : [];
  });
}

/** Lets columns that stay be texts before their type is dropped to be made anew. */
export function heldAsText(type: Fact, context: RuleContext): Operation[] {
  if (context.fateOf(type.key) !== "replaced") return [];
  return heldColumns(type, context).map((fact) => retyped(fact, "text", fact, context));
}

/** The same for a collation: the columns have the usual one meanwhile. */
export function heldUncollated(collation: Fact, context: RuleContext): Operation[] {
  if (context.fateOf(collation.key) !== "replaced") return [];
  return heldColumns(collation, context).map((fact) => collated(fact, `"default"`));
}

export function collatedAgain(collation: Fact, context: RuleContext): Operation[] {
  const live = context.live.facts.get(collation.key);
  if (context.fateOf(collation.key) !== "replaced" || live === undefined) return [];
  const name = qualifiedSql(collation.identity);
  return heldColumns(live, context)
    .filter((fact) => {
      const there = context.target.facts.get(fact.key)!;
      return ["type", "collation"].every((attribute) => text(fact, attribute) === text(there, attribute));
    })
    .map((fact) => collated(fact, name));
}

function collated(fact: Fact, collation: string): Operation {
  const [table, column, type] = [relationSql(fact), identifier(fact.identity.name), text(fact, "type")!];
  return execute(`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${type} COLLATE ${collation}`);
}

/** Gives them back their type. */
export function released(type: Fact, context: RuleContext): Operation[] {
  const live = context.live.facts.get(type.key);
  if (context.fateOf(type.key) !== "replaced" || live === undefined) return [];
  return heldColumns(live, context)
    .filter((fact) => text(fact, "type") === text(context.target.facts.get(fact.key)!, "type"))
    .map((fact) =>
      retyped(fact, displayedType(text(fact, "type")!, context), context.target.facts.get(fact.key)!, context),
    );
}

function retyped({ identity }: Fact, type: string, as: Fact, context: RuleContext): Operation {
  const using = sql.raw(`${identifier(identity.name)}::${type}`);
  const collation = type === "text" ? undefined : simpleCollation(as);
  return alterColumn(
    identity.relation!,
    identity.name,
    frozen({ schema: context.schema(identity), type, using, collation }),
  );
}

function isInherited({ attributes }: Fact): boolean {
  return attributes["inherited"] === true;
}

/** The partitioned tables whose key has a column in it, which can be altered nowhere then. */
export function keyedBy(columns: readonly Fact[], { live }: RuleContext): string[] {
  return columns.flatMap(({ parents, identity }) =>
    parents.flatMap(withPartitions).filter((key) => {
      const partitionKey = live.facts.get(key)?.attributes["partitionKey"];
      return typeof partitionKey === "string" && namesIn(partitionKey).includes(identity.name);
    }),
  );
  function withPartitions(key: string): string[] {
    const below = [...live.neededBy(key)].filter((other) => wholeTable(live.facts.get(other)) === key);
    return [key, ...below.flatMap(withPartitions)];
  }
}

function namesIn(printed: string): string[] {
  return [...printed.matchAll(/"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*)/gu)].map(
    ([, quoted, bare]) => bare ?? quoted!.replaceAll('""', '"'),
  );
}
