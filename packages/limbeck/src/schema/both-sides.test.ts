import { expect, test } from "vitest";
import { bothSides } from "./both-sides.ts";
import { factOf, keyOf, schemaOf, type Attributes, type Fact, type FactKind } from "./fact.ts";

const table = factOf({
  kind: "table",
  identity: { schema: "public", name: "t" },
  attributes: { persistence: "permanent" },
});

function part(kind: FactKind, name: string, attributes: Attributes, position = 0): Fact {
  const parents = [kind === "default" ? keyOf("column", { schema: "public", relation: "t", name }) : table.key];
  return factOf({ kind, identity: { schema: "public", relation: "t", name }, parents, position, attributes });
}

test("what is only on one side is told with what it is made of, and without what is usual", () => {
  const b = part("column", "b", { type: "text", nullable: true }, 1);
  const a = part("column", "a", { type: "integer", nullable: false }, 2);
  const schema = schemaOf([table, a, b, part("default", "a", { expression: "7" })]);
  const attributes = [
    { name: "column b", from: null, to: "text" },
    { name: "column a", from: null, to: "integer, not null, default 7" },
  ];
  expect(bothSides(schemaOf([]), schema)).toEqual([{ kind: "table", name: "t", change: "added", attributes }]);
  expect(bothSides(schema, schemaOf([]))).toMatchObject([
    { change: "removed", attributes: [{ from: "text", to: null }, { from: "integer, not null, default 7" }] },
  ]);
});

test("what differs is told of both, but for passwords", () => {
  const server = (password: string): Fact =>
    factOf({ kind: "foreign server", identity: { schema: null, name: "s" }, attributes: { options: [password] } });
  const hidden = { name: "options", from: "(hidden)", to: "(hidden)" };
  expect(bothSides(schemaOf([server("password=a")]), schemaOf([server("password=b")]))).toEqual([
    { kind: "foreign server", name: "s", change: "changed", attributes: [hidden] },
  ]);
  const [added] = bothSides(schemaOf([]), schemaOf([server("password=a")]));
  expect(added?.attributes).toEqual([{ ...hidden, from: null }]);
});
