import type { SchemaBefore } from "../operations/language/definition.ts";
import type { ObjectName, SubjectName } from "../operations/language/object-name.ts";
import { keyOf, schemaOf, type Dependency, type Fact, type FactKind, type Identity, type Schema } from "./fact.ts";
import { planChanges } from "./plan.ts";
import { sideOf } from "./side.ts";

/**
 * A schema as the operations ask for it that are to be reversed: what makes an object is what leads from the schema
 * without it to the schema.
 */
export function schemaBefore(schema: Schema, defaultSchema = "public"): SchemaBefore {
  const side = sideOf(schema);
  return {
    recreate(object) {
      const found = keysOf(object, defaultSchema).flatMap((key) => side.facts.get(key) ?? [])[0];
      if (found === undefined) return undefined;
      const gone = new Set<string>();
      const take = (fact: Fact): void => {
        if (gone.has(fact.key)) return;
        gone.add(fact.key);
        for (const part of side.partsOf(fact.key)) take(part);
      };
      take(found);
      const rest = schema.facts.filter(({ key }) => !gone.has(key));
      const dependencies = (): Dependency[] =>
        schema.dependencies().filter(({ from, on }) => !gone.has(from) && !gone.has(on));
      return planChanges(schemaOf(rest, { ...schema, dependencies }), schema, { defaultSchema }).operations;
    },
  };
}

/** What facts call the kinds that operations have one word for. */
const KINDS: Readonly<Record<string, readonly FactKind[]>> = {
  type: ["composite type", "range type", "base type", "shell type"],
  statistics: ["statistics object"],
  routine: ["function", "procedure", "aggregate"],
};

function keysOf(object: ObjectName, defaultSchema: string): string[] {
  if (object.kind === "comment") {
    return identitiesOf(object.on, defaultSchema).map(([kind, identity]) =>
      keyOf("comment", { ...identity, on: kind }),
    );
  }
  return identitiesOf(object, defaultSchema).map(([kind, identity]) => keyOf(kind, identity));
}

function identitiesOf(object: SubjectName, defaultSchema: string): (readonly [FactKind, Identity])[] {
  const schema = GLOBAL.has(object.kind) ? null : (("schema" in object ? object.schema : undefined) ?? defaultSchema);
  switch (object.kind) {
    case "attribute":
      return [["column", { schema, relation: object.type, name: object.name }]];
    case "domain constraint":
      return [["constraint", { schema, relation: object.domain, name: object.name }]];
    case "column":
    case "constraint":
    case "policy":
    case "rule":
    case "trigger":
      return [[object.kind, { schema, relation: object.table, name: object.name }]];
    case "function":
    case "procedure":
    case "routine":
    case "aggregate": {
      const signature = object.signature === "*" ? "" : object.signature;
      const kinds = KINDS[object.kind] ?? [object.kind as FactKind];
      return kinds.map((kind) => [kind, { schema, name: object.name, signature }]);
    }
    default: {
      const kinds = KINDS[object.kind] ?? [object.kind as FactKind];
      return "name" in object ? kinds.map((kind) => [kind, { schema, name: object.name }]) : [];
    }
  }
}

const GLOBAL: ReadonlySet<string> = new Set([
  "event trigger",
  "extension",
  "language",
  "publication",
  "role",
  "schema",
]);
