import type { Field, Schema } from "./fields.ts";
import { collect, invalid, InvalidInput } from "./issues.ts";

type Fields = Readonly<Record<string, Field<unknown>>>;

/** What a body holds once it is read. A field that was not sent is not there. */
export type Body<Of extends Fields> = {
  readonly [Name in keyof Of as Of[Name] extends Field<unknown, true> ? Name : never]: Read<Of[Name]>;
} & {
  readonly [Name in keyof Of as Of[Name] extends Field<unknown, true> ? never : Name]?: Read<Of[Name]>;
};

type Read<Of> = Of extends Field<infer Value> ? Value : never;

/** What must hold between the fields of a body: gives the complaint if it does not. */
export type Rule<Of> = (body: Of) => string | undefined;

/** Reads what a client sent, or throws InvalidInput with all that is wrong. */
export interface Reader<Of> {
  (input: unknown): Of;
  /** What it reads, for the description of the API. */
  readonly schema: Schema;
}

/** Makes the reader of a body. */
export function bodyReader<const Of extends Fields>(fields: Of, ...rules: readonly Rule<Body<Of>>[]): Reader<Body<Of>> {
  const object = nested(fields, ...rules);
  const read = (input: unknown) => {
    refuseUnprintable(input, ["body"]);
    if (input === undefined || input === null) {
      throw new InvalidInput({ type: "missing", loc: ["body"], msg: "Field required", input: null });
    }
    return within("body", () => object.read(input));
  };
  return Object.assign(read, { schema: object.schema });
}

/** An object inside a body. Its own texts are trimmed and lower-cased, too. */
export function nested<const Of extends Fields>(
  fields: Of,
  ...rules: readonly Rule<Body<Of>>[]
): Field<Body<Of>, true> {
  return {
    required: true,
    schema: schemaOf(fields),
    read: (input) => {
      const sent = normalised(dictionaryOf(input), fields);
      const body = readFields(sent, fields, sent);
      checkRules(rules, body as Body<Of>, input);
      return body as Body<Of>;
    },
  };
}

/** Makes the reader of a query string, where the last of several values counts and nothing is changed. */
export function queryReader<const Of extends Fields>(fields: Of): Reader<Body<Of>> {
  const read = (input: unknown) => {
    const sent = Object.fromEntries(
      Object.entries(input as object).map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]),
    );
    refuseUnprintable(sent, ["query"]);
    return within("query", () => readFields(sent, fields, null)) as Body<Of>;
  };
  return Object.assign(read, { schema: schemaOf(fields) });
}

/** Reads one value that is not part of a body, such as an id in a path. */
export function readParameter<Value>(field: Field<Value>, input: unknown, ...place: readonly string[]): Value {
  return within(place, () => field.read(input));
}

function within<Value>(place: string | readonly string[], read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput) throw new InvalidInput(...error.at(...[place].flat()));
    throw error;
  }
}

/** `missing` is what an issue shows as the input of a field that is not there. */
function readFields(sent: Record<string, unknown>, fields: Fields, missing: unknown): Record<string, unknown> {
  const wanted = Object.entries(fields).filter(([name, { required }]) => required || Object.hasOwn(sent, name));
  const values = collect(
    wanted.map(([name, field]) => [
      name,
      () => {
        if (Object.hasOwn(sent, name)) return field.read(sent[name]);
        throw invalid("missing", "Field required", missing);
      },
    ]),
  );
  return Object.fromEntries(wanted.map(([name], index) => [name, values[index]]));
}

function schemaOf(fields: Fields): Schema {
  const known = Object.entries(fields);
  return {
    type: "object",
    properties: Object.fromEntries(known.map(([name, { schema }]) => [name, schema])),
    required: known.filter(([, { required }]) => required).map(([name]) => name),
  };
}

function dictionaryOf(input: unknown): Record<string, unknown> {
  if (typeof input === "object" && input !== null && Object.getPrototypeOf(input) === Object.prototype) {
    return input as Record<string, unknown>;
  }
  const msg = "Input should be a valid dictionary or object to extract fields from";
  throw invalid("model_attributes_type", msg, input);
}

function normalised(input: Record<string, unknown>, fields: Fields): Record<string, unknown> {
  const entries = Object.entries(input).map(([name, value]) =>
    typeof value === "string" && !fields[name]?.verbatim ? [name, trimmed(value).toLowerCase()] : [name, value],
  );
  return Object.fromEntries(entries);
}

/** Python's `str.strip` knows separators that JavaScript does not, and takes the byte order mark for text. */
// oxlint-disable-next-line no-control-regex
const outerSpace = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g;

function trimmed(text: string): string {
  if (!mayBeSpace(text.charCodeAt(0)) && !mayBeSpace(text.charCodeAt(text.length - 1))) return text;
  return text.replace(outerSpace, (space) => (space.includes("\ufeff") ? space : ""));
}

/** Most texts begin and end with a printable character of ASCII, and need no search. */
function mayBeSpace(code: number): boolean {
  return code <= 0x20 || code >= 0x7f;
}

const deepest = 200;

/** What PostgreSQL has no place for: NUL, halves of characters; and nesting deeper than anyone means. */
function refuseUnprintable(value: unknown, place: readonly (string | number)[]): void {
  const refuse = (complaint: string, loc = place): never => {
    throw new InvalidInput({
      type: "value_error",
      loc,
      msg: `Value error, ${complaint}`,
      input: null,
      ctx: { error: {} },
    });
  };
  if (typeof value === "string") {
    if (value.includes("\0")) refuse("text must not contain NUL characters");
    if (/\p{Surrogate}/u.test(value)) refuse("text must not contain lone surrogates");
  } else if (typeof value === "object" && value !== null) {
    if (place.length > deepest) refuse("the body is nested too deeply", place.slice(0, 1));
    for (const [key, item] of Object.entries(value)) {
      refuseUnprintable(key, place);
      refuseUnprintable(item, [...place, Array.isArray(value) ? Number(key) : key]);
    }
  }
}

function checkRules<Of>(rules: readonly Rule<Of>[], body: Of, input: unknown): void {
  for (const rule of rules) {
    const complaint = rule(body);
    if (complaint === undefined) continue;
    throw invalid("value_error", `Value error, ${complaint}`, input, { error: {} });
  }
}
