import fc from "fast-check";
import { expect, test } from "vitest";
import { anyCharacter } from "../../test/arbitraries.ts";
import { slugOf } from "./slug.ts";

test.each([
  ["Add new table", "add_new_table"],
  ["  Add   new-table! ", "add_new_table"],
  ["", ""],
  ["!?", ""],
  ["../../etc/passwd", "etc_passwd"],
  ["first\nsecond", "first"],
  ["\n first", "first"],
  ["first\r\nsecond", "first"],
  ["snake_case stays", "snake_case_stays"],
  ["Größe 10 %", "größe_10"],
  ["cafe\u0301 ouvert", "cafe\u0301_ouvert"],
  ["İstanbul", "i\u0307stanbul"],
  ["添加 新表", "添加_新表"],
  ["a message that is longer than a file name should be", "a_message_that_is_longer_than_a_file"],
  ["a_word_that_ends_just_at_the_fortieth_one yes", "a_word_that_ends_just_at_the_fortieth"],
  [`${"x".repeat(40)} y`, "x".repeat(40)],
  ["x".repeat(99), "x".repeat(40)],
  ["𠮷".repeat(99), "𠮷".repeat(40)],
])("%j becomes %j", (message, slug) => {
  expect(slugOf(message, 40)).toBe(slug);
});

test("is a harmless part of a file's name, whatever the message", () => {
  const unit = fc.constantFrom("é", "e\u0301", "İ", "ß", "𠮷", "🌍", "新", "_", "-", " ", "/", ".", "\n", "\r", "word");
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit, maxLength: 99 })), (message) => {
      const slug = slugOf(message, 40);
      expect(slug).toMatch(/^[\p{L}\p{N}\p{M}_]*$/u);
      expect(Buffer.from(slug).toString()).toBe(slug);
      expect(Array.from(slug).length).toBeLessThanOrEqual(40);
      expect(slugOf(slug, 40)).toBe(slug);
    }),
  );
});
