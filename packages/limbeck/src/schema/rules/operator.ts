import { createCast } from "../../operations/create-cast.ts";
import { createOperator } from "../../operations/create-operator.ts";
import { dropCast } from "../../operations/drop-cast.ts";
import { dropOperator } from "../../operations/drop-operator.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { identifier, nameSql } from "../../operations/language/identifiers.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, flag, onlyChanged, reference, text } from "./attributes.ts";
import { named, objectSql, qualifiedSql, sidesOf } from "./names.ts";
import { inPlace, REPLACE, type Rule, type RuleContext } from "./rule.ts";
import { displayedType } from "./types.ts";

const drop = (fact: Fact): Operation[] => [execute(`DROP ${objectSql(fact.identity, fact.kind)}`)];

export const operatorRule: Rule = {
  create(fact, context) {
    const { left, right } = sidesOf(fact.identity, context);
    const estimator = (name: string): string | undefined => {
      const found = reference(fact, name);
      return found && nameSql(named(found, context));
    };
    const options = {
      schema: context.schema(fact.identity),
      left: left ?? undefined,
      right,
      function: named(reference(fact, "function")!, context),
      commutator: text(fact, "commutator"),
      negator: text(fact, "negator"),
      restrict: estimator("restrict"),
      join: estimator("join"),
      hashes: flag(fact, "hashes") || undefined,
      merges: flag(fact, "merges") || undefined,
    };
    return [createOperator(fact.identity.name, frozen(options))];
  },
  drop(fact, context) {
    const { left, right } = sidesOf(fact.identity, context);
    return [dropOperator(fact.identity.name, left, right, context.at(fact))];
  },
  change(live, target) {
    if (!onlyChanged(changedNames(live, target), "restrict", "join")) return REPLACE;
    const estimators = ["restrict", "join"].map((name) => {
      const estimator = reference(target, name);
      return `${name.toUpperCase()} = ${estimator === undefined ? "NONE" : qualifiedSql(estimator)}`;
    });
    return inPlace(execute(`ALTER ${objectSql(target.identity, "operator")} SET (${estimators.join(", ")})`));
  },
};

interface Member {
  readonly number: number;
  readonly operator?: string;
  readonly function?: string;
  readonly leftType: string;
  readonly rightType: string;
  readonly orderBy?: string | null;
}

function members(fact: Fact, name: "operators" | "functions"): readonly Member[] {
  return (fact.attributes[name] ?? []) as unknown as readonly Member[];
}

function memberList(fact: Fact): string[] {
  return [
    ...members(fact, "operators").map(
      ({ number, operator, leftType, rightType, orderBy }) =>
        `OPERATOR ${number} ${plain(operator!)} (${leftType}, ${rightType})${orderBy ? ` FOR ORDER BY ${orderBy}` : ""}`,
    ),
    ...members(fact, "functions").map(
      ({ number, function: called, leftType, rightType }) => `FUNCTION ${number} (${leftType}, ${rightType}) ${called}`,
    ),
  ];
}

/** The operators and functions among the members, which the catalogs hang on the family one by one. */
function memberKeys(fact: Fact, facts: ReadonlyMap<string, Fact>): string[] {
  const operators = members(fact, "operators").map(
    ({ operator, leftType, rightType }) => `${plain(operator!)}(${leftType}, ${rightType})`,
  );
  const functions = members(fact, "functions").map((member) => member.function!);
  const wanted = new Set([...operators, ...functions].map(compact));
  return [...facts.values()].flatMap(({ kind, identity, key }) => {
    if (kind !== "operator" && kind !== "function") return [];
    const { schema, name, signature } = identity;
    const names = kind === "operator" ? `${identifier(schema!)}.${name}` : qualifiedSql({ schema, name });
    return wanted.has(compact(`${names}(${signature})`)) ? [key] : [];
  });
}

function plain(operator: string): string {
  return operator.replace(/^OPERATOR\((.*)\)$/, "$1");
}

function compact(signature: string): string {
  return signature.replace(/, /g, ",");
}

export const operatorFamilyRule: Rule = {
  create(fact) {
    return [execute(`CREATE ${objectSql(fact.identity, fact.kind)}`)];
  },
  isAnnounced: "for use",
  finish(fact, { target }) {
    const loose = memberList(fact);
    if (loose.length === 0) return undefined;
    return {
      operations: [execute(`ALTER ${objectSql(fact.identity, fact.kind)} ADD ${loose.join(", ")}`)],
      needs: [
        ...memberKeys(fact, target.facts),
        ...[...target.neededBy(fact.key)].filter((key) => key.startsWith("operator class ")),
      ],
    };
  },
  drop,
  change(live, target) {
    const family = objectSql(target.identity, target.kind);
    const [here, there] = [memberList(live), memberList(target)];
    const gone = [
      ...members(live, "operators").map(
        ({ number, leftType, rightType }) => `OPERATOR ${number} (${leftType}, ${rightType})`,
      ),
      ...members(live, "functions").map(
        ({ number, leftType, rightType }) => `FUNCTION ${number} (${leftType}, ${rightType})`,
      ),
    ].filter((_, index) => !there.includes(here[index]!));
    const added = there.filter((member) => !here.includes(member));
    return {
      operations: [
        ...(gone.length === 0 ? [] : [execute(`ALTER ${family} DROP ${gone.join(", ")}`)]),
        ...(added.length === 0 ? [] : [execute(`ALTER ${family} ADD ${added.join(", ")}`)]),
      ],
    };
  },
};

export const operatorClassRule: Rule = {
  create(fact) {
    const { identity } = fact;
    const family = reference(fact, "family")!;
    const storage = text(fact, "storage");
    const items = [...memberList(fact), ...(storage === undefined ? [] : [`STORAGE ${storage}`])];
    return [
      execute(
        `CREATE OPERATOR CLASS ${qualifiedSql(identity)} ${flag(fact, "default") ? "DEFAULT " : ""}FOR TYPE ${text(fact, "type")}` +
          ` USING ${identifier(text(fact, "method")!)} FAMILY ${qualifiedSql(family)} AS ${items.length === 0 ? `STORAGE ${text(fact, "type")}` : items.join(", ")}`,
      ),
    ];
  },
  drop,
};

export const castRule: Rule = {
  create(fact, context) {
    const method = text(fact, "method");
    const when = text(fact, "context");
    const options = {
      function: method === "function" ? text(fact, "function") : undefined,
      by: method === "function" ? undefined : (method as "inout" | "binary"),
      as: when === "explicit" ? undefined : (when as "assignment" | "implicit"),
    };
    return [createCast(...castTypes(fact, context), frozen(options))];
  },
  drop: (fact, context) => [dropCast(...castTypes(fact, context))],
};

function castTypes(fact: Fact, context: RuleContext): [source: string, target: string] {
  return [displayedType(text(fact, "source")!, context), displayedType(text(fact, "target")!, context)];
}

export const transformRule: Rule = {
  create(fact) {
    const parts = [
      text(fact, "fromSql") && `FROM SQL WITH FUNCTION ${text(fact, "fromSql")}`,
      text(fact, "toSql") && `TO SQL WITH FUNCTION ${text(fact, "toSql")}`,
    ].filter(Boolean);
    return [
      execute(
        `CREATE TRANSFORM FOR ${text(fact, "type")} LANGUAGE ${identifier(text(fact, "language")!)} (${parts.join(", ")})`,
      ),
    ];
  },
  drop,
};
