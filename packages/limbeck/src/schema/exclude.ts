import { ancestorsOf, factsByKey, schemaOf, type Attributes, type Dependency, type Fact, type Schema } from "./fact.ts";
import { patternOf } from "./pattern.ts";

/** A relation by its names. */
export interface RelationName {
  readonly schema: string;
  readonly name: string;
}

export interface Exclusion {
  /**
   * Objects that are nobody's business, with all their parts. `*` stands for any characters. `"audit.*"` and
   * `"audit.log"` mean names with their schema; `"tmp_*"` means that name in any schema, or a whole schema or extension.
   */
  readonly exclude?: readonly string[];
  /** Relations to leave out by their exact names: the tool's own tables. */
  readonly ignore?: readonly RelationName[];
}

/** The facts that are left when what is excluded, and every part of it, is taken away. */
export function withoutExcluded(facts: readonly Fact[], { exclude = [], ignore = [] }: Exclusion): Fact[] {
  if (exclude.length === 0 && ignore.length === 0) return [...facts];
  const patterns = exclude.map((pattern) => ({ qualified: pattern.includes("."), regex: glob(pattern) }));
  const isExcluded = ({ identity: { schema, relation, name } }: Fact): boolean => {
    const own = relation ?? name;
    return (
      ignore.some((other) => other.schema === schema && other.name === own) ||
      patterns.some(({ qualified, regex }) =>
        qualified ? regex.test(`${schema}.${own}`) : regex.test(own) || (schema !== null && regex.test(schema)),
      )
    );
  };
  if (!facts.some(isExcluded)) return [...facts];
  const byKey = factsByKey(facts);
  const known = new Map<string, boolean>();
  const isGone = (key: string): boolean => {
    const fact = byKey.get(key);
    if (fact === undefined) return false;
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = isExcluded(fact) || fact.parents.some(isGone)));
    return answer;
  };
  return facts.filter((fact) => !isExcluded(fact) && !fact.parents.some(isGone));
}

/** What `includeObject` is asked about. */
export interface SchemaObject {
  /** What it is: `"table"`, `"column"`, `"index"`, `"view"`, … */
  readonly kind: string;
  /** Null for what stands in no schema. */
  readonly schema: string | null;
  /** The relation of a column, a constraint, a trigger, a policy. */
  readonly relation: string | undefined;
  readonly name: string;
  /** Whose it is. */
  readonly side: "live" | "target";
  /** What is known of it, by the names that `limbeck diff` has for it. */
  readonly attributes: Attributes;
}

/** Code of the project's own that says what is compared. What is left out is left out with all its parts. */
export interface Inclusion {
  /** Asked for every object of the live database, before it is looked at any further. */
  readonly includeName?:
    | ((name: string, kind: string, parent: { readonly schema: string | null; readonly relation?: string }) => boolean)
    | undefined;
  /** Asked for every object of both sides. */
  readonly includeObject?: ((object: SchemaObject) => boolean) | undefined;
}

/** One side of a comparison without what the project's own code leaves out. */
export function included(
  schema: Schema,
  side: SchemaObject["side"],
  { includeName, includeObject }: Inclusion,
): Schema {
  if (includeName === undefined && includeObject === undefined) return schema;
  const byKey = factsByKey(schema.facts);
  const isWanted = ({ kind, identity, attributes }: Fact): boolean => {
    const { schema: namespace, relation, name } = identity;
    const parent = { schema: namespace, ...(relation !== undefined && { relation }) };
    if (side === "live" && includeName?.(name, kind, parent) === false) return false;
    return includeObject?.({ kind, schema: namespace, relation, name, side, attributes }) !== false;
  };
  const left = new Set(schema.facts.filter((fact) => isWanted(fact)).map(({ key }) => key));
  const facts = schema.facts.filter(
    (fact) => left.has(fact.key) && ancestorsOf(fact, byKey).every(({ key }) => left.has(key)),
  );
  const kept = new Set(facts.map(({ key }) => key));
  const dependencies = (): Dependency[] =>
    schema.dependencies().filter(({ from, on }) => kept.has(from) && kept.has(on));
  return schemaOf(facts, { ...schema, dependencies });
}

function glob(pattern: string): RegExp {
  const escaped = pattern.split("*").map(patternOf);
  return new RegExp(`^${escaped.join(".*")}$`);
}
