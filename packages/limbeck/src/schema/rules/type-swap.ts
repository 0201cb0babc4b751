import { alterColumn } from "../../operations/alter-column.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact, Identity } from "../fact.ts";
import { text } from "./attributes.ts";
import { qualifiedSql } from "./names.ts";
import type { RuleContext } from "./rule.ts";
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

function columnsOf(type: Fact, { live, target, fateOf }: RuleContext): { readonly fact: Fact }[] {
  const name = qualifiedSql(type.identity);
  const isOf = (fact: Fact): boolean => [name, `${name}[]`].includes(text(fact, "type") ?? "");
  return [...live.neededBy(type.key)].toSorted().flatMap((key) => {
    const [here, there] = [live.facts.get(key)!, target.facts.get(key)];
    if (here.kind !== "column" || there === undefined || !["kept", "changed"].includes(fateOf(key))) return [];
    return isOf(here) && isOf(there) && !isInherited(here) && !isAttribute(here) ? [{ fact: here }] : [];
  });
}

function isInherited({ attributes }: Fact): boolean {
  return attributes["inherited"] === true;
}

function isAttribute({ parents }: Fact): boolean {
  return parents.some((key) => key.startsWith("composite type "));
}

/** The types of rows that have an attribute of a type: they cannot stay as they are while another takes its place. */
export function rowsWith(type: Fact, { live }: RuleContext): string[] {
  return [...live.neededBy(type.key)]
    .map((key) => live.facts.get(key)!)
    .flatMap((fact) => (fact.kind === "column" && isAttribute(fact) ? fact.parents : []));
}

/** Takes the columns that stay from a type that is made anew: they are texts meanwhile. */
export function setAside(type: Fact, context: RuleContext): Operation[] {
  return stayingColumns(type, context).map(({ identity }) => retyped(identity, "text", context));
}

/** Gives the columns their type again. */
export function takenBack(type: Fact, context: RuleContext): Operation[] {
  return stayingColumns(type, context).map((fact) => {
    const there = context.target.facts.get(fact.key)!;
    return retyped(fact.identity, displayedType(text(there, "type")!, context), context);
  });
}

function retyped({ schema, relation, name }: Identity, type: string, context: RuleContext): Operation {
  const using = sql.raw(`${identifier(name)}::${type}`);
  return alterColumn(relation!, name, frozen({ schema: context.schema({ schema, name }), type, using }));
}

/** The columns that are of a type on both sides and stay, while it is made anew. */
export function stayingColumns(type: Fact, context: RuleContext): Fact[] {
  if (context.fateOf(type.key) !== "replaced") return [];
  return columnsOf(type, context).map(({ fact }) => fact);
}

/** The partitioned tables whose key has a column in it, which can be altered nowhere then. */
export function keyedBy(columns: readonly Fact[], { live }: RuleContext): string[] {
  return columns.flatMap(({ parents, identity }) =>
    parents.filter((key) => {
      const partitionKey = live.facts.get(key)?.attributes["partitionKey"];
      return typeof partitionKey === "string" && namesIn(partitionKey).includes(identity.name);
    }),
  );
}

function namesIn(printed: string): string[] {
  return [...printed.matchAll(/"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*)/gu)].map(
    ([, quoted, bare]) => bare ?? quoted!.replaceAll('""', '"'),
  );
}
