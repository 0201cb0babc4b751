/** The parser's tree of a statement, as libpg-query gives it: fields of zero, false and "" are left out. */
export type Tree = Readonly<Record<string, unknown>>;

/** The node inside a wrapper such as `{ "ColumnDef": { … } }`, if it is of this kind. */
export function unwrap(value: unknown, kind: string): Tree | undefined {
  const inner = isTree(value) ? value[kind] : undefined;
  return isTree(inner) ? inner : undefined;
}

/** The nodes of a list that are of this kind. */
export function unwrapAll(list: unknown, kind: string): Tree[] {
  return items(list)
    .map((item) => unwrap(item, kind))
    .filter((node) => node !== undefined);
}

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  const list = unwrap(value, "List");
  return list === undefined ? [] : items(list["items"]);
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The texts of a list of `String` nodes. */
export function strings(value: unknown): string[] {
  return items(value).flatMap((item) => text(unwrap(item, "String")?.["sval"]) ?? []);
}

/** Every node in a tree, the outer ones first, each with its kind. */
export function* nodes(value: unknown): Generator<readonly [kind: string, node: Tree]> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodes(item);
  } else if (isTree(value)) {
    for (const [kind, inner] of Object.entries(value)) {
      if (isTree(inner) && /^[A-Z]/.test(kind)) yield [kind, inner];
      yield* nodes(inner);
    }
  }
}
