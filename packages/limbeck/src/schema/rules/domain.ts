import { alterColumn } from "../../operations/alter-column.ts";
import { alterDomain } from "../../operations/alter-domain.ts";
import { createDomain } from "../../operations/create-domain.ts";
import { dropDomain } from "../../operations/drop-domain.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Operation } from "../../operations/operation.ts";
import { renameDomain } from "../../operations/rename-domain.ts";
import type { Fact } from "../fact.ts";
import { changedNames, condition, expression, text } from "./attributes.ts";
import { hasSimpleCollation, simpleCollation } from "./column-spec.ts";
import { execute } from "../../operations/execute.ts";
import { qualifiedSql } from "./names.ts";
import type { Change, Rule, RuleContext } from "./rule.ts";
import { detours, heldAsText, keyedBy, ofComposite, released, swappedColumns, touchedBy } from "./type-swap.ts";
import { conversionOf, displayedType } from "./types.ts";

export const domainRule: Rule = {
  create: (fact, context) => [made(fact, context), ...released(fact, context)],
  drop: (fact, context) => [...heldAsText(fact, context), dropDomain(fact.identity.name, context.at(fact))],
  change,
  absorbs: (part, domain) =>
    part.kind === "constraint" && part.parents.includes(domain.key) && part.attributes["validated"] !== false,
};

function made(fact: Fact, context: RuleContext): Operation {
  const parts = isSwapped(fact.key, context) ? context.target.partsOf(fact.key) : context.absorbedBy(fact);
  const checks = parts
    .filter(({ kind }) => kind === "constraint")
    .map((part) => frozen({ name: part.identity.name, condition: condition(part, "expression")! }));
  if (!hasSimpleCollation(fact)) return execute(rawSql(fact, checks));
  return createDomain(
    fact.identity.name,
    displayedType(text(fact, "type")!, context),
    frozen({
      schema: context.schema(fact.identity),
      default: expression(fact, "default"),
      nullable: fact.attributes["nullable"] === false ? false : undefined,
      collation: simpleCollation(fact),
      checks: checks.length === 0 ? undefined : checks,
    }),
  );
}

function rawSql(
  fact: Fact,
  checks: readonly { readonly name: string; readonly condition: { readonly $sql: string } }[],
): string {
  return [
    `CREATE DOMAIN ${qualifiedSql(fact.identity)} AS ${text(fact, "type")} COLLATE ${text(fact, "collation")}`,
    text(fact, "default") === undefined ? "" : ` DEFAULT ${text(fact, "default")}`,
    fact.attributes["nullable"] === false ? " NOT NULL" : "",
    ...checks.map((check) => ` CONSTRAINT ${identifier(check.name)} CHECK (${check.condition.$sql})`),
  ].join("");
}

function change(live: Fact, target: Fact, context: RuleContext): Change {
  const changed = changedNames(live, target);
  if (changed.has("type") || changed.has("collation")) {
    return {
      operations: [...detours(live, context), ...swap(live, target, context)],
      touches: touchedBy(live, context),
      lifts: (other) =>
        other.kind === "column"
          ? text(other, "generated") !== undefined || ofComposite(other)
          : other.kind !== "constraint",
      replaces: [
        ...keyedBy(
          swappedColumns(live, context).map(({ fact }) => fact),
          context,
        ),
        ...saidOfChecks(live, context),
      ],
    };
  }
  const changes = frozen({
    default: changed.has("default") ? (expression(target, "default") ?? null) : undefined,
    nullable: changed.has("nullable") ? target.attributes["nullable"] !== false : undefined,
  });
  const schema = context.schema(target.identity);
  return { operations: [alterDomain(target.identity.name, frozen({ schema, ...changes }))], unrelated: true };
}

/** The keys of what is said of a domain's conditions, which come anew with it. */
function saidOfChecks({ key }: Fact, { live }: RuleContext): string[] {
  const checks = live.partsOf(key).filter(({ kind }) => kind === "constraint");
  return checks.flatMap((check) => live.partsOf(check.key)).map((said) => said.key);
}

/** Whether another domain takes the place of a domain, with all its conditions. */
export function isSwapped(key: string, { live, target, fateOf }: RuleContext): boolean {
  const [here, there] = [live.facts.get(key), target.facts.get(key)];
  if (here === undefined || there === undefined || fateOf(key) !== "changed") return false;
  return text(here, "type") !== text(there, "type") || text(here, "collation") !== text(there, "collation");
}

/** A domain on another type takes the place of the old one, column by column. */
function swap(live: Fact, target: Fact, context: RuleContext): Operation[] {
  const { name } = target.identity;
  const schema = context.schema(target.identity);
  const old = `${name.slice(0, 54)}_replaced`;
  const [from, to] = [text(live, "type")!, text(target, "type")!];
  const conversion = conversionOf(from, to);
  const columns = swappedColumns(live, context).map(({ fact, array }) => {
    const { relation, name: column } = fact.identity;
    const type = `${displayedType(qualifiedSql(target.identity), context)}${array ? "[]" : ""}`;
    const step = array ? "::text[]" : conversion === "text" ? "::text" : "";
    const using = sql.raw(`${identifier(column)}${step}::${type}`);
    return alterColumn(relation!, column, frozen({ schema: context.schema(fact.identity), type, using }));
  });
  return [
    renameDomain(name, old, frozen({ schema })),
    made(target, context),
    ...columns,
    dropDomain(old, frozen({ schema })),
  ];
}
