import { alterColumn } from "../../operations/alter-column.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { Operation } from "../../operations/operation.ts";
import { renameConstraint } from "../../operations/rename-constraint.ts";
import { validateConstraint } from "../../operations/validate-constraint.ts";
import { parentsOf } from "../expand.ts";
import { keyOf, type Fact } from "../fact.ts";
import { columnsAbove } from "../inheritance.ts";
import type { Side } from "../side.ts";
import { text } from "./attributes.ts";
import { relationSql } from "./names.ts";
import { objectName } from "./object-name.ts";
import type { RuleContext } from "./rule.ts";

/** From PostgreSQL 18 on, NOT NULL is a constraint, which has a name, may be not valid yet and may be for one table alone. */
export function isConstraintAlone(fact: Fact, { target }: RuleContext): boolean {
  if (fact.attributes["local"] === false && !isOwn(fact, target)) return false;
  return fact.attributes["nullable"] === false && (isValid(fact) === 0 || fact.attributes["notNullNoInherit"] === true);
}

/** What makes the constraint of a column the target's: NOT NULL itself is there already where the column can say it. */
export function notNullOperations(live: Fact | undefined, target: Fact, context: RuleContext): Operation[] {
  if (target.attributes["nullable"] !== false) return [];
  const { relation, name: column } = target.identity;
  const at = context.at(target);
  if (live !== undefined && !isOwn(target, context.target)) {
    const isNowValid = live.attributes["nullable"] === false && isValid(live) < isValid(target);
    return isNowValid ? [validateConstraint(nameIn(context.target, target), relation!, at)] : [];
  }
  const before = live?.attributes["nullable"] === false ? live : undefined;
  const to = constraintName(target);
  if (isConstraintAlone(target, context) && (before === undefined || isValid(before) > isValid(target))) {
    const dropped = before === undefined ? [] : [alterColumn(relation!, column, frozen({ ...at, nullable: true }))];
    return [...dropped, execute(addSql(target))];
  }
  const from = before === undefined ? usualName(target) : nameIn(context.live, before);
  const renamed =
    from === to || isNamedAtOnce(live, target, context) ? [] : [renameConstraint(relation!, from, to, at)];
  if (before === undefined) return renamed;
  const validated = isValid(before) < isValid(target) ? [validateConstraint(to, relation!, at)] : [];
  return [...renamed, ...inheriting(before, target, to), ...validated];
}

/** NOT NULL with its name: in a family of tables it may meet one that is there, of which the name stays. */
export function namedNotNull(live: Fact, target: Fact, context: RuleContext): Operation[] {
  return isNamedAtOnce(live, target, context) ? [execute(addSql(target))] : [];
}

function isNamedAtOnce(live: Fact | undefined, target: Fact, { target: side }: RuleContext): boolean {
  if (live?.attributes["nullable"] !== true || text(target, "notNullName") === undefined) return false;
  const [table] = target.parents;
  return [...side.facts.values()].some((other) =>
    parentsOf(other).some((parent) => other.key === table || keyOf("table", parent) === table),
  );
}

/** The name of a column's constraint: what comes with a parent has the name that it has there. */
function nameIn(side: Side, fact: Fact): string {
  const [above] = columnsAbove(fact, side.facts).filter(gives);
  return above === undefined || text(fact, "notNullName") !== undefined ? constraintName(fact) : nameIn(side, above);
}

function constraintName(fact: Fact): string {
  return text(fact, "notNullName") ?? usualName(fact);
}

function usualName({ identity: { relation, name } }: Fact): string {
  return objectName(relation!, name, "not_null");
}

/** Whether the constraint is the table's, and not just a parent's. */
function isOwn(fact: Fact, { facts }: Side): boolean {
  if (fact.attributes["nullable"] !== false) return false;
  return text(fact, "notNullName") !== undefined || !columnsAbove(fact, facts).some(gives);
}

function gives({ attributes }: Fact): boolean {
  return attributes["nullable"] === false && attributes["notNullNoInherit"] !== true;
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
