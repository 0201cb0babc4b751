import type { PgEnum, PgTable } from "drizzle-orm/pg-core";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { reasonOf } from "../errors/reason.ts";
import { createEnum } from "../operations/create-enum.ts";
import { createSchema } from "../operations/create-schema.ts";
import { createSequence } from "../operations/create-sequence.ts";
import type { Operation } from "../operations/operation.ts";
import { FACT_KINDS, type FactKind, type Silence } from "../schema/fact.ts";
import { loadModule, type Authoring } from "../scripts/load.ts";
import { sequenceOptionsOf } from "./drizzle-column.ts";
import { nameColumns, type Casing } from "./drizzle-casing.ts";
import { hasDrizzleExports, sortExports, type DrizzleExports } from "./drizzle-exports.ts";
import { importDrizzle, type DrizzleLibrary } from "./drizzle-library.ts";
import { policyOperations, rolesOfPolicies } from "./drizzle-policy.ts";
import { tableOperations } from "./drizzle-table.ts";
import { viewOperations } from "./drizzle-view.ts";

/** What makes the schema of Drizzle modules in an empty database. */
export interface DrizzleSchema {
  readonly operations: readonly Operation[];
  /** Roles that have to be there. They belong to the server and not to the schema. */
  readonly roles: readonly string[];
}

/** What Drizzle has words for. */
const DRIZZLE_SAYS: ReadonlySet<FactKind> = new Set([
  "schema",
  "enum",
  "sequence",
  "table",
  "column",
  "default",
  "constraint",
  "index",
  "view",
  "materialized view",
  "policy",
]);

/** What Drizzle has no words for. */
export const DRIZZLE_IS_SILENT_ON: readonly Silence[] = [
  "unmodelled",
  ...FACT_KINDS.filter((kind) => !DRIZZLE_SAYS.has(kind)),
  ...silences("sequence", "type ownedBy persistence"),
  ...silences("table", "persistence partitionKey partitionOf partitionBound inherits forceRowSecurity"),
  ...silences("table", "replicaIdentity ofType accessMethod options tablespace"),
  ...silences("column", "collation storage compression statistics options foreignOptions inherited local"),
  ...silences("column", "notNullName notNullNoInherit"),
  ...silences("constraint", "clustered replicaIdentity options partOf tablespace include deferrable initially"),
  ...silences("constraint", "noInherit match onDeleteColumns withoutOverlaps period"),
  ...silences("index", "clustered replicaIdentity partOf tablespace include nullsNotDistinct"),
];

function silences(kind: FactKind, attributes: string): Silence[] {
  return attributes.split(" ").map((name) => `${kind}.${name}` as const);
}

/**
 * Loads Drizzle modules and reads their exports together, so that a table may refer to one of another module. Throws
 * SCHEMA_SOURCE_INVALID.
 */
export async function readDrizzle(
  files: readonly string[],
  authoring: Authoring,
  casing?: Casing,
): Promise<DrizzleSchema> {
  const modules: Record<string, unknown>[] = [];
  for (const file of files) modules.push(await load(file, authoring));
  const file = files.find((_, index) => hasDrizzleExports(modules[index]!));
  if (file === undefined) throw nothingExported(files);
  const schema = drizzleSchema(modules, await importDrizzle(file), casing);
  if (schema.operations.length === 0 && schema.roles.length === 0) throw nothingExported(files);
  return schema;
}

/** The schema of modules that are loaded. */
export function drizzleSchema(
  modules: readonly Readonly<Record<string, unknown>>[],
  library: DrizzleLibrary,
  casing?: Casing,
): DrizzleSchema {
  const exports = sortExports(modules.flatMap(Object.values), library);
  if (casing !== undefined) for (const table of exports.tables) nameColumns(table, casing, library);
  const { tables, policies } = exports;
  const parts = tables.map((table) => tableOperations(table, library));
  const enums = [...exports.enums, ...tables.flatMap((table) => enumsOf(table, library))];
  const roles = [...exports.roles.map(({ name }) => name), ...rolesOfPolicies(tables, policies, library)];
  return {
    operations: eachOnce([
      ...schemaNames(exports, enums, library).map((name) => createSchema(name)),
      ...enums.map(({ enumName, enumValues, schema }) =>
        createEnum(enumName, enumValues, schema === undefined ? {} : { schema }),
      ),
      ...exports.sequences.map(({ seqName, seqOptions, schema }) =>
        createSequence(seqName!, {
          ...sequenceOptionsOf(seqOptions ?? {}),
          ...(schema === undefined ? {} : { schema }),
        }),
      ),
      ...parts.flatMap(({ table }) => table),
      ...parts.flatMap(({ indexes }) => indexes),
      ...parts.flatMap(({ foreignKeys }) => foreignKeys),
      ...viewOperations(exports.views, exports.materializedViews, library),
      ...policyOperations(tables, policies, library),
    ]),
    roles: [...new Set(roles)],
  };
}

/** An enum that a column has need not be exported. */
function enumsOf(table: PgTable, { orm, pg }: DrizzleLibrary): PgEnum<[string, ...string[]]>[] {
  return pg.getTableConfig(table).columns.flatMap((column) => {
    let base: unknown = column;
    while (orm.is(base, pg.PgArray)) base = (base as unknown as { readonly baseColumn: unknown }).baseColumn;
    const { enum: ofEnum } = base as { readonly enum?: PgEnum<[string, ...string[]]> };
    return ofEnum === undefined ? [] : [ofEnum];
  });
}

/** A schema that an object stands in need not be exported either. */
function schemaNames(
  exports: DrizzleExports,
  enums: readonly { readonly schema?: string | undefined }[],
  { pg }: DrizzleLibrary,
): string[] {
  const names = [
    ...exports.schemas.map(({ schemaName }) => schemaName),
    ...enums.map(({ schema }) => schema),
    ...exports.sequences.map(({ schema }) => schema),
    ...exports.tables.map((table) => pg.getTableConfig(table).schema),
    ...exports.views.map((view) => pg.getViewConfig(view).schema),
    ...exports.materializedViews.map((view) => pg.getMaterializedViewConfig(view).schema),
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}

/**
 * Two modules that export one table, or a loader that made it twice, say the same thing twice. Two different things of
 * one name PostgreSQL refuses.
 */
function eachOnce(operations: readonly Operation[]): Operation[] {
  const written = (operation: Operation): string =>
    JSON.stringify(operation, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  return [...new Map(operations.map((operation) => [written(operation), operation])).values()];
}

async function load(file: string, authoring: Authoring): Promise<Record<string, unknown>> {
  try {
    return await loadModule(file, authoring);
  } catch (cause) {
    const reason = reasonOf(cause).split("\n")[0];
    throw new LimbeckError("SCHEMA_SOURCE_INVALID", {
      message: `The target schema cannot be loaded as a module: ${reason}`,
      hint: "Correct the file, or name another one as `schema` in limbeck.config.ts.",
      where: { file },
      cause,
    });
  }
}

function nothingExported(files: readonly string[]): LimbeckError {
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The target schema exports no Drizzle table: ${files.join(", ")}.`,
    hint: "Export each table, enum and view from the module itself.",
    where: { file: files[0]! },
  });
}
