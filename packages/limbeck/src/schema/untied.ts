import { frozen } from "../operations/language/freeze.ts";
import type { Operation } from "../operations/operation.ts";
import { setTableType } from "../operations/set-table-type.ts";
import { expanded, typeKey } from "./expand.ts";
import { equalAttributes } from "./attributes.ts";
import { factsByKey, schemaOf, type Dependency, type Fact, type Schema } from "./fact.ts";
import { conversionOf } from "./rules/types.ts";

/**
 * Unties tables from their type where its attributes get types that ALTER TYPE gives no table, so that the columns are
 * altered by themselves, and tied again.
 */
export function withUntied(
  live: Schema,
  target: Schema,
  schemaOption: (name: string | null | undefined) => string | undefined,
): { readonly schema: Schema; readonly operations: readonly Operation[] } {
  const there = factsByKey(target.facts);
  const isRemade = (type: string): boolean =>
    live.facts.some(({ kind, key, parents: [parent], attributes: { type: from } }) => {
      const to = kind === "column" && parent === type ? there.get(key)?.attributes["type"] : undefined;
      if (typeof to !== "string" || typeof from !== "string") return false;
      if (from === to) return live.dependencies().some(({ from: user, on }) => user === key && isOther(on));
      return conversionOf(from, to) !== "assignment" || live.facts.some((fact) => isOf(fact, type));
    });
  const isOther = (key: string): boolean => {
    const [type, next] = [factsByKey(live.facts).get(key), there.get(key)];
    if (type === undefined || next === undefined || !REMADE.has(type.kind)) return false;
    return !equalAttributes(type.attributes, next.attributes, ["default", "nullable"]);
  };
  const untied = live.facts.filter((fact) => {
    if (fact.kind !== "table" || !fact.attributes["ofType"]) return false;
    const table = there.get(fact.key);
    return table !== undefined && typeKey(fact) === typeKey(table) && isRemade(typeKey(fact));
  });
  if (untied.length === 0) return { schema: live, operations: [] };
  const { columns } = expanded(live);
  const needs = live.dependencies();
  // A column of a typed table needs what the attribute does.
  const typesOf = ({ key, parents: [table], identity: { name } }: Fact): Dependency[] => {
    const type = typeKey(untied.find((fact) => fact.key === table)!);
    const attribute = columns.get(type)?.get(name)?.key;
    return needs.filter(({ from }) => from === attribute).map((each) => ({ ...each, from: key }));
  };
  const facts = live.facts.map((fact) =>
    untied.includes(fact) ? { ...fact, attributes: { ...fact.attributes, ofType: null } } : fact,
  );
  const own = untied.flatMap(({ key }) => [...columns.get(key)!.values()]);
  return {
    schema: schemaOf([...facts, ...own], { ...live, dependencies: () => [...needs, ...own.flatMap(typesOf)] }),
    operations: untied.map(({ identity: { name, schema } }) =>
      setTableType(name, null, frozen({ schema: schemaOption(schema) })),
    ),
  };
}

const REMADE: ReadonlySet<string> = new Set(["enum", "domain", "range type"]);

/** Whether a column holds values of a composite type. */
function isOf({ kind, attributes: { type: of } }: Fact, type: string): boolean {
  return kind === "column" && typeof of === "string" && [of, of.replace(/\[\]$/, "")].includes(type.slice(15));
}
