import { expect, it } from "vitest";
import { reasonOf } from "./reason.ts";

it.each([
  [new Error("no"), "no"],
  [new AggregateError([new Error("first"), new Error("second")], "all"), "first"],
  [new AggregateError([], "all"), "all"],
  [new TypeError(""), "TypeError"],
  ["text", "text"],
  [new SyntaxError("Unexpected token  \n file.ts:1"), "Unexpected token\n file.ts:1"],
  [undefined, "undefined"],
])("%o says %j", (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

it.each([
  ["cannot use postgresql://u:secret@h/d here", "cannot use postgresql://u:***@h/d here"],
  ["at redis://:secret@h and postgresql://u:sec@ret@h", "at redis://:***@h"],
  ["a password=secret b", "a password=*** b"],
  ["host=h password = 'sec ret' user=u", "host=h password = *** user=u"],
  ["https://h/?sslpassword=secret&a=b", "https://h/?sslpassword=***&a=b"],
  ["see https://h:8080/a", "see https://h:8080/a"],
  ['the user "u" has no password', 'the user "u" has no password'],
])("%j is quoted without its password: %j", (message, shown) => {
  expect(reasonOf(new Error(message))).toBe(shown);
});
