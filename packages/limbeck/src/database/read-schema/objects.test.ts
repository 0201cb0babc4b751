import { describe, expect, test } from "vitest";
import { Objects } from "./objects.ts";

const CLASS = 1259;
const NAMESPACE = 2615;
const catalogs = [
  { oid: String(CLASS), name: "pg_class" },
  { oid: String(NAMESPACE), name: "pg_namespace" },
];

function table(key: string): Parameters<Objects["add"]>[3] {
  return { key, subject: { kind: "table", identity: { schema: "app", name: key }, parents: [key] } };
}

describe("Objects", () => {
  test("names what neither is a fact nor belongs to one", () => {
    const objects = new Objects(catalogs, [
      [CLASS, 20_000, 0, NAMESPACE, 17_000, 0, "n"],
      [CLASS, 20_001, 0, CLASS, 20_000, 0, "i"],
      [9999, 20_002, 0, NAMESPACE, 17_000, 0, "n"],
      [9999, 20_003, 0, NAMESPACE, 18_000, 0, "n"],
    ]);
    objects.add("pg_class", 20000, 0, table("a"));
    expect(objects.unknown(new Set([17_000]))).toEqual([{ catalog: 9999, oid: 20_002 }]);
  });

  test("lets a table stand for its parts and for columns that are no facts", () => {
    const objects = new Objects(catalogs, [
      [CLASS, 1, 0, CLASS, 2, 7, "n"],
      [CLASS, 3, 0, CLASS, 1, 0, "i"],
      [CLASS, 3, 0, CLASS, 2, 4, "a"],
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
    const objects = new Objects(catalogs, [
      [CLASS, 3, 0, CLASS, 1, 0, "P"],
      [CLASS, 3, 0, CLASS, 2, 0, "S"],
    ]);
    objects.add("pg_class", 1, 0, table("whole"));
    objects.add("pg_class", 2, 0, table("partition"));
    expect(objects.dependencies()).toEqual([]);
  });
});
