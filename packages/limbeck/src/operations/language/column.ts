import { checked, type Fields } from "./fields.ts";
import { frozen } from "./freeze.ts";
import { identifier, identifiers, qualified } from "./identifiers.ts";
import { defaultSql, type Literal } from "./literals.ts";
import { sequenceOptionsSql, type SequenceOptions } from "./sequence.ts";
import { sqlText, type Sql } from "./sql-text.ts";
import { clauses } from "./statement.ts";

/** A type in PostgreSQL's own words. */
export type ColumnType = KnownType | `${KnownType}[]` | (string & Record<never, never>);

type KnownType =
  | "bigint"
  | "bigserial"
  | "boolean"
  | "bytea"
  | "char(1)"
  | "cidr"
  | "date"
  | "double precision"
  | "inet"
  | "integer"
  | "interval"
  | "json"
  | "jsonb"
  | "numeric"
  | "numeric(12,2)"
  | "real"
  | "serial"
  | "smallint"
  | "smallserial"
  | "text"
  | "time"
  | "timestamp"
  | "timestamptz"
  | "tsvector"
  | "uuid"
  | "varchar"
  | "varchar(255)"
  | "xml";

/** How PostgreSQL stores long values: within the row, out of it, compressed or not; by default as the type has it. */
export type ColumnStorage = "plain" | "external" | "extended" | "main" | "default";

export type ReferenceAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** When a constraint is checked. */
export interface Deferrable {
  readonly deferrable?: boolean;
  /** With `deferrable`: when the check is done by default. */
  readonly initially?: "deferred" | "immediate";
}

export interface ForeignKeyOptions extends Deferrable {
  readonly onDelete?: ReferenceAction;
  /** With `onDelete` set null or set default: the columns that are set, all by default (PostgreSQL 15). */
  readonly onDeleteColumns?: readonly string[];
  readonly onUpdate?: ReferenceAction;
  readonly match?: "full" | "simple";
}

export interface References extends ForeignKeyOptions {
  readonly table: string;
  readonly schema?: string;
  /** The referenced columns; the primary key when left out. */
  readonly columns?: readonly string[];
}

export interface IdentityOptions extends SequenceOptions {
  readonly always?: boolean;
}

export interface Generated {
  /** Computed from the row's other columns, as SQL. */
  readonly expression: string | Sql;
  /** Computed on reading (PostgreSQL 18) instead of stored. */
  readonly virtual?: boolean;
}

export interface ColumnOptions {
  /** Whether the column takes NULL; true by default, as in SQL. */
  readonly nullable?: boolean;
  /** A JavaScript value, quoted as a literal, or sql`…` for an expression. */
  readonly default?: Literal | Sql;
  readonly primaryKey?: boolean;
  readonly unique?: boolean;
  readonly references?: References;
  /** A condition on the column, as SQL. */
  readonly check?: string | Sql;
  readonly identity?: IdentityOptions | true;
  readonly generated?: Generated;
  /** A collation's name, quoted as a name: `"C"`, `"de_DE"`. */
  readonly collation?: string;
  /** How long values are stored (PostgreSQL 16; before, `op.alterColumn` says it). */
  readonly storage?: ColumnStorage;
  /** How long values are compressed: `"pglz"`, `"lz4"` (PostgreSQL 14). */
  readonly compression?: string;
  readonly comment?: string;
}

/** A column of `op.createTable` and `op.addColumn`. */
export interface ColumnSpec extends ColumnOptions {
  readonly element: "column";
  readonly name: string;
  readonly type: ColumnType;
}

const FIELDS: Fields<ColumnSpec> = {
  name: true,
  type: true,
  nullable: true,
  default: true,
  primaryKey: true,
  unique: true,
  references: true,
  check: true,
  identity: true,
  generated: true,
  collation: true,
  storage: true,
  compression: true,
  comment: true,
};

/**
 * Describes a column.
 *
 * @example
 * column("name", "varchar(255)", { nullable: false, default: "unnamed" });
 * // name varchar(255) DEFAULT 'unnamed' NOT NULL
 */
export function column(name: string, type: ColumnType, options: ColumnOptions = {}): ColumnSpec {
  return checked("column", frozen({ element: "column", name, type, ...options }), FIELDS);
}

/** A column as it stands in CREATE TABLE and ADD COLUMN. */
export function columnSql(spec: ColumnSpec): string {
  return clauses(
    identifier(spec.name),
    spec.type,
    spec.storage && `STORAGE ${spec.storage.toUpperCase()}`,
    spec.compression && `COMPRESSION ${spec.compression}`,
    spec.collation && `COLLATE ${identifier(spec.collation)}`,
    spec.generated && generatedSql(spec.generated),
    spec.identity && identitySql(spec.identity),
    spec.default !== undefined && `DEFAULT ${defaultSql(spec.default, spec.type)}`,
    spec.nullable === false && "NOT NULL",
    spec.primaryKey && "PRIMARY KEY",
    spec.unique && "UNIQUE",
    spec.check !== undefined && `CHECK (${sqlText(spec.check)})`,
    spec.references && referencesSql(spec.references),
  );
}

export function identitySql(identity: IdentityOptions | true): string {
  const { always, ...options } = identity === true ? {} : identity;
  const sequence = sequenceOptionsSql(options);
  return clauses("GENERATED", always ? "ALWAYS" : "BY DEFAULT", "AS IDENTITY", sequence && `(${sequence})`);
}

function generatedSql(generated: Generated): string {
  return `GENERATED ALWAYS AS (${sqlText(generated.expression)}) ${generated.virtual ? "VIRTUAL" : "STORED"}`;
}

function referencesSql(references: References): string {
  return clauses(
    "REFERENCES",
    qualified(references.schema, references.table),
    references.columns && `(${identifiers(references.columns)})`,
    foreignKeyOptionsSql(references),
  );
}

export function foreignKeyOptionsSql(options: ForeignKeyOptions): string {
  return clauses(
    options.match && `MATCH ${options.match.toUpperCase()}`,
    options.onDelete && `ON DELETE ${options.onDelete.toUpperCase()}`,
    options.onDeleteColumns && `(${identifiers(options.onDeleteColumns)})`,
    options.onUpdate && `ON UPDATE ${options.onUpdate.toUpperCase()}`,
    deferrableSql(options),
  );
}

export function deferrableSql(options: Deferrable): string {
  return clauses(
    options.deferrable !== undefined && (options.deferrable ? "DEFERRABLE" : "NOT DEFERRABLE"),
    options.initially && `INITIALLY ${options.initially.toUpperCase()}`,
  );
}
