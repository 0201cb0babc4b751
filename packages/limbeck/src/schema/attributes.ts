import { printedAgain } from "./expression.ts";
import type { Attribute, Attributes } from "./fact.ts";

/**
 * Whether two values are the same, whatever the order of a record's fields or of options, and the age
 * of an expression's print.
 */
export function equalAttribute(a: Attribute, b: Attribute): boolean {
  if (a === b) return true;
  if (typeof a === "string" && typeof b === "string") return printedAgain(a) === printedAgain(b);
  return typeof a === "object" && typeof b === "object" && canonical(a) === canonical(b);
}

/** Whether two facts say the same, but for the attributes in `except`. */
export function equalAttributes(a: Attributes, b: Attributes, except: readonly string[] = []): boolean {
  const isEqual = (name: string): boolean => except.includes(name) || equalAttribute(a[name] ?? null, b[name] ?? null);
  return a === b || (Object.keys(a).every(isEqual) && Object.keys(b).every((name) => name in a || isEqual(name)));
}

/** Whether two facts say the same in the attributes that are named. */
export function equalIn(names: readonly string[], a: Attributes, b: Attributes): boolean {
  return names.every((name) => equalAttribute(a[name] ?? null, b[name] ?? null));
}

/** The names that stand on either side, sorted. */
export function attributeNames(a: Attributes, b: Attributes): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
}

function canonical(value: Attribute): string {
  if (typeof value === "string") return JSON.stringify(printedAgain(value));
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const items = value as readonly Attribute[];
    const texts = items.map(canonical);
    return `[${(items.every(isAssignment) ? texts.toSorted() : texts).join(",")}]`;
  }
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

/** Options are lists of `name=value`, in the order in which they were set, which says nothing. */
function isAssignment(item: Attribute): boolean {
  return typeof item === "string" && /^[\w. -]+=/.test(item);
}
