import fc from "fast-check";
import { expect, test } from "vitest";
import { findJsonMistake } from "./json-mistake.ts";

// What Python's json.loads says of each, from 3.13 on.
test.each<[string, number, string]>([
  ["", 0, "Expecting value"],
  ["{", 1, "Expecting property name enclosed in double quotes"],
  [`{"a":}`, 5, "Expecting value"],
  [`{"a" 1}`, 5, "Expecting ':' delimiter"],
  [`{"a":1 "b"}`, 7, "Expecting ',' delimiter"],
  [`{"a":1,}`, 6, "Illegal trailing comma before end of object"],
  ["[1, ]", 2, "Illegal trailing comma before end of array"],
  [`{'a':1}`, 1, "Expecting property name enclosed in double quotes"],
  ["[1,", 3, "Expecting value"],
  ["nul", 0, "Expecting value"],
  [`{"name":"x"} x`, 13, "Extra data"],
  [`"😀" x`, 4, "Extra data"],
  [`["abc]`, 1, "Unterminated string starting at"],
  [`"a\nb"`, 2, "Invalid control character at"],
  [String.raw`"a\xb"`, 2, String.raw`Invalid \escape`],
  [String.raw`"\u12g4"`, 2, String.raw`Invalid \uXXXX escape`],
  ["01", 1, "Extra data"],
  ["1.", 1, "Extra data"],
])("%s", (text, position, reason) => {
  expect(findJsonMistake(text)).toEqual({ position, reason });
});

test("there is a mistake where JSON.parse finds one, and nowhere else", () => {
  const almost = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", `"`, ":", "1", "\\", " ", "{", "["))
    .map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1));
  fc.assert(
    fc.property(almost, (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(findJsonMistake(text) === undefined).toBe(isJson);
    }),
  );
});

test("nesting is no matter", () => {
  expect(findJsonMistake("[".repeat(1_000_000))).toEqual({ position: 1_000_000, reason: "Expecting value" });
});
