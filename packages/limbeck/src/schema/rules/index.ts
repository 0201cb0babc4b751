import { alterIndex } from "../../operations/alter-index.ts";
import { createIndex } from "../../operations/create-index.ts";
import { dropIndex } from "../../operations/drop-index.ts";
import { frozen } from "../../operations/language/freeze.ts";
import type { IndexColumn } from "../../operations/language/index-column.ts";
import { sql } from "../../operations/language/sql.ts";
import type { Sql } from "../../operations/language/sql-text.ts";
import type { Operation } from "../../operations/operation.ts";
import { hasMoved } from "../attributes.ts";
import type { Attributes, Fact } from "../fact.ts";
import {
  changedNames,
  changedParameters,
  condition,
  flag,
  onlyChanged,
  parameters,
  some,
  text,
  texts,
  withoutParentheses,
} from "./attributes.ts";
import { indexSettings, relationOf } from "./index-settings.ts";
import { isMadeAlone, isOfPartitioned, joining, joins, leavesItsWhole } from "./partition-index.ts";
import { REPLACE, type Change, type Rule, type RuleContext } from "./rule.ts";

export const indexRule: Rule = { create, drop, change, finish: joins };

function create(fact: Fact, context: RuleContext): Operation[] {
  const after = [...statistics(undefined, fact, context), ...indexSettings(undefined, fact, context)];
  if (context.isImplied(fact)) return after;
  const method = text(fact, "method");
  const made = createIndex(
    fact.identity.name,
    relationOf(fact),
    columnsOf(fact).map(indexColumn),
    frozen({
      schema: context.schema(fact.identity),
      unique: flag(fact, "unique") || undefined,
      using: method === "btree" ? undefined : method,
      include: some(texts(fact, "include")),
      nullsNotDistinct: flag(fact, "nullsNotDistinct") || undefined,
      with: parameters(fact),
      tablespace: text(fact, "tablespace"),
      where: condition(fact, "where"),
      only: isMadeAlone(fact, context) || undefined,
    }),
  );
  return [made, ...after];
}

/** A column of an index as facts have it. */
interface Key {
  readonly column?: string;
  readonly expression?: string;
  readonly collation: string | null;
  readonly opclass: string | null;
  readonly opclassOptions: readonly string[];
  readonly order: "asc" | "desc" | null;
  readonly nulls: "first" | "last" | null;
  readonly statistics: number | null;
}

function columnsOf(fact: Fact): readonly Key[] {
  return fact.attributes["columns"] as unknown as readonly Key[];
}

function indexColumn(key: Key): string | Sql | IndexColumn {
  const column = key.column ?? sql.raw(withoutParentheses(key.expression!));
  const options = frozen({
    collation: simpleName(key.collation),
    opclass: opclassSql(key),
    order: key.order ?? undefined,
    nulls: key.nulls ?? undefined,
  });
  return Object.keys(options).length === 0 ? column : { column, ...options };
}

/** A collation is given by its name alone; it is found in pg_catalog or in the search path. */
function simpleName(collation: string | null): string | undefined {
  if (collation === null) return undefined;
  const [, bare, quoted] = /(?:^|\.)(?:([a-z_][a-z0-9_$]*)|"((?:[^"]|"")+)")$/.exec(collation) ?? [];
  return bare ?? quoted!.replaceAll('""', '"');
}

function opclassSql({ opclass, opclassOptions }: Key): string | undefined {
  if (opclass === null) return undefined;
  const name = opclass.replace(/^pg_catalog\./, "");
  const options = opclassOptions.map((option) =>
    option.replace(/=(.*)$/s, (_, value: string) => `='${value.replaceAll("'", "''")}'`),
  );
  return options.length === 0 ? name : `${name} (${options.join(", ")})`;
}

function statistics(live: Fact | undefined, target: Fact, context: RuleContext): Operation[] {
  const targets = (fact: Fact): readonly (number | null)[] => columnsOf(fact).map((key) => key.statistics);
  const [here, there] = [live === undefined ? [] : targets(live), targets(target)];
  const changes: [number, number][] = there.flatMap((value, index) =>
    (here[index] ?? null) === value ? [] : [[index + 1, value ?? -1] as [number, number]],
  );
  if (changes.length === 0) return [];
  return [
    alterIndex(
      target.identity.name,
      frozen({ schema: context.schema(target.identity), statistics: Object.fromEntries(changes) }),
    ),
  ];
}

function drop(fact: Fact, context: RuleContext): Operation[] {
  // The key of a partition does not go with the index that its own belongs to.
  const cascade = context.live.partsOf(fact.key).some(({ kind }) => kind === "constraint") || undefined;
  return [dropIndex(fact.identity.name, frozen({ schema: context.schema(fact.identity), cascade }))];
}

function change(live: Fact, target: Fact, context: RuleContext): Change | typeof REPLACE {
  if (hasMoved(live, target)) return REPLACE;
  const changed = changedNames(live, target);
  const inPlace = ["options", "tablespace", "clustered", "replicaIdentity", "valid", "partOf", "columns"];
  if (!onlyChanged(changed, ...inPlace) || !differOnlyInStatistics(live, target)) return REPLACE;
  if (changed.has("valid") && !isOfPartitioned(target, context)) return REPLACE;
  if (changed.has("valid") && live.attributes["valid"] === true) return REPLACE;
  if (leavesItsWhole(live, target, context)) return REPLACE;
  if (changed.has("options") && isOfPartitioned(target, context)) return REPLACE;
  const operations: Operation[] = [];
  if (changed.has("options")) {
    const settings = changedParameters(texts(live, "options"), texts(target, "options"));
    operations.push(
      alterIndex(target.identity.name, frozen({ schema: context.schema(target.identity), parameters: settings })),
    );
  }
  operations.push(...statistics(live, target, context), ...indexSettings(live, target, context));
  return { operations, unrelated: !changed.has("partOf"), ...joining(changed, target, context) };
}

function differOnlyInStatistics(live: Fact, target: Fact): boolean {
  const rest = (fact: Fact): string =>
    JSON.stringify(columnsOf(fact).map((key) => ({ ...(key as unknown as Attributes), statistics: null })));
  return rest(live) === rest(target);
}
