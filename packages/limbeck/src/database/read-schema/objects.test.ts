import { describe, expect, test } from "vitest";
import { Objects } from "./objects.ts";
import type { DependenciesRow } from "./parts.ts";

const CLASS = 1259;
const NAMESPACE = 2615;
const catalogs = [
  { oid: String(CLASS), name: "pg_class" },
  { oid: String(NAMESPACE), name: "pg_namespace" },
];

function table(key: string): Parameters<Objects["add"]>[3] {
  return { key, kind: "table", identity: { schema: "app", name: key } };
}

function row(catalog: number, on: number, type: string, pairs: string): DependenciesRow {
  return { catalog, on, type, pairs };
}

function objectsWith(dependencies: readonly DependenciesRow[]): Objects {
  const objects = new Objects(catalogs);
  objects.addDependencies(dependencies);
  return objects;
}

describe("Objects", () => {
  test("names what neither is a fact nor belongs to one", () => {
    const objects = objectsWith([
      row(CLASS, NAMESPACE, "n", "20000,0,17000,0"),
      row(CLASS, CLASS, "i", "20001,0,20000,0"),
      row(9999, NAMESPACE, "n", "20002,0,17000,0"),
      row(9999, NAMESPACE, "n", "20003,0,18000,0"),
    ]);
    objects.add("pg_class", 20000, 0, table("a"));
    expect(objects.unknown(new Set([17_000]))).toEqual([{ catalog: 9999, oid: 20_002 }]);
  });

  test("lets a table stand for its parts and for columns that are no facts", () => {
    const objects = objectsWith([
      row(CLASS, CLASS, "n", "1,0,2,7"),
      row(CLASS, CLASS, "i", "3,0,1,0"),
      row(CLASS, CLASS, "a", "3,0,2,4"),
    ]);
    objects.add("pg_class", 1, 0, table("a"));
    objects.add("pg_class", 2, 0, table("b"));
    objects.add("pg_class", 2, 4, table("b.c"));
    expect(objects.dependencies()).toEqual([
      { from: "a", on: "b", type: "normal" },
      { from: "a", on: "b.c", type: "auto" },
    ]);
  });

  test("leaves the needs of a partition's copies to the partition", () => {
    const objects = objectsWith([row(CLASS, CLASS, "P", "3,0,1,0"), row(CLASS, CLASS, "S", "3,0,2,0")]);
    objects.add("pg_class", 1, 0, table("whole"));
    objects.add("pg_class", 2, 0, table("partition"));
    expect(objects.dependencies()).toEqual([]);
  });
});
