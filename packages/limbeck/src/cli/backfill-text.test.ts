import { describe, expect, it } from "vitest";
import type { BackfillProgress } from "../runner/backfill-meter.ts";
import { backfillBar, backfillText, Seldom } from "./backfill-text.ts";

const half: BackfillProgress = {
  table: "city",
  pass: 1,
  seen: 620_000,
  total: 1_000_000,
  changed: 480_000,
  rowsPerSecond: 48_000.4,
  remainingMs: 7916,
  waiting: undefined,
  done: false,
};

describe("a backfill's progress", () => {
  it.each<[string, Partial<BackfillProgress>, string]>([
    ["on its way", {}, "city: 62 %, 480,000 rows changed, 48,000 a second, 7.9 s left"],
    [
      "at its beginning",
      { seen: 0, changed: 0, rowsPerSecond: undefined, remainingMs: undefined },
      "city: 0 %, 0 rows changed",
    ],
    [
      "in a later pass",
      { pass: 2, seen: 1_000_000 },
      "city: 99 %, pass 2, 480,000 rows changed, 48,000 a second, 7.9 s left",
    ],
    [
      "held up by locks",
      { waiting: { for: "locks" }, remainingMs: undefined },
      "city: 62 %, 480,000 rows changed, 48,000 a second, waiting for locks",
    ],
    [
      "held up by a replica",
      { waiting: { for: "replica", lagMs: 12_000 }, remainingMs: undefined, rowsPerSecond: undefined },
      "city: 62 %, 480,000 rows changed, waiting for a replica that is 12.0 s behind",
    ],
    [
      "without rows",
      { seen: 0, total: 0, changed: 0, rowsPerSecond: undefined, remainingMs: 0 },
      "city: 0 %, 0 rows changed, 0 ms left",
    ],
    ["at its end", { done: true, changed: 1, remainingMs: 0, rowsPerSecond: undefined }, "city: 1 row changed"],
  ])("%s is one sentence", (_, more, text) => {
    expect(backfillText({ ...half, ...more })).toBe(text);
  });

  it("is a bar within the terminal's width", () => {
    expect(backfillBar(half, 120)).toBe(
      "  ███████████████████░░░░░░░░░░░  city: 62 %, 480,000 rows changed, 48,000 a second, 7.9 s left",
    );
    expect(backfillBar(half, 80)).toMatch(/^ {2}█+░+ {2}city: 62 %/);
    expect(backfillBar(half, 40)).toBe("  city: 62 %, 480,000 rows changed, 48,");
    for (let columns = 1; columns < 130; columns++) {
      expect(backfillBar(half, columns).length, `${columns} columns`).toBeLessThan(Math.max(columns, 2));
    }
  });

  it("is told every five seconds at the most, and at its end", () => {
    const seldom = new Seldom();
    const told = [0, 100, 4999, 5000, 9000, 10_001].filter((now) => seldom.isDue(half, now));
    expect(told).toEqual([5000, 10_001]);
    expect(seldom.isDue({ ...half, done: true }, 10_002)).toBe(true);
    expect(seldom.isDue(half, 10_003)).toBe(false);
    expect(seldom.isDue(half, 15_003)).toBe(true);
  });
});
