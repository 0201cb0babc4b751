import fc from "fast-check";
import { expect, it } from "vitest";
import { BatchSize } from "./batch-size.ts";

/** Lets a size learn from batches in which each row takes so long, and gives the longest of the later ones. */
function learned(msPerRow: (batch: number) => number, timeMs: number): { rows: number; longestMs: number } {
  const size = new BatchSize(500, Infinity, timeMs);
  let longestMs = 0;
  for (let batch = 0; batch < 60; batch++) {
    const ms = size.rows * msPerRow(batch);
    if (batch > 20) longestMs = Math.max(longestMs, ms);
    size.took(ms);
  }
  return { rows: size.rows, longestMs };
}

it("finds the number of rows that fit the time, and keeps it although batches vary", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.0005, max: 50, noNaN: true }),
      fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { minLength: 60, maxLength: 60 }),
      (cost, noise) => {
        const { rows, longestMs } = learned((batch) => cost * noise[batch]!, 100);
        expect(longestMs).toBeLessThanOrEqual(Math.max(110, cost * 1.2));
        expect(rows).toBeGreaterThanOrEqual(Math.max(1, Math.floor(70 / cost / 1.3)));
      },
    ),
  );
});

it("never has less than a row, or more than it may", () => {
  const size = new BatchSize(500, 700, 100);
  size.took(0);
  expect(size.rows).toBe(700);
  for (let batch = 0; batch < 20; batch++) size.took(100_000);
  expect(size.rows).toBe(1);
  size.halve();
  expect(size.rows).toBe(1);
  size.took(1);
  expect(size.rows).toBe(2);
});
