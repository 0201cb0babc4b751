import { ExactNumber } from "../../services/json.ts";
import { collect, invalid, type InvalidInput } from "./issues.ts";
import { parseMoment } from "./moments.ts";
import { pythonText } from "./python.ts";

/** A JSON Schema, for the description of the API. What decides is `read`. */
export type Schema = Readonly<Record<string, unknown>>;

/** How one field of a request is read. */
export interface Field<Value, Required extends boolean = boolean> {
  readonly schema: Schema;
  /** Gives the value, or throws InvalidInput. */
  readonly read: (input: unknown) => Value;
  readonly required: Required;
  /** Keeps its text as it was sent; every other text of a body is trimmed and lower-cased. */
  readonly verbatim?: true;
}

/** A field that may be left out, or be null. */
export function optional<Value>(field: Field<Value>): Field<Value | null, false> {
  const schema = { anyOf: [field.schema, { type: "null" }] };
  return { ...field, schema, read: (input) => (input === null ? null : field.read(input)), required: false };
}

/** A field that may be left out, but not be null. */
export function omittable<Value>(field: Field<Value>): Field<Value, false> {
  return { ...field, required: false };
}

/** A list of what another field reads. */
export function listOf<Value>(item: Field<Value>): Field<readonly Value[], true> {
  return {
    required: true,
    schema: { type: "array", items: item.schema },
    read: (input) => {
      if (!Array.isArray(input)) throw invalid("list_type", "Input should be a valid list", input);
      return collect(input.map((one: unknown, index) => [index, () => item.read(one)] as const));
    },
  };
}

export function text({ min = 0, max }: { min?: number; max: number }): Field<string, true> {
  return {
    required: true,
    schema: { type: "string", ...(min > 0 && { minLength: min }), maxLength: max },
    read: (input) => {
      if (typeof input !== "string") throw invalid("string_type", "Input should be a valid string", input);
      if (input.length < min) {
        const msg = `String should have at least ${min} character${min === 1 ? "" : "s"}`;
        throw invalid("string_too_short", msg, input, { min_length: min });
      }
      return shortEnough(input, max);
    },
  };
}

/** A watermark: any JSON value, kept as text. */
export function watermark(): Field<string, true> {
  const schema = { type: ["string", "integer", "number", "boolean", "object", "array"], maxLength: 50 };
  return { required: true, verbatim: true, schema, read: (input) => shortEnough(pythonText(input), 50) };
}

function shortEnough(input: string, max: number): string {
  // PostgreSQL counts characters, JavaScript the halves of those beyond U+FFFF.
  if (input.length <= max || Array.from(input).length <= max) return input;
  throw invalid("string_too_long", `String should have at most ${max} characters`, input, { max_length: max });
}

const largestInteger = 2 ** 31 - 1;

interface Bounds {
  readonly ge?: number;
  readonly le?: number;
}

/** A number for an integer column. */
export function integer(bounds: Bounds & { readonly gt?: number }): Field<number, true> {
  const { gt, ge, le = largestInteger } = bounds;
  return {
    required: true,
    schema: {
      type: "integer",
      ...(gt !== undefined && { exclusiveMinimum: gt }),
      ...(ge !== undefined && { minimum: ge }),
      maximum: le,
    },
    read: (input) => {
      const value = wholeNumber(input);
      if (gt !== undefined && value <= gt) {
        throw invalid("greater_than", `Input should be greater than ${gt}`, input, { gt });
      }
      if (ge !== undefined && value < ge) {
        throw invalid("greater_than_equal", `Input should be greater than or equal to ${ge}`, input, { ge });
      }
      if (value < -largestInteger) {
        const lowest = -largestInteger;
        throw invalid("greater_than_equal", `Input should be greater than or equal to ${lowest}`, input, {
          ge: lowest,
        });
      }
      return Number(atMost(value, BigInt(le), input));
    },
  };
}

const largestId = 2n ** 63n - 1n;

/** The id of a row. As text, since JavaScript's numbers do not reach as far as a bigint. */
export function id(): Field<string, true> {
  return {
    required: true,
    schema: { type: "integer", format: "int64" },
    read: (input) => {
      const value = wholeNumber(input);
      if (value < -largestId) {
        const ge = (-largestId).toString();
        throw invalid("greater_than_equal", `Input should be greater than or equal to ${ge}`, input, { ge });
      }
      return String(atMost(value, largestId, input));
    },
  };
}

function atMost(value: bigint, limit: bigint, input: unknown): bigint {
  if (value <= limit) return value;
  const le = limit > BigInt(Number.MAX_SAFE_INTEGER) ? limit.toString() : Number(limit);
  throw invalid("less_than_equal", `Input should be less than or equal to ${limit}`, input, { le });
}

/** Python's own limit: the time to read a number grows with the square of its length. */
const mostDigits = 4300;

