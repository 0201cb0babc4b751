import { checked, type Fields } from "./fields.ts";
import { frozen } from "./freeze.ts";
import { identifier, identifiers, qualified } from "./identifiers.ts";
import { defaultSql, type Literal } from "./literals.ts";
import { sequenceOptionsSql, type SequenceOptions } from "./sequence.ts";
import { isSql, sqlText, type Sql } from "./sql-text.ts";
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

/** What tells a constraint of a column from others; PostgreSQL chooses a name when there is none. */
export interface ConstraintName {
  readonly name: string;
}

/** A condition on a column with a name of its own. */
export interface ColumnCheck extends ConstraintName {
  /** The condition as SQL. */
  readonly condition: string | Sql;
}

export interface References extends ForeignKeyOptions {
  /** The foreign key's name; PostgreSQL chooses one when it is left out. */
  readonly name?: string;
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
  /** Whether the column is the table's primary key, and how that is named: `{ name: "pk_city" }`. */
  readonly primaryKey?: boolean | ConstraintName;
  /** Whether the column's values are unique, and how that is named: `{ name: "uq_city_name" }`. */
  readonly unique?: boolean | ConstraintName;
  readonly references?: References;
  /** A condition on the column, as SQL, or with its name. */
  readonly check?: string | Sql | ColumnCheck;
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

/** A column as it stands in CREATE TABLE and ADD COLUMN, of a foreign table with options for the wrapper. */
export function columnSql(spec: ColumnSpec, foreignOptions = ""): string {
  return clauses(
    identifier(spec.name),
    spec.type,
    spec.storage && `STORAGE ${spec.storage.toUpperCase()}`,
    spec.compression && `COMPRESSION ${spec.compression}`,
    foreignOptions,
    spec.collation && `COLLATE ${identifier(spec.collation)}`,
    spec.generated && generatedSql(spec.generated),
    spec.identity && identitySql(spec.identity),
    spec.default !== undefined && `DEFAULT ${defaultSql(spec.default, spec.type)}`,
    spec.nullable === false && "NOT NULL",
    spec.primaryKey && named(spec.primaryKey, "PRIMARY KEY"),
    spec.unique && named(spec.unique, "UNIQUE"),
    spec.check !== undefined && checkSql(spec.check),
    spec.references && named(spec.references, referencesSql(spec.references)),
  );
}

function named(constraint: true | Partial<ConstraintName>, text: string): string {
  const name = constraint === true ? undefined : constraint.name;
  return name === undefined ? text : `CONSTRAINT ${identifier(name)} ${text}`;
}

function checkSql(check: string | Sql | ColumnCheck): string {
  if (typeof check === "string" || isSql(check)) return `CHECK (${sqlText(check)})`;
  return named(check, `CHECK (${sqlText(check.condition)})`);
}

type NameOf = (
  kind: "pk" | "uq" | "ck" | "fk",
  referred?: { readonly referredTable: string; readonly referredColumns?: readonly string[] },
) => string | undefined;

/** The column with a name for each of its constraints that has none, where there is one to have. */
export function namedColumn(spec: ColumnSpec, nameOf: NameOf): ColumnSpec {
  const { primaryKey, unique, check, references } = spec;
  const name = (kind: "pk" | "uq" | "ck"): { name: string } | undefined => {
    const found = nameOf(kind);
    return found === undefined ? undefined : { name: found };
  };
  return frozen({
    ...spec,
    primaryKey: primaryKey === true ? (name("pk") ?? true) : primaryKey,
    unique: unique === true ? (name("uq") ?? true) : unique,
    check: typeof check === "string" || isSql(check) ? namedCheck(check, name("ck")) : check,
    references: references && namedReferences(references, nameOf),
  });
}

function namedCheck(condition: string | Sql, name: ConstraintName | undefined): string | Sql | ColumnCheck {
  return name === undefined ? condition : { ...name, condition };
}

function namedReferences(references: References, nameOf: NameOf): References {
  const {
    table,
    columns,
    name = nameOf("fk", frozen({ referredTable: table, referredColumns: columns })),
  } = references;
  return frozen({ ...references, name });
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
