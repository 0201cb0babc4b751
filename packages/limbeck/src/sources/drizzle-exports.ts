import type {
  PgEnum,
  PgMaterializedView,
  PgPolicy,
  PgRole,
  PgSchema,
  PgSequence,
  PgTable,
  PgView,
} from "drizzle-orm/pg-core";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { DrizzleLibrary } from "./drizzle-library.ts";

/** What Drizzle modules export, by kind. */
export interface DrizzleExports {
  readonly schemas: PgSchema[];
  readonly enums: PgEnum<[string, ...string[]]>[];
  readonly sequences: PgSequence[];
  readonly tables: PgTable[];
  readonly views: PgView[];
  readonly materializedViews: PgMaterializedView[];
  readonly policies: PgPolicy[];
  readonly roles: PgRole[];
}

const ENTITY_KIND = Symbol.for("drizzle:entityKind");

/** Whether a module exports anything of Drizzle's, told without the library. */
export function hasDrizzleExports(module: Readonly<Record<string, unknown>>): boolean {
  return Object.values(module).some((value) => entityKind(value) !== undefined || isEnumShaped(value));
}

/**
 * Sorts what modules export, each object once however many names it goes by. Relations, helpers and whatever else is
 * no part of a schema is let be; tables of another database are an error.
 */
export function sortExports(values: readonly unknown[], { orm, pg }: DrizzleLibrary): DrizzleExports {
  const sorted: DrizzleExports = {
    schemas: [],
    enums: [],
    sequences: [],
    tables: [],
    views: [],
    materializedViews: [],
    policies: [],
    roles: [],
  };
  for (const value of new Set(values)) {
    if (pg.isPgEnum(value)) sorted.enums.push(value);
    else if (orm.is(value, pg.PgTable)) sorted.tables.push(value);
    else if (orm.is(value, pg.PgView)) sorted.views.push(value);
    else if (orm.is(value, pg.PgMaterializedView)) sorted.materializedViews.push(value);
    else if (orm.is(value, pg.PgSequence)) sorted.sequences.push(value);
    else if (orm.is(value, pg.PgSchema)) sorted.schemas.push(value);
    else if (orm.is(value, pg.PgPolicy)) sorted.policies.push(value);
    else if (orm.is(value, pg.PgRole)) sorted.roles.push(value);
    else if (orm.is(value, orm.Table) || orm.is(value, orm.View)) throw otherDatabase(value);
  }
  return sorted;
}

function otherDatabase(value: object): LimbeckError {
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The Drizzle module exports a ${entityKind(value)}, which is not PostgreSQL's.`,
    hint: "Make the target schema of `drizzle-orm/pg-core` only; limbeck speaks to no other database.",
  });
}

function isEnumShaped(value: unknown): boolean {
  return typeof value === "function" && Symbol.for("drizzle:isPgEnum") in value;
}

function entityKind(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const made = (Object.getPrototypeOf(value) as { constructor?: Record<symbol, unknown> } | null)?.constructor;
  const kind = made?.[ENTITY_KIND];
  return typeof kind === "string" ? kind : undefined;
}
