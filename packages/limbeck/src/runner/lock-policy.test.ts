import fc from "fast-check";
import { expect, it } from "vitest";
import { lockTimeoutAt, pauseAfter } from "./lock-policy.ts";

const policy = { timeoutMs: 200, maxTimeoutMs: 1000, retryForMs: 300_000 };

it("waits for a lock a little longer with each try, and at the deadline as long as it may", () => {
  expect([0, 10_000, 150_000, 300_000, 900_000].map((elapsed) => lockTimeoutAt(policy, elapsed))).toEqual([
    200, 227, 600, 1000, 1000,
  ]);
});

it("never waits less than the first time, nor longer than the larger of the two bounds", () => {
  const ms = fc.nat(1_000_000);
  fc.assert(
    fc.property(fc.record({ timeoutMs: ms, maxTimeoutMs: ms, retryForMs: ms }), ms, (any, elapsed) => {
      const timeout = lockTimeoutAt(any, elapsed);
      expect(timeout).toBeGreaterThanOrEqual(any.timeoutMs);
      expect(timeout).toBeLessThanOrEqual(Math.max(any.timeoutMs, any.maxTimeoutMs));
      expect(timeout === 0 || any.timeoutMs > 0).toBe(true);
    }),
  );
});

it("pauses longer with each failure, by chance half as long to half as long again, and never above 7.5 s", () => {
  expect([1, 2, 3, 20].map((failures) => pauseAfter(failures, 0.5))).toEqual([200, 300, 450, 5000]);
  expect([pauseAfter(1, 0), pauseAfter(1, 1), pauseAfter(99, 1)]).toEqual([100, 300, 7500]);
});
