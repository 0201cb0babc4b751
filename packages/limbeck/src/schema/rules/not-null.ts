import { alterColumn } from "../../operations/alter-column.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { Operation } from "../../operations/operation.ts";
import { renameConstraint } from "../../operations/rename-constraint.ts";
import { validateConstraint } from "../../operations/validate-constraint.ts";
import { parentsOf } from "../expand.ts";
import { keyOf, type Fact } from "../fact.ts";
import { text } from "./attributes.ts";
import { relationSql } from "./names.ts";
import { objectName } from "./object-name.ts";
import type { RuleContext } from "./rule.ts";

/** From PostgreSQL 18 on, NOT NULL is a constraint, which has a name, may be not valid yet and may be for one table alone. */
export function isConstraintAlone({ attributes }: Fact): boolean {
  if (attributes["nullable"] !== false || attributes["local"] === false) return false;
  return attributes["notNullValidated"] === false || attributes["notNullNoInherit"] === true;
}

/** What makes the constraint of a column the target's: NOT NULL itself is there already where the column can say it. */
export function notNullOperations(live: Fact | undefined, target: Fact, context: RuleContext): Operation[] {
  if (target.attributes["nullable"] !== false) return [];
  const { relation, name: column } = target.identity;
  const at = frozen({ schema: context.schema(target.identity) });
  if (!isOwn(target)) {
    const isNowValid = live !== undefined && live.attributes["nullable"] === false && isValid(live) < isValid(target);
    return isNowValid ? [validateConstraint(nameAbove(target, context), relation!, at)] : [];
  }
  const usual = objectName(relation!, column, "not_null");
  const before = live !== undefined && isOwn(live) ? live : undefined;
  const to = constraintName(target);
  if (isConstraintAlone(target) && (before === undefined || isValid(before) > isValid(target))) {
    const dropped = before === undefined ? [] : [alterColumn(relation!, column, frozen({ ...at, nullable: true }))];
    return [...dropped, execute(addSql(target))];
  }
  const from = (before && text(before, "notNullName")) ?? usual;
  const renamed = from === to ? [] : [renameConstraint(relation!, from, to, at)];
  if (before === undefined) return renamed;
  const validated = isValid(before) < isValid(target) ? [validateConstraint(to, relation!, at)] : [];
  return [...renamed, ...inheriting(before, target, to), ...validated];
}

/** What comes with a parent has the name that it has there. */
function nameAbove({ parents: [table], identity: { relation, name } }: Fact, context: RuleContext): string {
  const { facts } = context.target;
  const [above] = parentsOf(facts.get(table!)!).flatMap(
    (parent) => facts.get(keyOf("column", { schema: parent.schema, relation: parent.name, name })) ?? [],
  );
  if (above === undefined) return objectName(relation!, name, "not_null");
  return isOwn(above) ? constraintName(above) : nameAbove(above, context);
}

function constraintName(fact: Fact): string {
  return text(fact, "notNullName") ?? objectName(fact.identity.relation!, fact.identity.name, "not_null");
}

function isOwn({ attributes }: Fact): boolean {
  return attributes["nullable"] === false && attributes["local"] !== false;
}

function isValid({ attributes }: Fact): number {
  return attributes["notNullValidated"] === false ? 0 : 1;
}

function addSql(fact: Fact): string {
  const name = text(fact, "notNullName");
  return [
    `ALTER TABLE ${relationSql(fact)} ADD`,
    name === undefined ? "" : ` CONSTRAINT ${identifier(name)}`,
    ` NOT NULL ${identifier(fact.identity.name)}`,
    fact.attributes["notNullNoInherit"] === true ? " NO INHERIT" : "",
    isValid(fact) === 0 ? " NOT VALID" : "",
  ].join("");
}

function inheriting(live: Fact, target: Fact, name: string): Operation[] {
  const stays = target.attributes["notNullNoInherit"] === true;
  if ((live.attributes["notNullNoInherit"] === true) === stays) return [];
  const word = stays ? "NO INHERIT" : "INHERIT";
  return [execute(`ALTER TABLE ${relationSql(target)} ALTER CONSTRAINT ${identifier(name)} ${word}`)];
}
