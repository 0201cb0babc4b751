import type { Fact } from "../fact.ts";
import { reference, text } from "./attributes.ts";
import { qualifiedSql } from "./names.ts";
import type { RuleContext } from "./rule.ts";

/** A column of a type that another one takes the place of. */
export interface SwappedColumn {
  readonly fact: Fact;
  readonly array: boolean;
}

/** The columns that are of a type before and after. What inherits from their table or is a part of it follows. */
export function swappedColumns(type: Fact, { live, target, fateOf }: RuleContext): SwappedColumn[] {
  const name = qualifiedSql(type.identity);
  return [...live.neededBy(type.key)].toSorted().flatMap((key) => {
    const [here, there] = [live.facts.get(key)!, target.facts.get(key)];
    if (here.kind !== "column" || there === undefined || !["kept", "changed"].includes(fateOf(key))) return [];
    const types = [text(here, "type"), text(there, "type")];
    const array = types[0] === `${name}[]`;
    const isOfType = types.every((each) => each === name || each === `${name}[]`) && types[0] === types[1];
    return isOfType && !isInherited(here, live) ? [{ fact: here, array }] : [];
  });
}

function isInherited(column: Fact, live: RuleContext["live"]): boolean {
  if (column.attributes["inherited"] !== true) return false;
  const table = column.parents.map((key) => live.facts.get(key)).find((fact) => fact?.kind === "table");
  return table !== undefined && reference(table, "partitionOf") !== undefined;
}

/** The partitioned tables whose key has a column in it, which can be altered nowhere then. */
export function keyedBy(columns: readonly Fact[], { live }: RuleContext): string[] {
  return columns.flatMap(({ parents, identity }) =>
    parents.filter((key) => {
      const partitionKey = live.facts.get(key)?.attributes["partitionKey"];
      return typeof partitionKey === "string" && namesIn(partitionKey).includes(identity.name);
    }),
  );
}

function namesIn(sql: string): string[] {
  return [...sql.matchAll(/"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*)/gu)].map(
    ([, quoted, bare]) => bare ?? quoted!.replaceAll('""', '"'),
  );
}
