import { identifier } from "../operations/language/identifiers.ts";
import type { Catalog } from "./catalog.ts";
import type { TypeName } from "./names.ts";

/** The names of `pg_type` as people write them. */
const WRITTEN: Readonly<Record<string, string>> = {
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  bool: "boolean",
  bpchar: "char",
};

/** Names of types need no quotes where names of tables would, as in `numeric`. */
const PLAIN = /^[a-z_][a-z0-9_]*$/;

export function displayType({ schema, name, modifiers, array }: TypeName): string {
  const written = Object.hasOwn(WRITTEN, name) ? WRITTEN[name]! : PLAIN.test(name) ? name : identifier(name);
  const qualified = schema === undefined ? written : `${identifier(schema)}.${identifier(name)}`;
  const arguments_ = modifiers.length === 0 ? "" : `(${modifiers.join(",")})`;
  return `${qualified}${arguments_}${array ? "[]" : ""}`;
}

/** What a type change costs: nothing, or a rewrite of the table. */
export type TypeChange = "free" | "rewrite";

/** Types of which each value has at most so many digits or characters; more may be allowed at no cost. */
const LENGTHS = new Set(["varchar", "varbit"]);
/** Types whose first modifier is the digits behind the second's point, and those of time, with six when none is said. */
const PRECISIONS = new Set(["timestamp", "timestamptz", "time", "timetz", "interval"]);

/** Points in time, with a zone and without. */
const ZONED: Readonly<Record<string, string>> = { timestamp: "timestamptz", timestamptz: "timestamp" };

/**
 * What `ALTER COLUMN … TYPE` from one type to another costs, without USING (measured on PostgreSQL 13–18). `timeZone` is
 * the session's.
 */
export function typeChange(from: TypeName, to: TypeName, catalog: Catalog): TypeChange {
  const target = catalog.domain(to);
  if (target?.constrained === true && from.name !== to.name) return "rewrite";
  const [old, next] = [baseOf(from, catalog), baseOf(to, catalog)];
  if (old.array !== next.array) return "rewrite";
  const isSame = old.name === next.name && old.schema === next.schema;
  // The elements of an array are looked at one by one, whatever becomes of them.
  if (isSame) return old.array && !sameModifiers(old, next) ? "rewrite" : modifiersChange(old, next);
  if (ZONED[old.name] === next.name && isUtc(catalog.timeZone)) {
    // As far as the digits are kept: all six of them, by the clause or for want of one.
    return (next.modifiers[0] ?? 6) >= 6 ? "free" : "rewrite";
  }
  if (next.modifiers.length > 0 || next.array) return "rewrite";
  return catalog.isBinaryCoercible(old.name, next.name) ? "free" : "rewrite";
}

function baseOf(type: TypeName, catalog: Catalog): TypeName {
  const domain = catalog.domain(type);
  if (domain === undefined) return type;
  const base = { ...domain.base, array: domain.base.array || type.array };
  // A domain may have the name of the type that it is made of.
  return base.name === type.name ? base : baseOf(base, catalog);
}

function isUtc(timeZone: string): boolean {
  return /^(?:utc|gmt|uct|zulu|etc\/(?:utc|gmt|uct|zulu|greenwich|universal)|greenwich|universal)$/i.test(timeZone);
}

/** An unlimited type holds all that a limited one does. */
function modifiersChange({ name, modifiers: from }: TypeName, { modifiers: to }: TypeName): TypeChange {
  if (to.length === 0 && (LENGTHS.has(name) || name === "numeric")) return "free";
  if (PRECISIONS.has(name)) return (to.at(-1) ?? 6) >= (from.at(-1) ?? 6) ? "free" : "rewrite";
  if (LENGTHS.has(name)) return from.length > 0 && to[0]! >= from[0]! ? "free" : "rewrite";
  if (name === "numeric" && from.length > 0) {
    return to[0]! >= from[0]! && (to[1] ?? 0) === (from[1] ?? 0) ? "free" : "rewrite";
  }
  return sameModifiers({ modifiers: from }, { modifiers: to }) ? "free" : "rewrite";
}

function sameModifiers(a: Pick<TypeName, "modifiers">, b: Pick<TypeName, "modifiers">): boolean {
  return a.modifiers.length === b.modifiers.length && a.modifiers.every((value, index) => value === b.modifiers[index]);
}

const WHOLE = new Set(["int2", "int4", "int8"]);
const FRACTIONAL = new Set(["numeric", "float4", "float8"]);
/** What is left of a point in time. */
const PARTS_OF_TIME: Readonly<Record<string, readonly string[]>> = {
  timestamp: ["date", "time"],
  timestamptz: ["date", "time", "timetz"],
  timetz: ["time"],
};

/** Whether a change of type rounds values, or cuts them where the cast is written out (manual: "Data Types"). */
export function isLossy(from: TypeName, to: TypeName, isCast: boolean): boolean {
  if (FRACTIONAL.has(from.name) && WHOLE.has(to.name)) return true;
  if (from.name === "float8" && to.name === "float4") return true;
  if (PARTS_OF_TIME[from.name]?.includes(to.name)) return true;
  if (PRECISIONS.has(from.name) && PRECISIONS.has(to.name))
    return (to.modifiers.at(-1) ?? 6) < (from.modifiers.at(-1) ?? 6);
  if (from.name === "numeric" && to.name === "numeric" && to.modifiers.length > 0) {
    return from.modifiers.length === 0 || (to.modifiers[1] ?? 0) < (from.modifiers[1] ?? 0);
  }
  const isShorter = to.modifiers.length > 0 && (from.modifiers.length === 0 || to.modifiers[0]! < from.modifiers[0]!);
  return isCast && TEXTS.has(from.name) && TEXTS.has(to.name) && isShorter;
}

const TEXTS = new Set(["text", "varchar", "bpchar", "varbit", "bit"]);
