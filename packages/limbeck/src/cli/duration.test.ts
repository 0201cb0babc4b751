import { describe, expect, it } from "vitest";
import { duration } from "./duration.ts";

describe("a time", () => {
  it.each([
    [0, "0 ms"],
    [0.4, "0 ms"],
    [12.5, "13 ms"],
    [999.4, "999 ms"],
    [999.9, "1.0 s"],
    [1000, "1.0 s"],
    [3440, "3.4 s"],
    [59_940, "59.9 s"],
    [59_990, "1 min 0 s"],
    [60_000, "1 min 0 s"],
    [119_700, "2 min 0 s"],
    [125_000, "2 min 5 s"],
    [3_600_000, "60 min 0 s"],
  ])("of %d ms is %s", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
