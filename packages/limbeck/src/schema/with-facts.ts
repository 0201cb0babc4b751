import { schemaOf, type Dependency, type Fact, type FactKind, type Schema } from "./fact.ts";

/** What people say of an object is no SQL: no name in it follows a change. */
export const SAID_KINDS: ReadonlySet<FactKind> = new Set(["comment", "security label", "owner", "grant"]);

/**
 * The schema with each fact changed; what has or needs a fact goes with it to its new key. `onAfter` gives the key that a
 * dependency is on afterwards.
 */
export function withFacts(
  schema: Schema,
  change: (fact: Fact) => Fact,
  onAfter: (dependency: Dependency, after: (key: string) => string) => string = ({ on }, after) => after(on),
): Schema {
  const keys = new Map<string, string>();
  const facts = schema.facts.map((fact) => {
    const changed = change(fact);
    keys.set(fact.key, changed.key);
    return changed;
  });
  const after = (key: string): string => keys.get(key) ?? key;
  const dependencies = schema
    .dependencies()
    .map((dependency) => ({ ...dependency, from: after(dependency.from), on: onAfter(dependency, after) }));
  return schemaOf(
    facts.map((fact) => ({ ...fact, parents: fact.parents.map(after) })),
    { ...schema, dependencies: () => dependencies },
  );
}
