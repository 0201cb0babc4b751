import { describe, expect, test } from "vitest";
import { bytes, compact, count, duration, elided, milliseconds, plural } from "./format.ts";
import { ago, day, inUtc } from "./moments.ts";
import { durationTicks, ticks } from "./scale.ts";

test.each([
  [0, "0 s"],
  [0.25, "0.25 s"],
  [59.7, "1 min"],
  [61, "1 min 1 s"],
  [3_600, "1 h"],
  [3_605, "1 h"],
  [5_700, "1 h 35 min"],
  [270_000, "3 d 3 h"],
  [null, "–"],
])("%s seconds are %s", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test("numbers", () => {
  expect([count(1234567), count(12.345), count(null), count(-0.5)]).toEqual(["1,234,567", "12.35", "–", "-0.5"]);
  expect([compact(999), compact(8_962), compact(221_000_000)]).toEqual(["999", "8.96K", "221M"]);
  expect([bytes(0), bytes(999), bytes(1_048_576), bytes(5e12)]).toEqual(["0 B", "999 B", "1.05 MB", "5 TB"]);
  expect([milliseconds(1.234), milliseconds(1_950), milliseconds(95_000)]).toEqual(["1.23 ms", "1.95 s", "1 min 35 s"]);
  expect([plural(1, "run"), plural(2, "run"), plural(0, "anomaly", "anomalies")]).toEqual([
    "1 run",
    "2 runs",
    "0 anomalies",
  ]);
});

test("a name keeps both its ends, and no sign is cut in two", () => {
  expect(elided("short", 10)).toBe("short");
  expect(elided("warehouse.core.dim_customer", 11)).toBe("wareh…tomer");
  expect(elided("👩‍👩‍👧‍👦".repeat(9), 5)).toBe("👩‍👩‍👧‍👦👩‍👩‍👧‍👦…👩‍👩‍👧‍👦👩‍👩‍👧‍👦");
});

describe("moments", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  test.each([
    ["2026-11-22T11:59:55Z", "just now"],
    ["2026-11-22T11:55:58.123456Z", "4 min ago"],
    ["2026-11-20T12:00:00Z", "2 d ago"],
    ["2026-11-22T14:00:00Z", "in 2 h"],
  ])("%s is %s", (at, text) => {
    expect(ago(at, now)).toBe(text);
  });

  test("in UTC", () => {
    expect(inUtc("2026-11-22T18:08:17.5Z")).toBe("22 Nov 2026, 18:08:17 UTC");
    expect(day("2026-11-22")).toBe("Sun 22 Nov");
  });
});

test("axes have round numbers up to the largest value", () => {
  expect(ticks(9, 2)).toEqual([0, 5, 10]);
  expect(ticks(18_900)).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
  expect(ticks(0)).toEqual([0, 1]);
  expect(durationTicks(1_048)).toEqual([0, 300, 600, 900, 1_200]);
  expect(durationTicks(0.5)).toEqual(ticks(0.5));
});
