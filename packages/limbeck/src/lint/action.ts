import type { ObjectName, TypeName } from "./names.ts";
import type { Tree } from "./tree.ts";

/**
 * What a statement does, one thing each: `ALTER TABLE t ADD COLUMN …, VALIDATE CONSTRAINT …` is two actions. Rules look at
 * actions, and never at the parser's tree.
 */
export type Action =
  | AddColumn
  | AlterColumnType
  | AddConstraint
  | ColumnAction
  | ConstraintAction
  | PartitionAction
  | CreateTable
  | CreateIndex
  | Concurrent
  | RewriteTable
  | Rename
  | Drop
  | Truncate
  | LockTable
  | ChangeRows
  | EnumValue
  | DomainConstraint
  | SetTimeout
  | SetSearchPath
  | ControlTransaction
  | CreateType
  | AlterTableOther;

/** A column as ADD COLUMN and CREATE TABLE define it. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: TypeName;
  readonly notNull: boolean;
  readonly default: Tree | undefined;
  readonly generated: "stored" | "virtual" | undefined;
  readonly identity: boolean;
  /** smallserial, serial or bigserial. */
  readonly serial: boolean;
  readonly constraints: readonly ConstraintDefinition[];
}

export interface ConstraintDefinition {
  readonly type: "check" | "foreign key" | "unique" | "primary key" | "exclusion" | "not null";
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly notValid: boolean;
  readonly notEnforced: boolean;
  readonly usingIndex: string | undefined;
  readonly references: ObjectName | undefined;
  readonly expression: Tree | undefined;
}

export interface AddColumn {
  readonly kind: "add column";
  readonly table: ObjectName;
  readonly column: ColumnDefinition;
}

export interface AlterColumnType {
  readonly kind: "alter column type";
  readonly table: ObjectName;
  readonly column: string;
  readonly type: TypeName;
  /** The whole expression. */
  readonly using: Tree | undefined;
  readonly collation: string | undefined;
}

export interface AddConstraint {
  readonly kind: "add constraint";
  readonly table: ObjectName;
  readonly constraint: ConstraintDefinition;
}

export interface ColumnAction {
  readonly kind: "set not null" | "drop not null" | "set expression" | "drop column";
  readonly table: ObjectName;
  readonly column: string;
  readonly cascade: boolean;
}

export interface ConstraintAction {
  readonly kind: "validate constraint" | "drop constraint";
  readonly table: ObjectName;
  readonly name: string;
  readonly cascade: boolean;
  readonly ifExists: boolean;
}

export interface PartitionAction {
  readonly kind: "attach partition" | "detach partition";
  readonly table: ObjectName;
  readonly partition: ObjectName;
  readonly concurrently: boolean;
  /** The bound of ATTACH. */
  readonly bound: Tree | undefined;
}

export interface CreateTable {
  readonly kind: "create table";
  readonly table: ObjectName;
  readonly columns: readonly ColumnDefinition[];
  readonly constraints: readonly ConstraintDefinition[];
  readonly partitionOf: ObjectName | undefined;
  readonly ifNotExists: boolean;
  /** From a query: the table has rows then. */
  readonly asQuery: boolean;
}

export interface CreateIndex {
  readonly kind: "create index";
  readonly table: ObjectName;
  readonly name: string | undefined;
  /** Undefined for an expression. */
  readonly columns: readonly (string | undefined)[];
  readonly unique: boolean;
  readonly concurrently: boolean;
  readonly only: boolean;
  readonly ifNotExists: boolean;
}

/** What has a CONCURRENTLY. */
export interface Concurrent {
  readonly kind: "drop index" | "reindex" | "refresh materialized view" | "reindex many";
  readonly object: ObjectName;
  /** For REINDEX. */
  readonly objectType: "index" | "table" | "schema" | "database" | "materialized view";
  readonly concurrently: boolean;
  readonly cascade: boolean;
  readonly ifExists: boolean;
}

export interface RewriteTable {
  readonly kind: "rewrite table";
  readonly table: ObjectName;
  /** The clause or command: `"SET UNLOGGED"`, `"VACUUM FULL"`. */
  readonly how: string;
  /** The tablespace or access method that is named. */
  readonly to: string | undefined;
}

export interface Rename {
  readonly kind: "rename" | "set schema";
  readonly objectType: "table" | "column" | "schema" | "view" | "materialized view" | "other";
  /** The relation, for a column its table. */
  readonly object: ObjectName;
  readonly column: string | undefined;
  readonly to: string;
  readonly ifExists: boolean;
}

export interface Drop {
  readonly kind: "drop";
  readonly objectType: "table" | "view" | "materialized view" | "type" | "domain" | "schema" | "database" | "other";
  readonly objects: readonly ObjectName[];
  /** In PostgreSQL's words. */
  readonly what: string;
  readonly cascade: boolean;
  readonly ifExists: boolean;
}

export interface Truncate {
  readonly kind: "truncate";
  readonly tables: readonly ObjectName[];
  readonly cascade: boolean;
}

export interface LockTable {
  readonly kind: "lock table";
  readonly tables: readonly ObjectName[];
  /** In PostgreSQL's numbers: 1 is ACCESS SHARE, 8 is ACCESS EXCLUSIVE. */
  readonly mode: number;
}

export interface ChangeRows {
  readonly kind: "update" | "delete" | "insert";
  readonly table: ObjectName;
  readonly where: Tree | undefined;
  /** The columns that an UPDATE sets, in order. */
  readonly columns: readonly string[];
}

export interface EnumValue {
  readonly kind: "add enum value" | "rename enum value";
  readonly type: ObjectName;
  readonly value: string;
  readonly placed: boolean;
}

export interface DomainConstraint {
  readonly kind: "domain constraint";
  readonly how: "add" | "validate" | "set not null";
  readonly domain: ObjectName;
  readonly name: string | undefined;
  readonly notValid: boolean;
}

export interface SetTimeout {
  readonly kind: "set timeout";
  readonly name: "lock_timeout" | "statement_timeout";
}

export interface ControlTransaction {
  readonly kind: "begin" | "commit" | "rollback";
}

/** Names without a schema mean something else from here on. */
export interface SetSearchPath {
  readonly kind: "set search path";
}

export interface CreateType {
  readonly kind: "create enum" | "create domain" | "create materialized view" | "create schema" | "create view";
  readonly name: ObjectName;
  readonly constrained: boolean;
  readonly ifNotExists?: boolean;
}

/** An ALTER TABLE of which no rule knows more than the lock: ACCESS EXCLUSIVE, or a weaker one. */
export interface AlterTableOther {
  readonly kind: "alter table";
  readonly table: ObjectName;
  readonly exclusive: boolean;
}
