import { identifier } from "../operations/language/identifiers.ts";
import { isTree, strings, text, unwrap, type Tree } from "./tree.ts";

/** A name as a statement says it: the schema is undefined where the search path decides. */
export interface ObjectName {
  readonly schema?: string | undefined;
  readonly name: string;
}

export function displayName({ schema, name }: ObjectName): string {
  return schema === undefined ? identifier(name) : `${identifier(schema)}.${identifier(name)}`;
}

/** Whether two names mean the same object, when one without a schema may be in any. */
export function sameName(a: ObjectName, b: ObjectName): boolean {
  return a.name === b.name && (a.schema ?? "public") === (b.schema ?? "public");
}

/** The name in a `RangeVar`, wrapped or not. */
export function relationName(value: unknown): ObjectName {
  const node = unwrap(value, "RangeVar") ?? (isTree(value) ? value : {});
  return { schema: text(node["schemaname"]), name: text(node["relname"]) ?? "" };
}

/** The name in a list of `String` nodes: `[schema,] name`. */
export function listedName(value: unknown): ObjectName {
  const parts = strings(value);
  return { schema: parts.at(-2), name: parts.at(-1) ?? "" };
}

/** A type as a statement names it. PostgreSQL's own short names come as they are in `pg_type`: int4, varchar, bpchar. */
export interface TypeName {
  readonly schema?: string | undefined;
  readonly name: string;
  readonly modifiers: readonly number[];
  readonly array: boolean;
}

export function typeName(value: unknown): TypeName {
  const node: Tree = unwrap(value, "TypeName") ?? (isTree(value) ? value : {});
  const { schema, name } = listedName(node["names"]);
  const modifiers = Array.isArray(node["typmods"]) ? node["typmods"].map(constant) : [];
  return {
    schema: schema === "pg_catalog" ? undefined : schema,
    name,
    modifiers,
    array: Array.isArray(node["arrayBounds"]),
  };
}

/** Zero is left out of the tree. */
function constant(value: unknown): number {
  const integer = unwrap(value, "A_Const")?.["ival"];
  return isTree(integer) && typeof integer["ival"] === "number" ? integer["ival"] : 0;
}
