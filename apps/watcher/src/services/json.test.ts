import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, ExactNumber, parseJson, printJson } from "./json.ts";

describe("numbers that JavaScript would change", () => {
  test.each([
    "9007199254740993",
    "-123456789012345678901234567890",
    "1.0",
    "1.10",
    "1e400",
    "1E5",
    "0.1000000000000000055511151231257827",
  ])("%s is kept to the letter", (number) => {
    const parsed = parseJson(`{"n":${number}}`) as { n: unknown };
    expect(parsed.n).toEqual(new ExactNumber(number));
    expect(printJson(parsed)).toBe(`{"n":${number}}`);
  });

  test.each([0, 1, -5, 1.5, 9007199254740991])("%d stays a number", (number) => {
    expect(parseJson(`[${number}]`)).toEqual([number]);
  });

  test("texts that look like numbers stay texts", () => {
    const text = String.raw`{"9007199254740993":"9007199254740993","quote":"\"9007199254740993","n":9007199254740993}`;
    expect(printJson(parseJson(text) as object)).toBe(text);
  });
});

test("mistakes are reported where they are, numbers or not", () => {
  expect(() => parseJson(`{"n":1.0,}`)).toThrow(/position 9/);
  expect(() => parseJson("01.0")).toThrow(SyntaxError);
});

test("canonical JSON does not depend on the order of keys", () => {
  const text = `{"b":[{"d":1,"c":9007199254740993}],"a":null}`;
  expect(canonicalJson(parseJson(text) as object)).toBe(`{"a":null,"b":[{"c":9007199254740993,"d":1}]}`);
});

test("whatever JSON prints comes back the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify([value]);
      expect(JSON.parse(printJson(parseJson(text) as object))).toEqual(JSON.parse(text));
    }),
  );
});
