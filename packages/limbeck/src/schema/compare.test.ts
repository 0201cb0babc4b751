import { describe, expect, test } from "vitest";
import { compareSchemas, unequalFacts } from "./compare.ts";
import { factOf, keyOf, schemaOf, type Attributes, type Fact, type FactKind, type Schema } from "./fact.ts";

function table(name: string, attributes: Attributes = {}, schema = "public"): Fact {
  return factOf({ kind: "table", identity: { schema, name }, attributes: { partitionOf: null, ...attributes } });
}

function part(kind: FactKind, relation: string, name: string, attributes: Attributes = {}, schema = "public"): Fact {
  const parents = [keyOf("table", { schema, name: relation })];
  return factOf({ kind, identity: { schema, relation, name }, parents, attributes });
}

function column(relation: string, name: string, attributes: Attributes = {}): Fact {
  return part("column", relation, name, { type: "text", nullable: true, default: null, ...attributes });
}

function comment(on: Fact, text: string): Fact {
  return factOf({
    kind: "comment",
    identity: { ...on.identity, on: on.kind },
    parents: [on.key],
    attributes: { text },
  });
}

const messages = (live: Schema, target: Schema): string[] => compareSchemas(live, target).map(({ message }) => message);
const between = (live: readonly Fact[], target: readonly Fact[]): string[] =>
  messages(schemaOf(live), schemaOf(target));

describe("compareSchemas", () => {
  test("finds no difference between a schema and itself in another order", () => {
    const facts = [table("city"), column("city", "name"), column("city", "area")];
    expect(between(facts, facts.toReversed())).toEqual([]);
  });

  test("tells what is missing, unexpected and different, in a stable order", () => {
    const live = [table("a"), column("a", "x", { type: "integer" }), column("a", "z"), table("c")];
    const target = [table("b"), table("a"), column("a", "x", { type: "bigint" }), column("a", "y")];
    expect(compareSchemas(schemaOf(live), schemaOf(target))).toEqual([
      { kind: "table", name: "b", change: "missing", message: "table b is missing" },
      { kind: "table", name: "c", change: "unexpected", message: "table c is not in the target schema" },
      {
        kind: "column",
        name: "a.x",
        change: "different",
        attributes: [{ name: "type", live: "integer", target: "bigint" }],
        message: "column a.x: type is integer, target has bigint",
      },
      { kind: "column", name: "a.y", change: "missing", message: "column a.y is missing" },
      { kind: "column", name: "a.z", change: "unexpected", message: "column a.z is not in the target schema" },
    ]);
  });

  test("does not tell of the parts of what is missing or unexpected", () => {
    const city = [table("city"), column("city", "name"), comment(column("city", "name"), "its name")];
    expect(between([], city)).toEqual(["table city is missing"]);
    expect(between(city, [])).toEqual(["table city is not in the target schema"]);
    expect(unequalFacts(schemaOf([]), schemaOf(city))).toHaveLength(3);
  });

  test("speaks PostgreSQL's types as people write them", () => {
    const typed = (type: string): Fact[] => [column("t", "c", { type })];
    const said = (live: string, target: string): string[] => between(typed(live), typed(target));
    expect(said("character varying(50)", "character varying(100)")).toEqual([
      "column t.c: type is varchar(50), target has varchar(100)",
    ]);
    expect(said("timestamp(3) with time zone", "time without time zone")).toEqual([
      "column t.c: type is timestamptz(3), target has time",
    ]);
    expect(said("public.mood", "app.mood[]")).toEqual(["column t.c: type is mood, target has app.mood[]"]);
  });

  test("says several attributes in one line, and of long ones only that they differ", () => {
    const live = [column("t", "c", { nullable: false, default: "1" })];
    expect(between(live, [column("t", "c")])).toEqual([
      "column t.c: default is 1, target has none; is not null, target is nullable",
    ]);
    const view = (definition: string): Fact[] => [
      factOf({ kind: "view", identity: { schema: "app", name: "v" }, attributes: { definition } }),
    ];
    expect(between(view("SELECT 1"), view(" SELECT 1\n  FROM t"))).toEqual(["view app.v: definition differs"]);
  });

  test("quotes names as SQL does, and keeps every schema but public", () => {
    expect(between([], [column("Order", "my column"), table("t", {}, "app")])).toEqual([
      "table app.t is missing",
      'column "Order"."my column" is missing',
    ]);
  });

  test("compares records whatever the order of their fields", () => {
    const sequence = (identity: Attributes): Fact[] => [column("t", "c", { identity })];
    expect(between(sequence({ start: "1", cache: "1" }), sequence({ cache: "1", start: "1" }))).toEqual([]);
    expect(between(sequence({ start: "1" }), sequence({ start: "2" }))).toEqual([
      "column t.c: identity is start 1, target has start 2",
    ]);
  });

  test("compares options whatever the order in which they were set", () => {
    const options = (...list: readonly string[]): Fact[] => [table("t", { options: list })];
    expect(between(options("a=1", "b=2"), options("b=2", "a=1"))).toEqual([]);
    expect(between(options("a=1", "b=2"), options("b=1", "a=2"))).toHaveLength(1);
  });

  test("takes the two prints of one IN list for the same", () => {
    const check = (definition: string): Fact[] => [part("constraint", "t", "c", { definition })];
    const first = "CHECK (((a)::text = ANY ((ARRAY['x'::character varying, 'it''s, '::character varying])::text[])))";
    const again =
      "CHECK (((a)::text = ANY (ARRAY[('x'::character varying)::text, ('it''s, '::character varying)::text])))";
    expect(between(check(first), check(again))).toEqual([]);
    expect(between(check(first.replace("'x'", "'y'")), check(again))).toHaveLength(1);
  });

  test("is silent where the target has no words", () => {
    const live = [table("t", { options: ["fillfactor=70"] }), part("trigger", "t", "g")];
    const partition = table("t_1", { partitionOf: { schema: "public", name: "t" } });
    const target = schemaOf([table("t", { options: [] })], {
      silentOn: ["trigger", "table.options", "table.partitionOf"],
    });
    expect(messages(schemaOf([...live, partition]), target)).toEqual([]);
    expect(messages(schemaOf([]), target)).toEqual(["table t is missing"]);
  });

  test("takes a materialized view that was filled for the one that was made empty", () => {
    const view = (populated: boolean): Fact[] => [
      factOf({ kind: "materialized view", identity: { schema: "public", name: "m" }, attributes: { populated } }),
    ];
    expect(between(view(true), view(false))).toEqual([]);
    expect(between(view(false), view(true))).toEqual(["materialized view m: is not populated, target is populated"]);
  });

  test("tells of what is not modelled when the live schema lacks it", () => {
    const unmodelled = [{ kind: "cast", name: "(a AS b)" }];
    expect(messages(schemaOf([]), schemaOf([], { unmodelled }))).toEqual(["cast (a AS b) is missing"]);
    expect(messages(schemaOf([], { unmodelled }), schemaOf([]))).toEqual([]);
  });
});
