import { addDomainConstraint } from "../../operations/add-domain-constraint.ts";
import { alterConstraint } from "../../operations/alter-constraint.ts";
import { alterIndex } from "../../operations/alter-index.ts";
import { createCheckConstraint } from "../../operations/create-check-constraint.ts";
import { createForeignKey } from "../../operations/create-foreign-key.ts";
import { createPrimaryKey } from "../../operations/create-primary-key.ts";
import { createUniqueConstraint } from "../../operations/create-unique-constraint.ts";
import { dropConstraint } from "../../operations/drop-constraint.ts";
import { dropDomainConstraint } from "../../operations/drop-domain-constraint.ts";
import { execute } from "../../operations/execute.ts";
import { deferrableSql, foreignKeyOptionsSql, type Deferrable } from "../../operations/language/column.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier, identifiers } from "../../operations/language/identifiers.ts";
import { clauses } from "../../operations/language/statement.ts";
import type { Operation } from "../../operations/operation.ts";
import { validateConstraint } from "../../operations/validate-constraint.ts";
import { validateDomainConstraint } from "../../operations/validate-domain-constraint.ts";
import type { Fact } from "../fact.ts";
import {
  changedNames,
  changedParameters,
  condition as conditionOf,
  flag,
  onlyChanged,
  reference,
  text,
  texts,
} from "./attributes.ts";
import { deferral, isPlain, keyOptions, referenceOptions } from "./constraint-spec.ts";
import { isSwapped } from "./domain.ts";
import { indexSettings } from "./index-settings.ts";
import { qualifiedSql, relationSql } from "./names.ts";
import { isMadeAlone, isOfPartitioned, joining, joins, leavesItsWhole } from "./partition-index.ts";
import { REPLACE, type Change, type Rule, type RuleContext } from "./rule.ts";

export const constraintRule: Rule = { create, drop, change, finish: joins };

function isOnDomain(fact: Fact): boolean {
  return fact.parents.some((key) => key.startsWith("domain "));
}

function goesWithDomain(fact: Fact, context: RuleContext): boolean {
  return isOnDomain(fact) && fact.parents.some((key) => isSwapped(key, context));
}

function create(fact: Fact, context: RuleContext): Operation[] {
  if (context.isImplied(fact) || goesWithDomain(fact, context)) return [];
  const settings = fact.attributes["clustered"] === undefined ? [] : indexSettings(undefined, fact, context);
  const isAlone = isMadeAlone(fact, context);
  return [isPlain(fact) && !isAlone ? typed(fact, context) : execute(rawSql(fact, isAlone)), ...settings];
}

function typed(fact: Fact, context: RuleContext): Operation {
  const { name, relation } = fact.identity;
  const schema = context.schema(fact.identity);
  const notValid = fact.attributes["validated"] === false || undefined;
  const table = relation!;
  switch (text(fact, "type")) {
    case "primary key":
      return createPrimaryKey(name, table, texts(fact, "columns"), frozen({ schema, ...keyOptions(fact) }));
    case "unique":
      return createUniqueConstraint(name, table, texts(fact, "columns"), frozen({ schema, ...keyOptions(fact) }));
    case "foreign key": {
      const other = reference(fact, "references")!;
      const options = {
        sourceSchema: schema,
        referentSchema: context.schemaNamed(other.schema),
        ...referenceOptions(fact),
        notValid,
      };
      return createForeignKey(
        name,
        table,
        other.name,
        texts(fact, "columns"),
        texts(fact, "referencedColumns"),
        frozen(options),
      );
    }
    default: {
      const condition = conditionOf(fact, "expression")!;
      if (isOnDomain(fact)) return addDomainConstraint(name, table, condition, frozen({ schema, notValid }));
      const noInherit = flag(fact, "noInherit") || undefined;
      return createCheckConstraint(name, table, condition, frozen({ schema, notValid, noInherit }));
    }
  }
}

