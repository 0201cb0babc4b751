import fc from "fast-check";
import { sql } from "../src/operations/language/sql.ts";

/** What quoting goes wrong with. */
const FRAGMENTS = [
  "'",
  "''",
  '"',
  "\\",
  "\\'",
  "$$",
  "$a$",
  ":name",
  "%",
  "%s",
  "?",
  ";",
  "--",
  "/*",
  "`",
  "${",
  "\n",
  "\r",
  "É",
  "🌍",
];

/** Any character but half of a surrogate pair. fast-check's own unit "binary" takes a second to set up. */
export const anyCharacter = fc
  .oneof(fc.nat({ max: 0xff }), fc.nat({ max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

/** Any text that PostgreSQL can store: no NUL, no half of a surrogate pair. */
export const anyText = fc
  .oneof(
    fc.string({ unit: anyCharacter }),
    fc.string({ unit: fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ minLength: 1, maxLength: 1 })) }),
  )
  .map((text) => text.replaceAll("\0", ""));

/** Any name that PostgreSQL keeps whole. */
export const anyName = fc
  .oneof({ weight: 30, arbitrary: anyText }, fc.constant("__proto__"))
  .filter((text) => text !== "" && Buffer.byteLength(text) <= 63);

const key = fc.oneof(anyText, fc.constantFrom("a", "b1", "with", "element", "constructor", "__proto__", "$sql"));

/** Any value that an operation can have in it: keys begin with `$` now and then, as those of SQL in JSON do. */
export const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    anyText,
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.uint8Array(),
    anyText.map((text) => sql.raw(text)),
    fc.array(tie("value")),
    fc.dictionary(key, tie("value"), { noNullPrototype: true }),
  ),
}));
