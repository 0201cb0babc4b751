import { qualified } from "./identifiers.ts";
import { literal, type Literal } from "./literals.ts";
import { isSql, type Sql } from "./sql-text.ts";
import { clauses } from "./statement.ts";

/** A table, with its schema where that is not the search path's. */
export interface TableReference {
  readonly table: string;
  readonly schema?: string;
}

export function referenceSql(reference: string | TableReference): string {
  return typeof reference === "string" ? qualified(undefined, reference) : qualified(reference.schema, reference.table);
}

/**
 * Which rows a partition takes. A value is a JavaScript value or sql`…`: sql`MINVALUE`, sql`MAXVALUE`. The whole can be
 * sql`…`, too.
 */
export type PartitionBounds =
  | { readonly from: readonly (Literal | Sql)[]; readonly to: readonly (Literal | Sql)[] }
  | { readonly in: readonly (Literal | Sql)[] }
  | { readonly modulus: number; readonly remainder: number }
  | "default"
  | Sql;

export function boundsSql(bounds: PartitionBounds): string {
  if (bounds === "default") return "DEFAULT";
  if (isSql(bounds)) return bounds.$sql;
  if ("in" in bounds) return `FOR VALUES IN (${valuesSql(bounds.in)})`;
  if ("from" in bounds) return `FOR VALUES FROM (${valuesSql(bounds.from)}) TO (${valuesSql(bounds.to)})`;
  return `FOR VALUES WITH (MODULUS ${bounds.modulus}, REMAINDER ${bounds.remainder})`;
}

function valuesSql(values: readonly (Literal | Sql)[]): string {
  return values.map(literal).join(", ");
}

export interface PartitionOf extends TableReference {
  readonly bounds: PartitionBounds;
}

/** What LIKE takes over from a table beside its columns and their NOT NULL. */
export type LikeFeature =
  | "all"
  | "comments"
  | "compression"
  | "constraints"
  | "defaults"
  | "generated"
  | "identity"
  | "indexes"
  | "statistics"
  | "storage";

export interface Like extends TableReference {
  readonly including?: readonly LikeFeature[];
  readonly excluding?: readonly LikeFeature[];
}

export function likeSql({ including = [], excluding = [], ...source }: Like): string {
  return clauses(
    `LIKE ${referenceSql(source)}`,
    ...including.map((feature) => `INCLUDING ${feature.toUpperCase()}`),
    ...excluding.map((feature) => `EXCLUDING ${feature.toUpperCase()}`),
  );
}
