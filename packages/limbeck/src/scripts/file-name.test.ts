import { expect, test } from "vitest";
import { fileNameOf } from "./file-name.ts";

const now = new Date("2025-09-09T23:50:58Z");

test.each([
  ["{revision}_{slug}", "UTC", "Create city", "a1_create_city"],
  ["{revision}_{slug}", "UTC", "", "a1"],
  ["{year}/{month}/{revision}_{slug}", "UTC", "Create city", "2025/09/a1_create_city"],
  ["{year}{month}{day}_{hour}{minute}{second}_{revision}", "UTC", "x", "20250909_235058_a1"],
  ["{year}{month}{day}_{hour}{minute}{second}_{revision}", "Asia/Tokyo", "x", "20250910_085058_a1"],
  ["{epoch}-{revision}-{slug}", "UTC", "It's", "1757461858-a1-it_s"],
])("%s in %s for %j is %s", (template, timezone, message, name) => {
  expect(fileNameOf({ template, timezone, slugLength: 40 }, "a1", message, now)).toBe(name);
});

test("midnight is hour 00", () => {
  const midnight = new Date("2025-01-01T00:00:00Z");
  expect(fileNameOf({ template: "{hour}", timezone: "UTC", slugLength: 40 }, "a1", "", midnight)).toBe("00");
});

test("a placeholder that means nothing is refused", () => {
  const naming = { template: "{revision}_{slag}", timezone: "UTC", slugLength: 40 };
  expect(() => fileNameOf(naming, "a1", "x", now)).toThrow(expect.objectContaining({ code: "TEMPLATE_INVALID" }));
});
