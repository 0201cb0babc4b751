import type { ObjectName, TypeName } from "./names.ts";
import type { Tree } from "./tree.ts";

/** What lint knows of a database beside the statements: the live one, or one in which the revisions before were replayed. */
export interface Catalog {
  readonly majorVersion: number;
  /** Whether it is a scratch database, whose tables have the rows of nobody. */
  readonly isReplayed?: boolean;
  /** The session's, on which the cost of `timestamp` → `timestamptz` depends. */
  readonly timeZone: string;
  relation(name: ObjectName): RelationFacts | undefined;
  index(name: ObjectName): IndexFacts | undefined;
  domain(type: TypeName): DomainFacts | undefined;
  /** The worst of the functions of this name. */
  volatility(name: ObjectName): Volatility | undefined;
  /** Whether a value of one type is one of the other as it stands (`pg_cast.castmethod = 'b'`). */
  isBinaryCoercible(from: string, to: string): boolean;
}

export type Volatility = "immutable" | "stable" | "volatile";

export interface RelationFacts {
  readonly schema: string;
  readonly name: string;
  readonly kind: "table" | "partitioned table" | "view" | "materialized view";
  /** The planner's estimate. */
  readonly rows: number;
  /** Of the relation itself and its indexes. */
  readonly bytes: number;
  readonly unlogged: boolean;
  /** Undefined for the database's default. */
  readonly tablespace: string | undefined;
  readonly accessMethod: string | undefined;
  /** Whether it has no row for certain: not a page of it is there, nor a partition. */
  readonly isEmpty: boolean;
  readonly columns: readonly ColumnFacts[];
  readonly constraints: readonly ConstraintFacts[];
  readonly indexes: readonly IndexFacts[];
  /** The columns by which it is partitioned; undefined for an expression. */
  readonly partitionKey: readonly (string | undefined)[];
  readonly defaultPartition: ObjectName | undefined;
}

export interface ColumnFacts {
  readonly name: string;
  readonly type: TypeName;
  readonly nullable: boolean;
  readonly collation: string | undefined;
}

export interface ConstraintFacts {
  readonly name: string;
  readonly type: "check" | "foreign key" | "unique" | "primary key" | "exclusion" | "not null";
  readonly validated: boolean;
  readonly columns: readonly string[];
  /** Columns that a CHECK keeps from being NULL: those of its `IS NOT NULL`s. */
  readonly notNull: readonly string[];
  /** What a CHECK says. */
  readonly expression: Tree | undefined;
  readonly references: ObjectName | undefined;
}

export interface IndexFacts {
  readonly schema: string;
  readonly name: string;
  readonly table: ObjectName;
  /** Undefined for an expression. */
  readonly columns: readonly (string | undefined)[];
  readonly unique: boolean;
  /** The columns of one with an expression or a condition: it is built anew when the type of one of them changes. */
  readonly expressionColumns: readonly string[];
  /** Its definition behind ON … USING, the same for indexes that are alike. */
  readonly shape: string;
}

export interface DomainFacts {
  readonly base: TypeName;
  /** Whether a CHECK or a NOT NULL stands on it, or on a domain below it. */
  readonly constrained: boolean;
  /** Whether a column of any table has it. */
  readonly used: boolean;
}
