import type { Action } from "../action.ts";
import type { Rule } from "../rule.ts";

/** `NAMEDATALEN - 1`, in bytes (manual: "Identifiers and Key Words"). */
const LONGEST = 63;

export const identifierTooLong: Rule = {
  name: "identifier-too-long",
  group: "style",
  severity: "warning",
  summary: "A name of more than 63 bytes is cut off by PostgreSQL, which says so in a notice only.",
  docs: {
    problem: "Two long names may become the same one, and the name in the catalogs is not the one in the file.",
    instead: [
      "CREATE INDEX CONCURRENTLY ix_of_a_name_that_goes_on_and_on_and_on_until_nobody_can_read_it_any_more ON city (name);",
    ],
    use: ["CREATE INDEX CONCURRENTLY ix_city_name ON city (name);"],
    operations: [`op.createIndex("ix_city_name", "city", ["name"]);  // limbeck refuses a longer name`],
    locks: "None.",
  },
  check(action, { text }) {
    const long = newNames(action).flatMap((name) => cutOffIn(text, name) ?? [])[0];
    if (long === undefined) return undefined;
    return { message: `The name ${long} is cut off after ${LONGEST} bytes.`, evidence: "static" };
  },
};

/** What a statement says in full, when the parser has cut it off to this name. */
function cutOffIn(text: string, name: string): string | undefined {
  // What was cut off is as long as a name can be, but for a part of a character.
  if (name.length * 4 <= LONGEST - 4 || bytesOf(name) <= LONGEST - 4) return undefined;
  const words = text.match(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu) ?? [];
  return words
    .map((word) => (word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word))
    .find((word) => bytesOf(word) > LONGEST && name !== "" && word.toLowerCase().startsWith(name.toLowerCase()));
}

function newNames(action: Action): string[] {
  switch (action.kind) {
    case "create table":
      return [action.table.name, ...action.columns.map(({ name }) => name)];
    case "add column":
      return [action.column.name];
    case "add constraint":
      return [action.constraint.name ?? ""];
    case "create index":
      return [action.name ?? ""];
    case "rename":
      return [action.to];
    default:
      return [];
  }
}

/** UTF-8, without Node: an ASCII character is one byte, others are up to four. */
function bytesOf(text: string): number {
  return encodeURIComponent(text).replaceAll(/%../g, "x").length;
}
