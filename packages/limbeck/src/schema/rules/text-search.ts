import { execute } from "../../operations/execute.ts";
import { identifier } from "../../operations/language/identifiers.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Attributes, Fact } from "../fact.ts";
import { changedNames, reference, text, type Reference } from "./attributes.ts";
import { objectSql, qualifiedSql } from "./names.ts";
import { inPlace, REPLACE, type Rule } from "./rule.ts";

const drop = (fact: Fact): Operation[] => [execute(`DROP ${objectSql(fact.identity, fact.kind)}`)];

function functions(fact: Fact, words: Readonly<Record<string, string>>): string {
  return Object.entries(words)
    .flatMap(([word, name]) => {
      const value = reference(fact, name);
      return value === undefined ? [] : [`${word} = ${qualifiedSql(value)}`];
    })
    .join(", ");
}

export const textSearchParserRule: Rule = {
  create: (fact) => [
    execute(
      `CREATE ${objectSql(fact.identity, fact.kind)} (${functions(fact, {
        START: "start",
        GETTOKEN: "getToken",
        END: "end",
        HEADLINE: "headline",
        LEXTYPES: "lexTypes",
      })})`,
    ),
  ],
  drop,
};

export const textSearchTemplateRule: Rule = {
  create: (fact) => [
    execute(`CREATE ${objectSql(fact.identity, fact.kind)} (${functions(fact, { INIT: "init", LEXIZE: "lexize" })})`),
  ],
  drop,
};

export const textSearchDictionaryRule: Rule = {
  create(fact) {
    const options = text(fact, "options");
    const template = qualifiedSql(reference(fact, "template")!);
    return [
      execute(
        `CREATE ${objectSql(fact.identity, fact.kind)} (TEMPLATE = ${template}${options === undefined ? "" : `, ${options}`})`,
      ),
    ];
  },
  drop,
  change(live, target) {
    if (changedNames(live, target).has("template")) return REPLACE;
    const settings = (fact: Fact): string[] =>
      [...(text(fact, "options") ?? "").matchAll(/(?:\w+|"(?:[^"]|"")+") = (?:'(?:[^']|'')*'|[^\s,]+)/g)].map(
        ([all]) => all,
      );
    const names = (fact: Fact): string[] => settings(fact).map((setting) => setting.split(" = ")[0]!);
    const gone = names(live).filter((name) => !names(target).includes(name));
    const list = [...settings(target), ...gone];
    return inPlace(execute(`ALTER ${objectSql(target.identity, target.kind)} (${list.join(", ")})`));
  },
};

interface Mapping {
  readonly token: string;
  readonly dictionaries: readonly Reference[];
}

function mappings({ attributes }: { readonly attributes: Attributes }): ReadonlyMap<string, string> {
  const list = attributes["mappings"] as unknown as readonly Mapping[];
  return new Map(list.map(({ token, dictionaries }) => [token, dictionaries.map(qualifiedSql).join(", ")]));
}

/** One statement for all tokens that the same dictionaries are asked about. */
function mappingSql(
  fact: Fact,
  verb: "ADD" | "ALTER",
  changed: readonly (readonly [token: string, dictionaries: string])[],
): Operation[] {
  const grouped = new Map<string, string[]>();
  for (const [token, dictionaries] of changed) grouped.set(dictionaries, [...(grouped.get(dictionaries) ?? []), token]);
  return [...grouped].map(([dictionaries, tokens]) =>
    execute(
      `ALTER ${objectSql(fact.identity, fact.kind)} ${verb} MAPPING FOR ${tokens.map(identifier).join(", ")} WITH ${dictionaries}`,
    ),
  );
}

export const textSearchConfigurationRule: Rule = {
  create: (fact) => [
    execute(`CREATE ${objectSql(fact.identity, fact.kind)} (PARSER = ${qualifiedSql(reference(fact, "parser")!)})`),
    ...mappingSql(fact, "ADD", [...mappings(fact)]),
  ],
  drop,
  change(live, target) {
    if (changedNames(live, target).has("parser")) return REPLACE;
    const [here, there] = [mappings(live), mappings(target)];
    const gone = [...here.keys()].filter((token) => !there.has(token));
    return inPlace(
      ...(gone.length === 0
        ? []
        : [
            execute(
              `ALTER ${objectSql(target.identity, target.kind)} DROP MAPPING FOR ${gone.map(identifier).join(", ")}`,
            ),
          ]),
      ...mappingSql(
        target,
        "ALTER",
        [...there].filter(([token, list]) => here.has(token) && here.get(token) !== list),
      ),
      ...mappingSql(
        target,
        "ADD",
        [...there].filter(([token]) => !here.has(token)),
      ),
    );
  },
};
