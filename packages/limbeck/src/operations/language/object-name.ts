import { identifier, qualified } from "./identifiers.ts";
import { operatorSql } from "./operator.ts";
import { lock, type Lock, type LockMode } from "./statement.ts";

/** Kinds whose objects stand in no schema. */
type GlobalKind =
  | "access method"
  | "database"
  | "event trigger"
  | "extension"
  | "foreign data wrapper"
  | "language"
  | "publication"
  | "role"
  | "schema"
  | "server"
  | "subscription"
  | "tablespace";

/** Kinds whose objects stand in a schema. */
type SchemaKind =
  | "collation"
  | "conversion"
  | "domain"
  | "enum"
  | "foreign table"
  | "index"
  | "materialized view"
  | "sequence"
  | "statistics"
  | "table"
  | "text search configuration"
  | "text search dictionary"
  | "text search parser"
  | "text search template"
  | "type"
  | "view";

/** Kinds that the types of their arguments tell apart. */
type RoutineKind = "aggregate" | "function" | "procedure" | "routine";

/** Kinds whose names count inside a table or a view. */
type TableKind = "column" | "constraint" | "policy" | "rule" | "trigger";

interface GlobalName {
  readonly kind: GlobalKind;
  readonly name: string;
}

interface SchemaName {
  /** A composite type, a range type and a base type are a `"type"`. */
  readonly kind: SchemaKind;
  readonly schema?: string | undefined;
  readonly name: string;
}

interface RoutineName {
  readonly kind: RoutineKind;
  readonly schema?: string | undefined;
  readonly name: string;
  /** The types of the arguments as SQL, as in `"integer, text"`; of an aggregate without any, `"*"`. */
  readonly signature: string;
}

interface TableName {
  readonly kind: TableKind;
  /** The schema of the table. */
  readonly schema?: string | undefined;
  readonly table: string;
  readonly name: string;
}

/** An attribute of a composite type. */
interface AttributeName {
  readonly kind: "attribute";
  /** The schema of the type. */
  readonly schema?: string | undefined;
  readonly type: string;
  readonly name: string;
}

interface DomainConstraintName {
  readonly kind: "domain constraint";
  /** The schema of the domain. */
  readonly schema?: string | undefined;
  readonly domain: string;
  readonly name: string;
}

interface CastName {
  readonly kind: "cast";
  /** The two types, as SQL. */
  readonly source: string;
  readonly target: string;
}

interface OperatorName {
  readonly kind: "operator";
  readonly schema?: string | undefined;
  readonly name: string;
  /** The type on its left, as SQL; null for a prefix operator. */
  readonly left: string | null;
  readonly right: string;
}

/** A group of operators for an index method. */
interface OperatorGroupName {
  readonly kind: "operator class" | "operator family";
  readonly schema?: string | undefined;
  readonly name: string;
  /** The index method. */
  readonly using: string;
}

/** An object that can have a comment, by its kind and its names. */
export type SubjectName =
  | GlobalName
  | SchemaName
  | RoutineName
  | TableName
  | AttributeName
  | DomainConstraintName
  | CastName
  | OperatorName
  | OperatorGroupName;

/** The comment on an object. */
interface CommentName {
  readonly kind: "comment";
  readonly on: SubjectName;
}

/** An object of a schema by its kind, in PostgreSQL's own words, and its names. */
export type ObjectName = SubjectName | CommentName;

/** The objects of some kinds. */
export type NameOf<Kind extends SubjectName["kind"]> = Narrowed<SubjectName, Kind>;

type Narrowed<Name extends SubjectName, Kind> = Name extends unknown
  ? [Extract<Name["kind"], Kind>] extends [never]
    ? never
    : Omit<Name, "kind"> & { readonly kind: Extract<Name["kind"], Kind> }
  : never;

/** What SQL calls a kind, where that is not the kind in capitals. */
const WORDS: { readonly [Kind in SubjectName["kind"]]?: string } = {
  attribute: "COLUMN",
  "domain constraint": "CONSTRAINT",
  enum: "TYPE",
};

/** An object with the word for its kind, as in `COLUMN atlas.city.name` and `TRIGGER stamp ON city`. */
export function objectSql(object: SubjectName): string {
  return `${WORDS[object.kind] ?? object.kind.toUpperCase()} ${namesSql(object)}`;
}

function namesSql(object: SubjectName): string {
  switch (object.kind) {
    case "column":
      return `${qualified(object.schema, object.table)}.${identifier(object.name)}`;
    case "attribute":
      return `${qualified(object.schema, object.type)}.${identifier(object.name)}`;
    case "constraint":
    case "policy":
    case "rule":
    case "trigger":
      return `${identifier(object.name)} ON ${qualified(object.schema, object.table)}`;
    case "domain constraint":
      return `${identifier(object.name)} ON DOMAIN ${qualified(object.schema, object.domain)}`;
    case "aggregate":
    case "function":
    case "procedure":
    case "routine":
      return `${qualified(object.schema, object.name)}(${object.signature})`;
    case "cast":
      return `(${object.source} AS ${object.target})`;
    case "operator":
      return `${operatorSql(object.schema, object.name)} (${object.left ?? "NONE"}, ${object.right})`;
    case "operator class":
    case "operator family":
      return `${qualified(object.schema, object.name)} USING ${identifier(object.using)}`;
    default:
      return "schema" in object ? qualified(object.schema, object.name) : identifier(object.name);
  }
}

/** The kinds that stand in `pg_class`, and so can be locked. */
const RELATIONS: ReadonlySet<SubjectName["kind"]> = new Set([
  "foreign table",
  "index",
  "materialized view",
  "sequence",
  "table",
  "view",
]);

/** The lock on an object that is a relation; none on any other. */
export function relationLocks(mode: LockMode, object: SubjectName): Lock[] {
  return RELATIONS.has(object.kind) ? [lock(mode, namesSql(object))] : [];
}
