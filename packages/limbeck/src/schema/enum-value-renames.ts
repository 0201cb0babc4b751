import { identifier } from "../operations/language/identifiers.ts";
import { quote } from "../operations/language/literals.ts";
import { factOf, factsByKey, keyOf, type Attribute, type Fact, type Identity, type Schema } from "./fact.ts";

/** A value of an enum with another name. */
export interface EnumValueRename {
  readonly schema: string;
  /** The enum. */
  readonly relation: string;
  readonly from: string;
  readonly to: string;
}

/** The values of all enums, by names as those of columns. */
export function enumValues({ facts }: Schema): Identity[] {
  return facts.flatMap(({ kind, identity: { schema, name: relation }, attributes }) =>
    kind === "enum" ? (attributes["values"] as readonly string[]).map((name) => ({ schema, relation, name })) : [],
  );
}

/** What may have been renamed: the values at the same places of an enum that keeps all its others. */
export function enumValueCandidates(live: Schema, target: Schema): EnumValueRename[] {
  const there = factsByKey(target.facts);
  return live.facts.flatMap(({ kind, key, identity, attributes }) => {
    if (kind !== "enum") return [];
    const other = there.get(key);
    if (other === undefined) return [];
    const [old, wanted] = [attributes["values"], other.attributes["values"]] as unknown as readonly string[][];
    const pairs = old!.map((from, index) => ({ from, to: wanted![index]! })).filter(({ from, to }) => from !== to);
    const isRenamed =
      old!.length === wanted!.length && pairs.every(({ from, to }) => !wanted!.includes(from) && !old!.includes(to));
    return isRenamed ? pairs.map((pair) => ({ schema: identity.schema!, relation: identity.name, ...pair })) : [];
  });
}

/** The schema as it is when the value is renamed: what PostgreSQL keeps as a value follows, texts of functions do not. */
export function withEnumValueRenamed(schema: Schema, rename: EnumValueRename): Schema {
  const type = `${identifier(rename.schema)}.${identifier(rename.relation)}`;
  const key = keyOf("enum", { schema: rename.schema, name: rename.relation });
  const told = schema.facts.find((fact) => fact.key === key);
  if (!(told?.attributes["values"] as readonly string[] | undefined)?.includes(rename.from)) return schema;
  const change = (value: Attribute): Attribute => {
    if (typeof value === "string") return value.includes(type) ? constantsRenamed(value, type, rename) : value;
    if (Array.isArray(value)) return (value as readonly Attribute[]).map(change);
    return typeof value === "object" && value !== null ? recordRenamed(value as Fact["attributes"]) : value;
  };
  const recordRenamed = (record: Fact["attributes"]): Fact["attributes"] =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, name === "body" ? value : change(value)]));
  const facts = schema.facts.map((fact) => {
    if (fact.kind === "comment") return fact;
    const attributes = recordRenamed(fact.attributes);
    if (fact.key !== key) return factOf({ ...fact, attributes });
    const values = (attributes["values"] as readonly string[]).map((each) => (each === rename.from ? rename.to : each));
    return factOf({ ...fact, attributes: { ...attributes, values } });
  });
  return { ...schema, facts };
}

/** `'ok'::public.mood`, and the same inside `'{ok,sad}'::public.mood[]`. */
function constantsRenamed(text: string, type: string, { from, to }: EnumValueRename): string {
  const one = text.replaceAll(`${quote(from)}::${type}`, () => `${quote(to)}::${type}`);
  return one.replace(/'\{((?:[^']|'')*)\}'::([^\s,)]+)\[\]/g, (all, items: string, of: string) =>
    of === type
      ? `'{${items
          .split(",")
          .map((item) => (item === inArray(from) ? inArray(to) : item))
          .join(",")}}'::${of}[]`
      : all,
  );
}

/** A value as an array's text has it inside an SQL literal. */
function inArray(value: string): string {
  const isPlain = /^[^\s{},"\\]+$/.test(value) && value.toLowerCase() !== "null";
  const item = isPlain ? value : `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
  return item.replaceAll("'", "''");
}
