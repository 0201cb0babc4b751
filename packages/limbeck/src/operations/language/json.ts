import type { Operation } from "../operation.ts";
import { frozen } from "./freeze.ts";
import { invalid } from "./invalid.ts";
import { isSql, Sql } from "./sql-text.ts";

/** What JSON has no form for, each kind by its tag. */
const TAGS: Readonly<Record<string, (content: never) => unknown>> = {
  $sql: (text: string) => new Sql(text),
  $bigint: (digits: string) => BigInt(digits),
  $number: (text: string) => Number(text),
  $date: (text: string) => new Date(text),
  $bytes: (bytes: readonly number[]) => Uint8Array.from(bytes),
  $object: (fields: object) => mapped(fields, valueFromJson),
};

/**
 * An operation as plain JSON, whatever values it has: `{ $sql: "now()" }`, `{ $bigint: "1" }`, `{ $number: "NaN" }`,
 * `{ $date: "…" }`, `{ $bytes: […] }`. An object of the user's with a key that begins with `$` becomes
 * `{ $object: … }`, so that no data reads as SQL.
 */
export function operationToJson(operation: Operation): unknown {
  return valueToJson(operation);
}

/** The operation that `operationToJson` was given. Throws OPERATION_INVALID on what it cannot have written. */
export function operationFromJson(json: unknown): Operation {
  const operation = frozen(valueFromJson(json));
  if (typeof operation === "object" && operation !== null && "kind" in operation) return operation as Operation;
  throw invalid("This JSON is no operation: it has no kind.", "Read what `operationToJson` has written.");
}

function valueToJson(value: unknown): unknown {
  if (isSql(value)) return { $sql: value.$sql };
  if (typeof value === "bigint") return { $bigint: String(value) };
  if (typeof value === "number") return isJsonNumber(value) ? value : { $number: value === 0 ? "-0" : String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Array.from(value) };
  if (Array.isArray(value)) return value.map(valueToJson);
  const fields = mapped(value, valueToJson);
  return Object.keys(value).some((key) => key.startsWith("$")) ? { $object: fields } : fields;
}

function valueFromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueFromJson);
  if (typeof value !== "object" || value === null) return value;
  const tag = Object.keys(value).find((key) => key.startsWith("$"));
  if (tag === undefined) return mapped(value, valueFromJson);
  const read = Object.hasOwn(TAGS, tag) ? TAGS[tag] : undefined;
  if (read !== undefined) return read((value as Record<string, never>)[tag]!);
  throw invalid(
    `An operation's JSON has the tag "${tag}", which means nothing.`,
    "Read what `operationToJson` has written.",
  );
}

function isJsonNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

/** The fields of an object, each made anew. `__proto__` is a key like any other. */
function mapped(value: object, make: (field: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, make(field)]));
}
