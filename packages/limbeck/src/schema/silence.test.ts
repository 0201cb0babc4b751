import { expect, test } from "vitest";
import { factOf, schemaOf, type Attributes, type Fact, type FactKind } from "./fact.ts";
import { completed } from "./silence.ts";

function table(name: string, attributes: Attributes = {}): Fact {
  return factOf({
    kind: "table",
    identity: { schema: "public", name },
    attributes: { partitionOf: null, ...attributes },
  });
}

function about(kind: FactKind, on: Fact, attributes: Attributes): Fact {
  return factOf({ kind, identity: { ...on.identity, on: on.kind }, parents: [on.key], attributes });
}

function trigger(relation: Fact, name: string): Fact {
  const identity = { schema: "public", relation: relation.identity.name, name };
  return factOf({ kind: "trigger", identity, parents: [relation.key], attributes: {} });
}

const keys = (facts: readonly Fact[]): string[] => facts.map(({ key }) => key);

test("takes from the live schema what the target has no words for, with its parts and their dependencies", () => {
  const [city, gone] = [table("city"), table("gone")];
  const touch = trigger(city, "touch");
  const said = about("comment", touch, { text: "x" });
  const live = schemaOf([city, gone, touch, said, trigger(gone, "touch")], {
    dependencies: () => [{ from: touch.key, on: city.key, type: "auto" }],
  });
  const result = completed(live, schemaOf([city], { silentOn: ["trigger"] }));
  expect(keys(result.facts)).toEqual(keys([city, touch, said]));
  expect(result.dependencies()).toEqual(live.dependencies());
  expect(result.silentOn).toEqual([]);
});

test("takes attributes, too, and partitions with all that is in them", () => {
  const partition = table("city_1", { partitionOf: { schema: "public", name: "city" }, options: [] });
  const live = [table("city", { options: ["fillfactor=70"], comment: "a" }), partition, trigger(partition, "touch")];
  const target = [table("city", { options: [], comment: "b" })];
  const { facts } = completed(schemaOf(live), schemaOf(target, { silentOn: ["table.options", "table.partitionOf"] }));
  expect(keys(facts)).toEqual(keys(live));
  expect(facts[0]!.attributes).toEqual({ partitionOf: null, options: ["fillfactor=70"], comment: "b" });
});

test("leaves an owner that nobody names as it is, and gives none to what is new", () => {
  const [city, fresh] = [table("city"), table("fresh")];
  const owner = (on: Fact, role: string | null): Fact => about("owner", on, { role });
  const live = schemaOf([city, owner(city, "ada")]);
  const target = schemaOf([city, fresh, owner(city, null), owner(fresh, null)]);
  expect(completed(live, target).facts).toEqual([city, fresh, owner(city, "ada")]);
  const named = schemaOf([city, owner(city, "bob")]);
  expect(completed(live, named).facts).toEqual([city, owner(city, "bob")]);
});

test("leaves what is said of one object to the live schema", () => {
  const space = factOf({ kind: "schema", identity: { schema: null, name: "public" }, attributes: {} });
  const live = schemaOf([space, about("comment", space, { text: "mine" }), about("owner", space, { role: "ada" })]);
  const target = schemaOf([space, about("comment", space, { text: "standard" })], { silentOn: ["schema public"] });
  expect(completed(live, target).facts).toEqual(live.facts);
});
