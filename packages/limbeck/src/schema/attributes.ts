import { printedAgain } from "./expression.ts";
import type { Attribute, Attributes, Fact } from "./fact.ts";

/**
 * Whether two values are the same, whatever the order of a record's fields or of options, and the age
 * of an expression's print.
 */
export function equalAttribute(a: Attribute, b: Attribute): boolean {
  if (a === b) return true;
  if (typeof a === "string" && typeof b === "string") return printedAgain(a) === printedAgain(b);
  return typeof a === "object" && typeof b === "object" && (isCopy(a, b) || canonical(a) === canonical(b));
}

/** Whether two values are alike to the letter: most that are equal are. */
export function isCopy(a: Attribute | undefined, b: Attribute | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => isCopy(item, b[at]));
  const [one, other] = [a as Attributes, b as Attributes];
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isCopy(one[name], other[name]));
}

/** Whether two facts say the same, but for the attributes in `except`. */
export function equalAttributes(a: Attributes, b: Attributes, except: readonly string[] = []): boolean {
  const isEqual = (name: string): boolean => except.includes(name) || equalAttribute(a[name] ?? null, b[name] ?? null);
  if (except.length === 0 && isCopy(a, b)) return true;
  return Object.keys(a).every(isEqual) && Object.keys(b).every((name) => name in a || isEqual(name));
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

/** Whether an index is another table's. Its name does not tell. */
export function hasMoved({ kind, parents: [here] }: Fact, { parents: [there] }: Fact): boolean {
  return kind === "index" && here !== there;
}
