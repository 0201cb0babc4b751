import { expect, test } from "vitest";
import { nextRevisionId } from "./revision-id.ts";

const never = () => false;

test("is the UTC time to the second, wherever the machine stands", () => {
  expect(nextRevisionId(new Date("2025-09-09T18:50:58.999Z"), never)).toBe("20250909185058");
  expect(nextRevisionId(new Date("2025-09-09T23:50:58-05:00"), never)).toBe("20250910045058");
});

test("is the next free second where others were faster", () => {
  const taken = new Set(["20251231235958", "20251231235959", "20260101000000"]);
  expect(nextRevisionId(new Date("2025-12-31T23:59:58Z"), (id) => taken.has(id))).toBe("20260101000001");
});
