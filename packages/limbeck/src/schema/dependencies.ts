import { factsByKey, type Dependency, type Fact } from "./fact.ts";
import { attributeAbove, columnsAbove } from "./inheritance.ts";

/**
 * The dependencies between the facts that were kept of all, each pair once. What needs a fact that was not kept, as an inherited
 * column, needs what that one came from and what it is a part of instead.
 */
export function dependenciesBetween(
  kept: readonly Fact[],
  all: readonly Fact[],
  dependencies: readonly Dependency[],
): Dependency[] {
  const [keptByKey, allByKey] = [factsByKey(kept), factsByKey(all)];
  const standsFor = (key: string, others: (fact: Fact) => readonly Fact[]): string[] => {
    if (keptByKey.has(key)) return [key];
    const fact = allByKey.get(key);
    if (fact === undefined) return [];
    return [...fact.parents, ...others(fact).map((other) => other.key)].flatMap((part) => standsFor(part, others));
  };
  const origins = (fact: Fact): readonly Fact[] => {
    const attribute = attributeAbove(fact, allByKey);
    return fact.kind !== "column" ? [] : attribute === undefined ? columnsAbove(fact, allByKey) : [attribute];
  };
  const between = dependencies.flatMap((dependency) => {
    if (keptByKey.has(dependency.from) && keptByKey.has(dependency.on)) return [dependency];
    return standsFor(dependency.from, () => []).flatMap((from) =>
      standsFor(dependency.on, origins)
        .filter((on) => on !== from)
        .map((on) => ({ from, on, type: dependency.type })),
    );
  });
  const strongest = new Map<string, Map<string, Dependency>>();
  for (const dependency of between) {
    const own = strongest.get(dependency.from) ?? new Map<string, Dependency>();
    const before = own.get(dependency.on);
    if (before === undefined || STRENGTH.indexOf(dependency.type) < STRENGTH.indexOf(before.type)) {
      own.set(dependency.on, dependency);
    }
    strongest.set(dependency.from, own);
  }
  // The same order on every server.
  return [...strongest.keys()].toSorted().flatMap((from) => {
    const own = strongest.get(from)!;
    return [...own.keys()].toSorted().map((on) => own.get(on)!);
  });
}

const STRENGTH: readonly Dependency["type"][] = ["normal", "internal", "partition", "auto"];