function wholeNumber(input: unknown): bigint {
  if (typeof input === "boolean") return input ? 1n : 0n;
  if (typeof input === "number") return fromFloat(input, input);
  const written = input instanceof ExactNumber ? input.text : typeof input === "string" ? input.trim() : input;
  if (typeof written !== "string") throw invalid("int_type", "Input should be a valid integer", input);
  if (written.length > mostDigits) throw tooLongAnInteger(input);
  if (/^[+-]?\d+(?:_\d+)*(?:\.0+)?$/.test(written)) return BigInt(written.replace(/^\+|\..*$|_/g, ""));
  if (input instanceof ExactNumber) return fromFloat(Number(written), input);
  throw invalid("int_parsing", "Input should be a valid integer, unable to parse string as an integer", input);
}

function tooLongAnInteger(input: unknown): InvalidInput {
  return invalid("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size", input);
}

/** A number with a fraction. */
export function decimal({ ge, le }: Required<Bounds>): Field<number, true> {
  return {
    required: true,
    schema: { type: "number", minimum: ge, maximum: le },
    read: (input) => {
      const value = floatOf(input);
      // Written this way round, what is no number is refused too.
      if (!(value <= le))
        throw invalid("less_than_equal", `Input should be less than or equal to ${le}`, input, { le });
      if (value < ge) {
        throw invalid("greater_than_equal", `Input should be greater than or equal to ${ge}`, input, { ge });
      }
      return value;
    },
  };
}

const floatForm = /^\s*[+-]?(?:\d+(?:_\d+)*\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

function floatOf(input: unknown): number {
  if (typeof input === "number") return input;
  if (typeof input === "boolean") return input ? 1 : 0;
  if (input instanceof ExactNumber) return Number(input.text);
  if (typeof input !== "string") throw invalid("float_type", "Input should be a valid number", input);
  if (floatForm.test(input)) return Number(input.replaceAll("_", ""));
  if (/^[+-]?(?:nan|inf|infinity)$/i.test(input)) return input.startsWith("-") ? -Infinity : Infinity;
  throw invalid("float_parsing", "Input should be a valid number, unable to parse string as a number", input);
}

function fromFloat(number: number, input: unknown): bigint {
  if (Number.isInteger(number) && Math.abs(number) < 2 ** 63) return BigInt(number);
  if (Number.isInteger(number)) throw tooLongAnInteger(input);
  if (!Number.isFinite(number)) throw invalid("finite_number", "Input should be a finite number", input);
  throw invalid("int_from_float", "Input should be a valid integer, got a number with a fractional part", input);
}

const truths = new Map<unknown, boolean>([
  ...[true, 1, "1", "true", "t", "yes", "y", "on"].map((word) => [word, true] as const),
  ...[false, 0, "0", "false", "f", "no", "n", "off"].map((word) => [word, false] as const),
]);

export function flag(): Field<boolean, true> {
  return {
    required: true,
    schema: { type: "boolean" },
    read: (input) => {
      const sent = input instanceof ExactNumber ? Number(input.text) : input;
      const value = truths.get(sent);
      if (value !== undefined) return value;
      const isFraction = typeof sent === "number" && !Number.isInteger(sent);
      if (typeof sent === "object" || isFraction) throw invalid("bool_type", "Input should be a valid boolean", input);
      throw invalid("bool_parsing", "Input should be a valid boolean, unable to interpret input", input);
    },
  };
}

/** One of a few words, which are in lower case. */
export function choice<const Word extends string>(words: readonly Word[]): Field<Word, true> {
  const quoted = words.map((word) => `'${word}'`);
  const expected = `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
  return {
    required: true,
    schema: { type: "string", enum: words },
    read: (input) => {
      const word = words.find((candidate) => candidate === input);
      if (word === undefined) throw invalid("enum", `Input should be ${expected}`, input, { expected });
      return word;
    },
  };
}

/** A JSON object. */
export function dictionary(): Field<object, true> {
  return {
    required: true,
    schema: { type: "object", additionalProperties: true },
    read: (input) => {
      const isDictionary = typeof input === "object" && input !== null && !Array.isArray(input);
      if (isDictionary && !(input instanceof ExactNumber)) return input;
      throw invalid("dict_type", "Input should be a valid dictionary", input);
    },
  };
}

/** A moment, as `YYYY-MM-DDTHH:MM:SS.ffffffZ`. */
export function moment(): Field<string, true> {
  return {
    required: true,
    schema: { type: "string", format: "date-time" },
    read: (input) => {
      const written = input instanceof ExactNumber ? Number(input.text) : input;
      const value =
        typeof written === "string"
          ? parseMoment(written.toLowerCase())
          : typeof written === "number"
            ? parseMoment(written)
            : undefined;
      if (value === undefined) throw invalid("value_error", "value is not a valid datetime", input);
      return value;
    },
  };
}
