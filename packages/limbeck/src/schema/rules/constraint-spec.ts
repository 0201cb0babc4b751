import type { ForeignKeyOptions, ReferenceAction } from "../../operations/language/column.ts";
import {
  check,
  exclude,
  foreignKey,
  primaryKey,
  unique,
  type ConstraintSpec,
} from "../../operations/language/constraint.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Fact } from "../fact.ts";
import { condition, flag, reference, some, text, texts } from "./attributes.ts";
import type { RuleContext } from "./rule.ts";

/** Whether CREATE TABLE can say all that the constraint is. */
export function isInline(fact: Fact): boolean {
  const isWhole = fact.attributes["validated"] !== false && fact.attributes["valid"] !== false;
  return isPlain(fact) && text(fact, "type") !== "exclusion" && isWhole;
}

/** Whether the operations have words for it; otherwise it is written as SQL. */
export function isPlain(fact: Fact): boolean {
  const { attributes } = fact;
  const isOrdinary =
    attributes["withoutOverlaps"] !== true && attributes["period"] !== true && attributes["enforced"] !== false;
  const options = texts(fact, "options");
  return (
    isOrdinary && options.length === 0 && text(fact, "tablespace") === undefined && text(fact, "type") !== "exclusion"
  );
}

export function deferral(fact: Fact): { readonly deferrable?: true; readonly initially?: "deferred" } {
  if (!flag(fact, "deferrable")) return {};
  return text(fact, "initially") === "deferred" ? { deferrable: true, initially: "deferred" } : { deferrable: true };
}

export function keyOptions(fact: Fact): object {
  return {
    include: some(texts(fact, "include")),
    nullsNotDistinct: flag(fact, "nullsNotDistinct") || undefined,
    ...deferral(fact),
  };
}

export function referenceOptions(fact: Fact): ForeignKeyOptions {
  const action = (name: string): ReferenceAction | undefined => {
    const value = text(fact, name);
    return value === "no action" ? undefined : (value as ReferenceAction | undefined);
  };
  return frozen({
    onDelete: action("onDelete"),
    onDeleteColumns: some(texts(fact, "onDeleteColumns")),
    onUpdate: action("onUpdate"),
    match: text(fact, "match") === "full" ? "full" : undefined,
    ...deferral(fact),
  });
}

/** A constraint as createTable takes it. */
export function constraintSpec(fact: Fact, context: RuleContext): ConstraintSpec {
  const { name } = fact.identity;
  switch (text(fact, "type")) {
    case "primary key":
      return primaryKey(texts(fact, "columns"), frozen({ name, ...keyOptions(fact) }));
    case "unique":
      return unique(texts(fact, "columns"), frozen({ name, ...keyOptions(fact) }));
    case "check":
      return check(condition(fact, "expression")!, frozen({ name, noInherit: flag(fact, "noInherit") || undefined }));
    case "foreign key": {
      const other = reference(fact, "references")!;
      const referencedSchema = context.schemaNamed(other.schema);
      const options = frozen({ name, referencedSchema, ...referenceOptions(fact) });
      return foreignKey(texts(fact, "columns"), other.name, texts(fact, "referencedColumns"), options);
    }
    default:
      return exclude([{ element: sql.raw(""), operator: "=" }]);
  }
}
