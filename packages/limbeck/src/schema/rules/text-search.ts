import { alterTextSearchDictionary } from "../../operations/alter-text-search-dictionary.ts";
import {
  alterTextSearchMapping,
  type AlterTextSearchMappingOptions,
} from "../../operations/alter-text-search-mapping.ts";
import { createTextSearchConfiguration } from "../../operations/create-text-search-configuration.ts";
import { createTextSearchDictionary } from "../../operations/create-text-search-dictionary.ts";
import { dropTextSearchConfiguration } from "../../operations/drop-text-search-configuration.ts";
import { dropTextSearchDictionary } from "../../operations/drop-text-search-dictionary.ts";
import { execute } from "../../operations/execute.ts";
import { frozen } from "../../operations/language/freeze.ts";
import { nameSql } from "../../operations/language/identifiers.ts";
import type { Sql } from "../../operations/language/sql-text.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Fact } from "../fact.ts";
import { changedNames, reference, text, type Reference } from "./attributes.ts";
import { named, objectSql, qualifiedSql } from "./names.ts";
import { inPlace, REPLACE, type Rule, type RuleContext } from "./rule.ts";

type DictionaryOptions = Readonly<Record<string, string | number>>;

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
  create: (fact, context) => [
    createTextSearchDictionary(
      fact.identity.name,
      frozen({
        schema: context.schema(fact.identity),
        template: named(reference(fact, "template")!, context),
        options: Object.keys(settings(fact)).length === 0 ? undefined : settings(fact),
      }),
    ),
  ],
  drop: (fact, context) => [dropTextSearchDictionary(fact.identity.name, context.at(fact))],
  change(live, target, context) {
    if (changedNames(live, target).has("template")) return REPLACE;
    const [here, there] = [settings(live), settings(target)];
    const names = [...new Set([...Object.keys(here), ...Object.keys(there)])].filter(
      (name) => here[name] !== there[name],
    );
    const of = (options: DictionaryOptions): Record<string, string | number | null> =>
      Object.fromEntries(names.map((name) => [name, options[name] ?? null]));
    const at = frozen({ schema: context.schema(target.identity), existing: of(here) });
    return inPlace(alterTextSearchDictionary(target.identity.name, of(there), at));
  },
};

/** The options of a dictionary, which the catalogs have as a list of `name = 'value'`, and of `name = 1` for numbers. */
function settings(fact: Fact): DictionaryOptions {
  const list = [
    ...(text(fact, "options") ?? "").matchAll(/("(?:[^"]|"")+"|\w+) = (?:(E?)'((?:[^']|'')*)'|([-+.\w]+))/g),
  ];
  return Object.fromEntries(
    list.map(([, name, escaped, value, bare]) => [
      name!.startsWith('"') ? name!.slice(1, -1).replaceAll('""', '"') : name!,
      bare === undefined
        ? (escaped === "" ? value! : value!.replaceAll("\\\\", "\\")).replaceAll("''", "'")
        : Number(bare),
    ]),
  );
}

type Dictionaries = readonly (string | Sql)[];

/** The dictionaries for each kind of word. */
function mappings({ attributes }: Fact, context: RuleContext): ReadonlyMap<string, Dictionaries> {
  const list = attributes["mappings"] as unknown as readonly {
    readonly token: string;
    readonly dictionaries: readonly Reference[];
  }[];
  return new Map(
    list.map(({ token, dictionaries }) => [token, dictionaries.map((dictionary) => named(dictionary, context))]),
  );
}

/** Kinds of words that have the same dictionaries, before and after. */
interface Group {
  readonly tokens: string[];
  readonly before: Dictionaries;
  readonly after: Dictionaries;
}

function grouped(live: ReadonlyMap<string, Dictionaries>, target: ReadonlyMap<string, Dictionaries>): Group[] {
  const groups = new Map<string, Group>();
  for (const token of new Set([...live.keys(), ...target.keys()])) {
    const [before, after] = [live.get(token) ?? [], target.get(token) ?? []];
    const [was, is] = [before, after].map((list) => list.map(nameSql).join(", "));
    if (was === is) continue;
    const key = `${was} > ${is}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { tokens: [token], before, after });
    else group.tokens.push(token);
  }
  return [...groups.values()];
}

function mappingChanges(live: Fact | undefined, target: Fact, context: RuleContext): Operation[] {
  const schema = context.schema(target.identity);
  const before = live === undefined ? new Map<string, Dictionaries>() : mappings(live, context);
  return grouped(before, mappings(target, context)).map(({ tokens, before: old, after }) => {
    const change: AlterTextSearchMappingOptions =
      after.length === 0
        ? { drop: { tokens, dictionaries: old } }
        : old.length === 0
          ? { add: { tokens, dictionaries: after } }
          : { alter: { tokens, dictionaries: after }, existing: old };
    return alterTextSearchMapping(target.identity.name, frozen({ schema, ...change }));
  });
}

export const textSearchConfigurationRule: Rule = {
  create: (fact, context) => [
    createTextSearchConfiguration(
      fact.identity.name,
      frozen({ schema: context.schema(fact.identity), parser: named(reference(fact, "parser")!, context) }),
    ),
    ...mappingChanges(undefined, fact, context),
  ],
  drop: (fact, context) => [dropTextSearchConfiguration(fact.identity.name, context.at(fact))],
  change(live, target, context) {
    if (changedNames(live, target).has("parser")) return REPLACE;
    return inPlace(...mappingChanges(live, target, context));
  },
};
