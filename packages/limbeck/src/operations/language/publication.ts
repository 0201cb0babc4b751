import { identifier, identifiers, qualified } from "./identifiers.ts";
import { invalid } from "./invalid.ts";
import { quote } from "./literals.ts";
import { sqlText, type Sql } from "./sql-text.ts";
import { clauses, lock, type Lock } from "./statement.ts";

/** A table of a publication. */
export interface PublishedTable {
  readonly table: string;
  readonly schema?: string;
  /** The columns that are published (PostgreSQL 15); all by default. */
  readonly columns?: readonly string[];
  /** The condition under which a row is published, as SQL (PostgreSQL 15). */
  readonly where?: string | Sql;
  /** Without the tables that inherit from it. */
  readonly only?: boolean;
}

/** What a publication is of. */
export interface PublicationObjects {
  /** Tables, by name or with what is published of each. */
  readonly tables?: readonly (string | PublishedTable)[];
  /** Schemas, for all tables in them, those to come among them (PostgreSQL 15). */
  readonly schemas?: readonly string[];
}

export interface PublicationParameters {
  /** Which changes are published; all by default. */
  readonly publish?: readonly ("insert" | "update" | "delete" | "truncate")[];
  /** Publishes a partition's changes as those of its root. */
  readonly viaPartitionRoot?: boolean;
  /** Publishes stored generated columns, too (PostgreSQL 18). */
  readonly generatedColumns?: "none" | "stored";
}

export function hasObjects({ tables = [], schemas = [] }: PublicationObjects): boolean {
  return tables.length + schemas.length > 0;
}

/** Refuses columns of a table beside a schema, as PostgreSQL does. */
export function checkPublicationObjects(call: string, { tables = [], schemas = [] }: PublicationObjects): void {
  const limited = tables.find((table) => typeof table !== "string" && table.columns !== undefined);
  if (limited === undefined || schemas.length === 0) return;
  throw invalid(
    `${call} publishes some columns of a table, and schemas beside it, which PostgreSQL takes in two publications only.`,
    "Make a publication of the schemas, and another one of the table.",
  );
}

/** Tables and schemas as they stand after FOR, ADD and SET. To DROP them, names are enough. */
export function publicationObjectsSql(
  { tables = [], schemas = [] }: PublicationObjects,
  { namesOnly = false }: { readonly namesOnly?: boolean } = {},
): string {
  const parts: string[] = [];
  if (tables.length > 0) parts.push(`TABLE ${tables.map((table) => tableSql(table, namesOnly)).join(", ")}`);
  if (schemas.length > 0) parts.push(`TABLES IN SCHEMA ${identifiers(schemas)}`);
  return parts.join(", ");
}

function tableSql(table: string | PublishedTable, namesOnly: boolean): string {
  const { only, columns, where, ...name } = typeof table === "string" ? ({ table } as PublishedTable) : table;
  return clauses(
    only && "ONLY",
    qualified(name.schema, name.table),
    !namesOnly && columns && `(${identifiers(columns)})`,
    !namesOnly && where !== undefined && `WHERE (${sqlText(where)})`,
  );
}

export function publicationLocks({ tables = [] }: PublicationObjects): Lock[] {
  return tables.map((table) =>
    lock(
      "SHARE UPDATE EXCLUSIVE",
      typeof table === "string" ? identifier(table) : qualified(table.schema, table.table),
    ),
  );
}

/** The parameters in parentheses; nothing where there are none. */
export function publicationParametersSql(parameters: PublicationParameters): string {
  const { publish, viaPartitionRoot, generatedColumns } = parameters;
  const list = [
    publish !== undefined && `publish = ${quote(publish.join(", "))}`,
    viaPartitionRoot !== undefined && `publish_via_partition_root = ${viaPartitionRoot}`,
    generatedColumns !== undefined && `publish_generated_columns = ${generatedColumns}`,
  ].filter((parameter) => parameter !== false);
  return list.length === 0 ? "" : `(${list.join(", ")})`;
}
