import { expect, test } from "vitest";
import { dollarQuoted } from "./dollar-quote.ts";

test.each([
  ["SELECT 'it''s \\'", "$$SELECT 'it''s \\'$$"],
  ["", "$$$$"],
  ["SELECT $$a$$", "$body$SELECT $$a$$$body$"],
  ["costs 5 $", "$body$costs 5 $$body$"],
  ["$$ $body", "$body1$$$ $body$body1$"],
  ["$$ $body$ $body1$", "$body2$$$ $body$ $body1$$body2$"],
])("%j in dollar quotes", (text, quoted) => {
  expect(dollarQuoted(text)).toBe(quoted);
});

test("a text that PostgreSQL cannot store is refused", () => {
  expect(() => dollarQuoted("a\0b")).toThrow(expect.objectContaining({ code: "OPERATION_INVALID" }));
});