/** For what the operations have no words for: exclusions with their operators, periods, storage of the index. */
function rawSql(fact: Fact, isAlone: boolean): string {
  const { name } = fact.identity;
  const definition = text(fact, "definition") ?? keyDefinition(fact);
  return `ALTER TABLE ${isAlone ? "ONLY " : ""}${relationSql(fact)} ADD CONSTRAINT ${identifier(name)} ${definition}`;
}

function keyDefinition(fact: Fact): string {
  const columns = texts(fact, "columns");
  const last = flag(fact, "withoutOverlaps") ? " WITHOUT OVERLAPS" : "";
  const include = texts(fact, "include");
  const options = texts(fact, "options");
  const tablespace = text(fact, "tablespace");
  const other = reference(fact, "references");
  const isEnforced = fact.attributes["enforced"] !== false;
  const state = isEnforced ? fact.attributes["validated"] === false && "NOT VALID" : "NOT ENFORCED";
  if (text(fact, "type") === "check") {
    return clauses(`CHECK (${text(fact, "expression")})`, flag(fact, "noInherit") && "NO INHERIT", state);
  }
  if (other !== undefined) {
    const period = (list: readonly string[]): string =>
      flag(fact, "period")
        ? [...list.slice(0, -1).map(identifier), `PERIOD ${identifier(list.at(-1)!)}`].join(", ")
        : identifiers(list);
    return clauses(
      `FOREIGN KEY (${period(columns)}) REFERENCES ${qualifiedSql(other)} (${period(texts(fact, "referencedColumns"))})`,
      foreignKeyOptionsSql(referenceOptions(fact)),
      state,
    );
  }
  return clauses(
    text(fact, "type") === "primary key" ? "PRIMARY KEY" : "UNIQUE",
    flag(fact, "nullsNotDistinct") && "NULLS NOT DISTINCT",
    `(${identifiers(columns)}${last})`,
    include.length > 0 && `INCLUDE (${identifiers(include)})`,
    options.length > 0 && `WITH (${options.join(", ")})`,
    tablespace !== undefined && `USING INDEX TABLESPACE ${identifier(tablespace)}`,
    deferrableSql(deferral(fact)),
  );
}

function drop(fact: Fact, context: RuleContext): Operation[] {
  if (goesWithDomain(fact, context)) return [];
  const { name, relation } = fact.identity;
  const at = context.at(fact);
  return [isOnDomain(fact) ? dropDomainConstraint(name, relation!, at) : dropConstraint(name, relation!, at)];
}

function change(live: Fact, target: Fact, context: RuleContext): Change | typeof REPLACE {
  if (goesWithDomain(target, context)) return { operations: [] };
  const changed = changedNames(live, target);
  const { name, relation } = target.identity;
  const schema = context.schema(target.identity);
  if (onlyChanged(changed, "validated")) {
    if (target.attributes["validated"] === false) return REPLACE;
    const validate = isOnDomain(target) ? validateDomainConstraint : validateConstraint;
    return { operations: [validate(name, relation!, frozen({ schema }))], unrelated: true };
  }
  if (text(target, "type") === "foreign key" && onlyChanged(changed, "deferrable", "initially")) {
    const deferrable = flag(target, "deferrable");
    const initially: "deferred" | "immediate" = text(target, "initially") === "deferred" ? "deferred" : "immediate";
    const changes: Deferrable = deferrable ? { deferrable, initially } : { deferrable };
    return { operations: [alterConstraint(name, relation!, frozen({ ...changes, schema }))], unrelated: true };
  }
  if (!onlyChanged(changed, "clustered", "replicaIdentity", "valid", "partOf", "options", "tablespace")) return REPLACE;
  if (leavesItsWhole(live, target, context)) return REPLACE;
  if (changed.has("options") && isOfPartitioned(target, context)) return REPLACE;
  if (changed.has("valid") && live.attributes["valid"] === true) return REPLACE;
  const operations = indexSettings(live, target, context);
  if (changed.has("options")) {
    const parameters = changedParameters(texts(live, "options"), texts(target, "options"));
    operations.unshift(alterIndex(name, frozen({ schema, parameters })));
  }
  return { operations, unrelated: !changed.has("partOf"), ...joining(changed, target, context) };
}
