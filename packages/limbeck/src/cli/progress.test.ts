import { describe, expect, it } from "vitest";
import type { StepInfo } from "../runner/events.ts";
import { duration, Progress } from "./progress.ts";

const step = (revision: string, direction: StepInfo["direction"] = "upgrade"): StepInfo => ({
  revision,
  direction,
  down: [],
  message: "",
  title: ` -> ${revision}`,
});

function listen(): { progress: Progress; told: () => string } {
  const texts: string[] = [];
  return { progress: new Progress((text) => texts.push(text)), told: () => texts.join("|") };
}

describe("progress", () => {
  it("names each step when it begins, and its time on the same line when it is done", () => {
    const { progress, told } = listen();
    progress.hear({ type: "plan", steps: [step("a"), step("b")] });
    progress.hear({ type: "stepStart", step: step("a") });
    progress.hear({ type: "stepEnd", step: step("a"), durationMs: 12.4 });
    progress.hear({ type: "stepResume", step: step("b", "downgrade"), done: 2 });
    progress.hear({ type: "stepEnd", step: step("b", "downgrade"), durationMs: 3400 });
    progress.end();
    expect(told()).toBe(
      "Running upgrade  -> a| (12 ms)\n|Going on with downgrade  -> b, after 2 statements| (3.4 s)\n",
    );
  });

  it("ends an open line before anything else is written, once", () => {
    const { progress, told } = listen();
    progress.hear({ type: "stepStart", step: step("a") });
    progress.end();
    progress.end();
    expect(told()).toBe("Running upgrade  -> a|\n");
  });

  it("says whom it waits for", () => {
    const { progress, told } = listen();
    progress.hear({ type: "wait", for: "lock", holder: undefined, heldBy: "process 7" });
    progress.hear({ type: "stepStart", step: step("a") });
    progress.hear({ type: "wait", for: "lock", holder: undefined, heldBy: "process 8" });
    expect(told()).toMatch(/process 7\n\|Running upgrade {2}-> a\|\n\|.*process 8\n$/);
  });
});

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
