import { equalIn } from "./attributes.ts";
import { keyOf, type Attribute, type Fact, type Schema } from "./fact.ts";

type Facts = ReadonlyMap<string, Fact>;

/** The columns whose type or collation changes. */
export function retypedColumns(live: Facts, target: Facts): string[] {
  return [...live.values()].flatMap((fact) => {
    const next = fact.kind === "column" ? target.get(fact.key) : undefined;
    if (next === undefined || equalIn(["type", "collation"], fact.attributes, next.attributes)) return [];
    return [fact.key];
  });
}

/**
 * What PostgreSQL forgets when it gives columns another type: how they are stored, and the settings of what it makes anew
 * on them, which are the statistics targets, the owners of statistics objects and the comments on indexes of partitions.
 */
export function forgetWithTypes(
  columns: readonly string[],
  facts: Map<string, Fact>,
  dependencies: Schema["dependencies"],
  user: string | null,
): void {
  if (columns.length === 0) return;
  const retyped = new Set(columns);
  const change = (key: string, attributes: { readonly [name: string]: Attribute }): void => {
    const fact = facts.get(key);
    if (fact !== undefined) facts.set(key, { ...fact, attributes: { ...fact.attributes, ...attributes } });
  };
  for (const key of columns) change(key, { storage: null, compression: null });
  for (const key of new Set(
    dependencies()
      .filter(({ on }) => retyped.has(on))
      .map(({ from }) => from),
  )) {
    const fact = facts.get(key);
    if (fact?.kind === "statistics object") {
      change(key, { target: null });
      if (user !== null) change(keyOf("owner", { ...fact.identity, on: fact.kind }), { role: user });
    }
    if (fact?.kind === "index") {
      const parts = fact.attributes["columns"] as readonly { readonly [name: string]: Attribute }[];
      change(key, { columns: parts.map((part) => ({ ...part, statistics: null })) });
      if (fact.attributes["partOf"]) facts.delete(keyOf("comment", { ...fact.identity, on: fact.kind }));
    }
  }
}
