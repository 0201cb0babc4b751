import { createRangeType } from "../../operations/create-range-type.ts";
import { createType } from "../../operations/create-type.ts";
import { dropType } from "../../operations/drop-type.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import { quote } from "../../operations/language/literals.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Sql } from "../../operations/language/sql-text.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, flag, number, reference, text, type Reference } from "./attributes.ts";
import { hasSimpleCollation, simpleCollation } from "./column-spec.ts";
import { qualifiedSql } from "./names.ts";
import { inPlace, REPLACE, type Rule, type RuleContext } from "./rule.ts";
import { reshaping } from "./reshaped-type.ts";
import { heldAsText, released } from "./type-swap.ts";
import { displayedType } from "./types.ts";

const drop = (fact: Fact, context: RuleContext): Operation[] => [
  ...heldAsText(fact, context),
  dropType(fact.identity.name, context.at(fact)),
];

export const compositeTypeRule: Rule = {
  create: (fact, context) => [
    compositeType(fact, context),
    ...(reshaping(fact, context)?.after ?? released(fact, context)),
  ],
  drop: (fact, context) => reshaping(fact, context)?.before ?? drop(fact, context),
  absorbs: (part) => part.kind === "column",
};

function compositeType(fact: Fact, context: RuleContext): Operation {
  const columns = context
    .absorbedBy(fact)
    .filter(({ kind }) => kind === "column")
    .toSorted((a, b) => a.position - b.position);
  if (!columns.every(hasSimpleCollation)) {
    const list = columns.map((column) => {
      const collation = text(column, "collation");
      return `${identifier(column.identity.name)} ${text(column, "type")}${collation === undefined ? "" : ` COLLATE ${collation}`}`;
    });
    return execute(`CREATE TYPE ${qualifiedSql(fact.identity)} AS (${list.join(", ")})`);
  }
  const attributes = columns.map((column) =>
    frozen({
      name: column.identity.name,
      type: displayedType(text(column, "type")!, context),
      collation: simpleCollation(column),
    }),
  );
  return createType(fact.identity.name, attributes, context.at(fact));
}

export const rangeTypeRule: Rule = {
  create(fact, context) {
    const named = (name: string): ReturnType<typeof sql.raw> | undefined => {
      const value = reference(fact, name);
      return value && sql.raw(qualifiedSql(value));
    };
    const raw = (name: string): ReturnType<typeof sql.raw> | undefined => {
      const value = text(fact, name);
      return value === undefined ? undefined : sql.raw(value);
    };
    return [
      createRangeType(
        fact.identity.name,
        frozen({
          schema: context.schema(fact.identity),
          subtype: displayedType(text(fact, "subtype")!, context),
          opclass: raw("opclass"),
          collation: raw("collation"),
          canonical: named("canonical"),
          subtypeDiff: named("subtypeDiff"),
          multirangeName: multirangeName(fact),
        }),
      ),
      ...released(fact, context),
    ];
  },
  drop,
};

/** Undefined for the one that PostgreSQL makes by itself, beside the range type. */
function multirangeName({ identity, attributes }: Fact): string | Sql | undefined {
  if (!attributes["multirange"]) return undefined;
  const { schema, name } = attributes["multirange"] as unknown as Reference;
  if (schema !== identity.schema) return sql.identifier(schema, name);
  return name === usualMultirange(identity.name) ? undefined : name;
}

/** As PostgreSQL names it (`makeMultirangeTypeName`). */
function usualMultirange(name: string): string {
  return name.includes("range") ? name.replace("range", "multirange") : `${name}_multirange`;
}

export const shellTypeRule: Rule = {
  create: (fact) => [execute(`CREATE TYPE ${qualifiedSql(fact.identity)}`)],
  drop,
};

/** The functions of a base type speak of it, so it is announced before them and defined after them. */
export const baseTypeRule: Rule = {
  isAnnounced: "by name",
  create: (fact) => [execute(`CREATE TYPE ${qualifiedSql(fact.identity)}`)],
  finish: (fact, context) => ({
    operations: [execute(`CREATE TYPE ${qualifiedSql(fact.identity)} (${baseTypeSql(fact)})`)],
    needs: [...context.target.needs(fact.key)],
  }),
  drop: (fact) => [execute(`DROP TYPE ${qualifiedSql(fact.identity)} CASCADE`)],
  change(live, target) {
    const changed = [...changedNames(live, target)];
    if (!changed.every((name) => ALTERABLE.has(name) && target.attributes[name] !== null)) return REPLACE;
    const settings = changed.map((name) => {
      const value = name === "storage" ? text(target, name)! : qualifiedSql(reference(target, name)!);
      return `${name.replace(/[A-Z]/, (letter) => `_${letter}`).toUpperCase()} = ${value}`;
    });
    return inPlace(execute(`ALTER TYPE ${qualifiedSql(target.identity)} SET (${settings.join(", ")})`));
  },
};

/** What ALTER TYPE … SET changes (13). */
const ALTERABLE: ReadonlySet<string> = new Set([
  "receive",
  "send",
  "typmodIn",
  "typmodOut",
  "analyze",
  "subscript",
  "storage",
]);

function baseTypeSql(fact: Fact): string {
  const functions = [
    ["INPUT", "input"],
    ["OUTPUT", "output"],
    ["RECEIVE", "receive"],
    ["SEND", "send"],
    ["TYPMOD_IN", "typmodIn"],
    ["TYPMOD_OUT", "typmodOut"],
    ["ANALYZE", "analyze"],
    ["SUBSCRIPT", "subscript"],
  ].flatMap(([word, name]) => {
    const value = reference(fact, name!);
    return value === undefined ? [] : [`${word} = ${qualifiedSql(value)}`];
  });
  const length = number(fact, "length");
  const rest = [
    `INTERNALLENGTH = ${length === -1 ? "VARIABLE" : length}`,
    flag(fact, "byValue") && "PASSEDBYVALUE",
    `ALIGNMENT = ${text(fact, "alignment")}`,
    `STORAGE = ${text(fact, "storage")}`,
    `CATEGORY = ${quote(text(fact, "category")!)}`,
    flag(fact, "preferred") && "PREFERRED = true",
    text(fact, "default") !== undefined && `DEFAULT = ${quote(text(fact, "default")!)}`,
    text(fact, "element") !== undefined && `ELEMENT = ${text(fact, "element")}`,
    text(fact, "delimiter") !== "," && `DELIMITER = ${quote(text(fact, "delimiter")!)}`,
    flag(fact, "collatable") && "COLLATABLE = true",
  ].filter((part): part is string => typeof part === "string");
  return [...functions, ...rest].join(", ");
}
