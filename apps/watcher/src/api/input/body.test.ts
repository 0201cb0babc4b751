import { describe, expect, test } from "vitest";
import { parseJson } from "../../services/json.ts";
import { bodyReader } from "./body.ts";
import { choice, decimal, dictionary, flag, id, integer, moment, optional, text, watermark } from "./fields.ts";
import { InvalidInput } from "./issues.ts";

const read = bodyReader({
  name: text({ min: 1, max: 5 }),
  id: optional(id()),
  count: optional(integer({ ge: 0 })),
  done: optional(flag()),
  unit: optional(choice(["minute", "hour", "day"])),
  metadata: optional(dictionary()),
  ratio: optional(decimal({ ge: 1, le: 10 })),
  at: optional(moment()),
  watermark: optional(watermark()),
});

function issuesOf(body: unknown) {
  try {
    read(body);
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues;
    throw error;
  }
  return [];
}

const field = (name: string, value: unknown) => read({ name: "n", [name]: value })[name as "count"];
const complaint = (name: string, json: string) =>
  issuesOf(parseJson(`{"name":"n","${name}":${json}}`)).map(({ type, loc }) => `${type} ${loc.join(".")}`);

test("texts are trimmed and lower-cased, watermarks and what is inside objects are not", () => {
  const body = { name: " ÄBC ", unit: " Day\n", watermark: " W ", metadata: { Key: " V " }, unknown: 1 };
  expect(read(body)).toEqual({ name: "äbc", unit: "day", watermark: " W ", metadata: { Key: " V " } });
});

test("what is trimmed is what Python calls white space", () => {
  expect(read({ name: "\u0085\u001f\u00a0a\u2003\n" }).name).toBe("a");
  expect(read({ name: "\ufeffa\ufeff" }).name).toBe("\ufeffa\ufeff");
});

test("what was not sent is not there, and null is null", () => {
  expect(read({ name: "n", count: null })).toEqual({ name: "n", count: null });
});

describe("lax values", () => {
  test.each([5, "5", " 5 ", "+5", "5.0", 5.0])("%j is the integer 5", (value) => {
    expect(field("count", value)).toBe(5);
  });
  test("true is 1, and an underscore may part digits", () => {
    expect(field("count", true)).toBe(1);
    expect(field("count", "1_000")).toBe(1000);
    expect(read(parseJson(`{"name":"n","count":2.0}`)).count).toBe(2);
  });
  test.each([true, 1, "1", "yes", "ON", "t", "Y", "True"])("%j is true", (value) => {
    expect(field("done", value)).toBe(true);
  });
  test.each([false, 0, "0", "no", "off", "f", "N", "false"])("%j is false", (value) => {
    expect(field("done", value)).toBe(false);
  });
  test("an id reaches as far as a bigint", () => {
    expect(read(parseJson(`{"name":"n","id":9223372036854775807}`)).id).toBe("9223372036854775807");
  });
});

test.each([
  ["name", "null", "string_type body.name"],
  ["name", "5", "string_type body.name"],
  ["name", `"  "`, "string_too_short body.name"],
  ["name", `"sixsix"`, "string_too_long body.name"],
  ["count", `"five"`, "int_parsing body.count"],
  ["count", "1.5", "int_from_float body.count"],
  ["count", "1e400", "finite_number body.count"],
  ["count", "1e300", "int_parsing_size body.count"],
  ["count", `"5."`, "int_parsing body.count"],
  ["count", "[]", "int_type body.count"],
  ["count", "-1", "greater_than_equal body.count"],
  ["count", "2147483648", "less_than_equal body.count"],
  ["count", `"${"9".repeat(5000)}"`, "int_parsing_size body.count"],
  ["id", "9223372036854775808", "less_than_equal body.id"],
  ["id", "-9223372036854775809", "greater_than_equal body.id"],
  ["done", `"maybe"`, "bool_parsing body.done"],
  ["done", "{}", "bool_type body.done"],
  ["done", "5.0", "bool_parsing body.done"],
  ["done", "5.5", "bool_type body.done"],
  ["ratio", `"nan"`, "less_than_equal body.ratio"],
  ["ratio", `"-Infinity"`, "greater_than_equal body.ratio"],
  ["unit", `"decade"`, "enum body.unit"],
  ["metadata", "[]", "dict_type body.metadata"],
  ["metadata", "1.0", "dict_type body.metadata"],
  ["metadata", `{"a":["\\u0000"]}`, "value_error body.metadata.a.0"],
  ["metadata", `{"\\ud800":1}`, "value_error body.metadata"],
  ["at", `"yesterday"`, "value_error body.at"],
  ["at", "true", "value_error body.at"],
  ["watermark", `"${"w".repeat(51)}"`, "string_too_long body.watermark"],
])("%s %s: %s", (name, json, issue) => {
  expect(complaint(name, json)).toEqual([issue]);
});

test("characters are counted as PostgreSQL counts them", () => {
  expect(read({ name: "😀😀😀😀😀" }).name).toBe("😀😀😀😀😀");
});

test("all that is wrong is told at once, with what was sent", () => {
  expect(issuesOf({ count: -1 })).toEqual([
    { type: "missing", loc: ["body", "name"], msg: "Field required", input: { count: -1 } },
    {
      type: "greater_than_equal",
      loc: ["body", "count"],
      msg: "Input should be greater than or equal to 0",
      input: -1,
      ctx: { ge: 0 },
    },
  ]);
});

test.each([[undefined], [null]])("%j is no body", (body) => {
  expect(issuesOf(body)).toEqual([{ type: "missing", loc: ["body"], msg: "Field required", input: null }]);
});

test.each([[[{}]], ["text"], [5]])("%j is no object", (body) => {
  expect(issuesOf(body)).toMatchObject([{ type: "model_attributes_type", loc: ["body"], input: body }]);
});

test("nesting has an end", () => {
  const nested = parseJson(`{"name":"n","metadata":${`{"a":`.repeat(1000)}1${"}".repeat(1000)}}`);
  expect(issuesOf(nested)).toMatchObject([{ type: "value_error", loc: ["body"] }]);
});

test("a rule between fields is checked when each of them is right", () => {
  const pair = bodyReader({ a: optional(integer({})), b: optional(integer({})) }, ({ a, b }) =>
    a === b ? undefined : "a and b must be equal",
  );
  expect(pair({ a: 1, b: "1" })).toEqual({ a: 1, b: 1 });
  expect(() => pair({ a: " 1 " })).toThrow("Value error, a and b must be equal");
});

test("the names of JavaScript's own things are no fields", () => {
  expect(issuesOf(parseJson(`{"__proto__":{"name":"n"},"constructor":1}`))).toMatchObject([{ type: "missing" }]);
});
