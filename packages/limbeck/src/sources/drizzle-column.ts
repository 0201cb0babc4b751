import type { Column } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { column, type ColumnOptions, type ColumnSpec, type IdentityOptions } from "../operations/language/column.ts";
import { identifier, qualified } from "../operations/language/identifiers.ts";
import type { Literal } from "../operations/language/literals.ts";
import { sequenceOptionsSql, type SequenceOptions } from "../operations/language/sequence.ts";
import type { Sql } from "../operations/language/sql-text.ts";
import { sql } from "../operations/language/sql.ts";
import type { DrizzleLibrary } from "./drizzle-library.ts";

/** A column with everything that stands inside CREATE TABLE. Uniqueness is a constraint of the table, with its name. */
export function columnOf(source: PgColumn, library: DrizzleLibrary): ColumnSpec {
  return column(source.name, typeOf(source, library), {
    ...(source.notNull ? { nullable: false } : {}),
    ...(source.primary ? { primaryKey: true } : {}),
    ...defaultOf(source, library),
    ...generatedOf(source, library),
    ...identityOf(source),
  });
}

/** An array of enums has its enum inside, with the schema that Drizzle's own text of the type leaves out. */
function typeOf(source: PgColumn, { orm, pg }: DrizzleLibrary): string {
  if (orm.is(source, pg.PgArray)) {
    const base = (source as unknown as { readonly baseColumn: PgColumn }).baseColumn;
    return `${typeOf(base, { orm, pg } as DrizzleLibrary)}[${source.size ?? ""}]`;
  }
  const { enum: ofEnum } = source as unknown as {
    readonly enum?: { readonly enumName: string; readonly schema?: string };
  };
  return ofEnum === undefined ? source.getSQLType() : qualified(ofEnum.schema, ofEnum.enumName);
}

/** A default that Drizzle computes in JavaScript is none of the database's: `default` is not set then. */
function defaultOf(source: Column, { orm, render }: DrizzleLibrary): Pick<ColumnOptions, "default"> {
  const value: unknown = source.default;
  if (value === undefined || value === null) return {};
  if (orm.is(value, orm.SQL)) return { default: sql.raw(render(value)) };
  if (typeof value !== "object") return { default: value as Literal };
  const driverValue: unknown = source.mapToDriverValue(value);
  return { default: orm.is(driverValue, orm.SQL) ? sql.raw(render(driverValue)) : (driverValue as Literal | Sql) };
}

function generatedOf({ generated }: Column, { orm, render }: DrizzleLibrary): Pick<ColumnOptions, "generated"> {
  if (generated === undefined) return {};
  const as: unknown = typeof generated.as === "function" ? (generated.as as () => unknown)() : generated.as;
  const expression = orm.is(as, orm.SQL) ? render(as) : String(as);
  return { generated: { expression, ...(generated.mode === "virtual" ? { virtual: true } : {}) } };
}

function identityOf({ generatedIdentity }: Column): Pick<ColumnOptions, "identity"> {
  if (generatedIdentity === undefined || generatedIdentity.sequenceName !== undefined) return {};
  const identity: IdentityOptions = {
    ...(generatedIdentity.type === "always" ? { always: true } : {}),
    ...sequenceOptionsOf(generatedIdentity.sequenceOptions ?? {}),
  };
  return { identity };
}

/** The identities whose sequence has a name of its own, as clauses of ALTER TABLE: a column's options have no such name. */
export function namedIdentities(columns: readonly PgColumn[], schema: string | undefined): string[] {
  return columns.flatMap(({ name, generatedIdentity }) => {
    if (generatedIdentity?.sequenceName === undefined) return [];
    const kind = generatedIdentity.type === "always" ? "ALWAYS" : "BY DEFAULT";
    const options = sequenceOptionsSql(sequenceOptionsOf(generatedIdentity.sequenceOptions ?? {}));
    const sequence = `SEQUENCE NAME ${qualified(schema, generatedIdentity.sequenceName)} ${options}`.trimEnd();
    return [`ALTER COLUMN ${identifier(name)} ADD GENERATED ${kind} AS IDENTITY (${sequence})`];
  });
}

/** The options of a sequence as Drizzle keeps them: numbers, or texts of large ones. */
export interface DrizzleSequenceOptions {
  readonly increment?: number | string;
  readonly minValue?: number | string;
  readonly maxValue?: number | string;
  readonly startWith?: number | string;
  readonly cache?: number | string;
  readonly cycle?: boolean;
}

export function sequenceOptionsOf(options: DrizzleSequenceOptions): SequenceOptions {
  const { increment, minValue, maxValue, startWith, cache, cycle } = options;
  return {
    ...(increment === undefined ? {} : { increment: BigInt(increment) }),
    ...(minValue === undefined ? {} : { minValue: BigInt(minValue) }),
    ...(maxValue === undefined ? {} : { maxValue: BigInt(maxValue) }),
    ...(startWith === undefined ? {} : { start: BigInt(startWith) }),
    ...(cache === undefined ? {} : { cache: BigInt(cache) }),
    ...(cycle === undefined ? {} : { cycle }),
  };
}
