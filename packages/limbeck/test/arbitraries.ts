import fc from "fast-check";

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

/** Any text that PostgreSQL can store: no NUL, no half of a surrogate pair. */
export const anyText = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ minLength: 1, maxLength: 1 })) }),
  )
  .map((text) => text.replaceAll("\0", ""));

/** Any name that PostgreSQL keeps whole. */
export const anyName = anyText.filter((text) => text !== "" && Buffer.byteLength(text) <= 63);
