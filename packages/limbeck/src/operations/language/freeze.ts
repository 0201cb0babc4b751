/** The same value without its undefined fields, frozen all the way down: an operation is data that nobody changes. */
export function frozen<const T>(value: T): Defined<T> {
  return freeze(value) as Defined<T>;
}

/** A type whose fields that may be undefined may be missing instead. */
type Defined<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

function freeze(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(freeze));
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  for (const entry of entries) entry[1] = freeze(entry[1]);
  return Object.freeze(Object.fromEntries(entries));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
