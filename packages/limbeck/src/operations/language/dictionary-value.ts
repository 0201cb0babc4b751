import { quote } from "./literals.ts";

/** The value of a text search dictionary's option: PostgreSQL keeps a number as it is written, and all else as a string. */
export function dictionaryValue(value: string | number | boolean): string {
  return typeof value === "number" ? String(value) : quote(String(value));
}
