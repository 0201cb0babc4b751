import { ancestorsOf, factsByKey, type Fact } from "./fact.ts";

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
  const byKey = factsByKey(facts);
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
  return facts.filter((fact) => !isExcluded(fact) && !ancestorsOf(fact, byKey).some(isExcluded));
}

function glob(pattern: string): RegExp {
  const escaped = pattern.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`);
}
