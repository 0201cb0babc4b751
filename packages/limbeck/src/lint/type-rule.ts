import { newColumns } from "./columns.ts";
import { displayName } from "./names.ts";
import type { Rule, RuleDocs } from "./rule.ts";
import { displayType } from "./types.ts";

interface TypeRule {
  readonly name: string;
  readonly summary: string;
  /** The types that it advises against, by their names in `pg_type`. */
  readonly types: readonly string[];
  /** The type to use. */
  readonly better: string;
  readonly docs: RuleDocs;
}

/** A rule that prefers one type to others for new columns. Off until it is asked for: it is a matter of taste. */
export function typeRule({ types, better, ...rest }: TypeRule): Rule {
  return {
    ...rest,
    group: "style",
    severity: undefined,
    check(action) {
      const found = newColumns(action).find(({ column }) => types.includes(column.type.name) && !column.type.array);
      if (found === undefined) return undefined;
      const { table, column } = found;
      return {
        message: `${displayName(table)}.${column.name} is ${displayType(column.type)}; ${better} is the better choice.`,
        relation: table,
        evidence: "static",
      };
    },
  };
}
