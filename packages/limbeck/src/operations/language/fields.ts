import { nearest } from "../../errors/suggest.ts";
import { invalid } from "./invalid.ts";

/** The names of a type's fields, beside the one that tells its kind. The compiler keeps the list complete. */
export type Fields<T> = { readonly [Key in Exclude<keyof T, "kind" | "element">]-?: true };

/** The value itself. Throws on a field that is not its type's: a misspelt option would be lost without a word. */
export function checked<T extends object>(call: string, value: T, fields: Fields<NoInfer<T>>): T {
  const unknown = Object.keys(value).find((key) => key !== "kind" && key !== "element" && !Object.hasOwn(fields, key));
  if (unknown === undefined) return value;
  const meant = nearest(unknown, Object.keys(fields));
  throw invalid(
    `${call} has no option "${unknown}".`,
    meant === undefined ? `Leave it out, or look up what ${call} takes.` : `Did you mean "${meant}"?`,
  );
}
