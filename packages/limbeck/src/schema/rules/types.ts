import type { RuleContext } from "./rule.ts";

/** PostgreSQL's long names of types as people write them. */
export function displayedType(type: string, context: RuleContext): string {
  const short = type
    .replace(/^character varying/, "varchar")
    .replace(/^character\(/, "char(")
    .replace(/^bit varying/, "varbit")
    .replace(/^(time|timestamp)(\(\d\))? with time zone/, "$1tz$2")
    .replace(/^(time|timestamp)(\(\d\))? without time zone/, "$1$2");
  const [, schema, rest] = /^([a-z_][a-z0-9_$]*)\.(.+)$/.exec(short) ?? [];
  if (schema === undefined || context.schemaNamed(schema) !== undefined) return short;
  return BUILT_IN.test(rest!) ? short : rest!;
}

/** Whether PostgreSQL finds a type of its own under a name, whatever else has it. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN.exec(name)?.[0] === name;
}

/** Names that PostgreSQL has types of its own under, which come first on every search path. */
const BUILT_IN =
  /^(?:abstime|aclitem|any\w*|bit|bool|box|bpchar|bytea|char|cidr|circle|cstring|date|\w+range|float[48]|gtsvector|inet|int[248]|int2vector|internal|interval|json|jsonb|jsonpath|line|lseg|macaddr8?|money|name|numeric|oid|oidvector|path|pg_\w+|point|polygon|record|refcursor|reg\w+|text|tid|time|timestamp|timestamptz|timetz|trigger|tsquery|tsvector|txid_snapshot|unknown|uuid|varbit|varchar|void|xid8?|xml)\b/;

interface TypeParts {
  readonly base: string;
  readonly array: boolean;
}

function partsOf(type: string): TypeParts {
  const array = type.endsWith("[]");
  return { array, base: (array ? type.slice(0, -2) : type).replace(/\(\d[\d,]*\)/, "") };
}

const STRINGS = new Set(["text", "character varying", "character", "name"]);
const NUMBERS = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];

/** Casts that PostgreSQL has only when asked for, or in one step of its own (manual: CREATE CAST, \dC). */
const EXPLICIT: readonly (readonly [string, string])[] = [
  ["boolean", "integer"],
  ["integer", "boolean"],
  ["date", "timestamp without time zone"],
  ["date", "timestamp with time zone"],
  ["timestamp without time zone", "timestamp with time zone"],
  ["timestamp without time zone", "date"],
  ["timestamp with time zone", "date"],
  ["timestamp with time zone", "timestamp without time zone"],
  ["timestamp without time zone", "time without time zone"],
  ["timestamp with time zone", "time without time zone"],
  ["timestamp with time zone", "time with time zone"],
  ["time without time zone", "time with time zone"],
  ["time with time zone", "time without time zone"],
  ["time without time zone", "interval"],
  ["interval", "time without time zone"],
  ["json", "jsonb"],
  ["jsonb", "json"],
  ["jsonb", "boolean"],
  ["jsonb", "smallint"],
  ["jsonb", "integer"],
  ["jsonb", "bigint"],
  ["jsonb", "numeric"],
  ["jsonb", "real"],
  ["jsonb", "double precision"],
  ["cidr", "inet"],
  ["inet", "cidr"],
  ["macaddr", "macaddr8"],
  ["macaddr8", "macaddr"],
  ["bit", "bit varying"],
  ["bit varying", "bit"],
  ["integer", "bit"],
  ["bigint", "bit"],
  ["integer", "money"],
  ["bigint", "money"],
  ["numeric", "money"],
  ["money", "numeric"],
];

/** How a column's values turn into another type: by themselves, by a cast, or by way of their text. */
export type Conversion = "assignment" | "cast" | "text";

export function conversionOf(from: string, to: string): Conversion {
  const [a, b] = [partsOf(from), partsOf(to)];
  if (a.base === b.base && a.array === b.array) return "assignment";
  if (a.array !== b.array) return "text";
  if (STRINGS.has(b.base) && STRINGS.has(a.base)) return "assignment";
  if (NUMBERS.includes(a.base) && NUMBERS.includes(b.base)) return "assignment";
  // A type of people's own may have a cast of its own, which is not asked unless it is named.
  if (STRINGS.has(b.base) && !a.array) return a.base.includes(".") ? "cast" : "assignment";
  if (STRINGS.has(a.base)) return "cast";
  return EXPLICIT.some(([x, y]) => x === a.base && y === b.base) ? "cast" : "text";
}

/** Whether the two types compare with one another, so that a foreign key may join them. */
export function areComparable(from: string, to: string): boolean {
  const [a, b] = [partsOf(from), partsOf(to)];
  if (a.array !== b.array) return false;
  if (a.base === b.base || a.array) return a.base === b.base;
  return [STRINGS, new Set(NUMBERS)].some((family) => family.has(a.base) && family.has(b.base));
}

const WIDTH: readonly string[] = ["smallint", "integer", "bigint", "numeric"];

/** Whether every value of the one type is one of the other. */
export function isWidening(from: string, to: string): boolean {
  if (from === to) return true;
  const [a, b] = [partsOf(from), partsOf(to)];
  if (a.array !== b.array) return false;
  if (b.base === "text" && to === (b.array ? "text[]" : "text")) return true;
  const [x, y] = [WIDTH.indexOf(a.base), WIDTH.indexOf(b.base)];
  if (x !== -1 && y > x) return !to.includes("(");
  if (a.base !== b.base && !(STRINGS.has(a.base) && b.base === "character varying")) return false;
  const [have, want] = [lengthOf(from), lengthOf(to)];
  return want === undefined || (have !== undefined && have <= want && !to.includes(","));
}

function lengthOf(type: string): number | undefined {
  const length = /\((\d+)/.exec(type)?.[1];
  return length === undefined ? undefined : Number(length);
}
