import type { Field } from "./fields.ts";
import { invalid, InvalidInput, type Issue } from "./issues.ts";

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

/** Makes the reader of a body: it gives the fields as they are used, or throws InvalidInput with all that is wrong. */
export function bodyReader<const Of extends Fields>(
  fields: Of,
  ...rules: readonly Rule<Body<Of>>[]
): (input: unknown) => Body<Of> {
  const known = Object.entries(fields);
  return (input) => {
    refuseUnprintable(input);
    const sent = normalised(dictionaryOf(input), fields);
    const issues: Issue[] = [];
    const body: Record<string, unknown> = {};
    for (const [name, field] of known) {
      if (Object.hasOwn(sent, name)) {
        attempt(() => (body[name] = field.read(sent[name])), ["body", name], issues);
      } else if (field.required) {
        issues.push({ type: "missing", loc: ["body", name], msg: "Field required", input: sent });
      }
    }
    if (issues.length > 0) throw new InvalidInput(...issues);
    checkRules(rules, body as Body<Of>, sent);
    return body as Body<Of>;
  };
}

/** Reads one value that is not part of a body, such as an id in a path. */
export function readParameter<Value>(field: Field<Value>, input: unknown, ...place: readonly string[]): Value {
  const issues: Issue[] = [];
  const value = attempt(() => field.read(input), place, issues);
  if (issues.length > 0) throw new InvalidInput(...issues);
  return value as Value;
}

function attempt<Value>(read: () => Value, place: readonly string[], issues: Issue[]): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    issues.push(...error.at(...place));
    return undefined;
  }
}

function dictionaryOf(input: unknown): Record<string, unknown> {
  if (input === undefined || input === null)
    throw new InvalidInput({ type: "missing", loc: ["body"], msg: "Field required", input: null });
  if (typeof input === "object" && Object.getPrototypeOf(input) === Object.prototype) {
    return input as Record<string, unknown>;
  }
  const msg = "Input should be a valid dictionary or object to extract fields from";
  throw new InvalidInput(...invalid("model_attributes_type", msg, input).at("body"));
}

function normalised(input: Record<string, unknown>, fields: Fields): Record<string, unknown> {
  const entries = Object.entries(input).map(([name, value]) =>
    typeof value === "string" && !fields[name]?.verbatim ? [name, value.trim().toLowerCase()] : [name, value],
  );
  return Object.fromEntries(entries);
}

const deepest = 200;

/** What PostgreSQL has no place for: NUL, halves of characters; and nesting deeper than anyone means. */
function refuseUnprintable(value: unknown, place: readonly (string | number)[] = ["body"]): void {
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
    if (place.length > deepest) refuse("the body is nested too deeply", ["body"]);
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
    const issue = invalid("value_error", `Value error, ${complaint}`, input, { error: {} });
    throw new InvalidInput(...issue.at("body"));
  }
}
