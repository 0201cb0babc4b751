import { expect, test } from "vitest";
import type { TestModule } from "vitest/node";
import { countLine } from "./reporter.ts";

/** As much of a TestModule as the reporter looks at. */
function module(state: string, ...tests: string[]): TestModule {
  const children = { allTests: () => tests.map((result) => ({ result: () => ({ state: result }) })) };
  return { state: () => state, children } as unknown as TestModule;
}

test("counts over files", () => {
  expect(countLine([module("passed", "passed", "passed"), module("failed", "passed", "failed")], 0)).toBe(
    "3 passed, 1 failed",
  );
  expect(countLine([module("passed", "passed", "skipped")], 0)).toBe("1 passed, 0 failed, 1 skipped");
});

test("a run that went wrong never says 0 failed", () => {
  expect(countLine([module("failed")], 0)).toBe("0 passed, 1 failed");
  expect(countLine([module("passed", "passed")], 1)).toBe("1 passed, 1 failed");
  expect(countLine([module("failed", "pending")], 0)).toBe("0 passed, 1 failed");
});
