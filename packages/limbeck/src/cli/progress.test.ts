import { describe, expect, it } from "vitest";
import type { RunEvent, StepInfo } from "../runner/events.ts";
import type { LogLevel } from "./log-level.ts";
import { Progress } from "./progress.ts";

const step = (revision: string, direction: StepInfo["direction"] = "upgrade"): StepInfo => ({
  revision,
  direction,
  down: [],
  message: "",
  title: ` -> ${revision}`,
});

function listen(level: LogLevel = "info", columns?: number): { progress: Progress; told: () => string } {
  const texts: string[] = [];
  return {
    progress: new Progress(
      (text) => texts.push(text),
      level,
      ({ code }) => code,
      () => columns,
    ),
    told: () => texts.join("|"),
  };
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

  const backfill = (changed: number, done = false): RunEvent => ({
    type: "backfill",
    step: step("a"),
    progress: {
      table: "t",
      pass: 1,
      seen: changed,
      total: 10,
      changed,
      done,
      rowsPerSecond: undefined,
      remainingMs: undefined,
      waiting: undefined,
    },
  });

  it("writes a backfill's bar over itself on a terminal, and leaves its end", () => {
    const { progress, told } = listen("info", 60);
    progress.hear({ type: "stepStart", step: step("a") });
    for (const event of [backfill(1), backfill(5), backfill(10, true)]) progress.hear(event);
    progress.hear({ type: "stepEnd", step: step("a"), durationMs: 12 });
    expect(told().replaceAll(/[█░]+/g, "▒")).toBe(
      "Running upgrade  -> a|\n|  ▒  t: 10 %, 1 row changed|\r\u001B[2K  ▒  t: 50 %, 5 rows changed|" +
        "\r\u001B[2K  t: 10 rows changed|\n|  (12 ms)\n",
    );
  });

  it("tells of a backfill in lines of their own elsewhere, its end always", () => {
    const { progress, told } = listen();
    for (const event of [backfill(1), backfill(5), backfill(10, true)]) progress.hear(event);
    expect(told()).toBe("  t: 10 rows changed\n");
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

  it("shows statements, with the times that are known, when it is asked for more", () => {
    const { progress, told } = listen("debug");
    progress.hear({ type: "stepStart", step: step("a") });
    progress.hear({ type: "statement", step: step("a"), index: 0, sql: "SELECT\n  1", durationMs: undefined });
    progress.hear({ type: "statement", step: step("a"), index: 1, sql: "VACUUM", durationMs: 12 });
    progress.hear({ type: "stepEnd", step: step("a"), durationMs: 20 });
    expect(told().replaceAll("|", "")).toBe("Running upgrade  -> a\n   SELECT\n     1\n   VACUUM (12 ms)\n  (20 ms)\n");
  });

  it("tells of a retry once for each who is in the way, and again from time to time", () => {
    const { progress, told } = listen();
    const blocker = { pid: 7, application: "shop", client: null, state: "active", query: "" };
    const ages = { transactionSeconds: 1, querySeconds: 1 };
    const retry = (attempt: number, sinceMs: number, pid: number): void =>
      progress.hear({
        type: "retry",
        step: step("a"),
        attempt,
        sinceMs,
        pauseMs: 300,
        sqlstate: "55P03",
        reason: "lock not available",
        blockers: [{ ...blocker, ...ages, pid }],
        heldBy: `process ${pid}`,
      });
    progress.hear({ type: "stepStart", step: step("a") });
    for (const [attempt, sinceMs, pid] of [
      [1, 0, 7],
      [2, 500, 7],
      [3, 900, 8],
      [4, 20_000, 8],
      [5, 31_000, 8],
    ] as const)
      retry(attempt, sinceMs, pid);
    progress.hear({ type: "stepEnd", step: step("a"), durationMs: 32_000 });
    expect(told().replaceAll("|", "").split("\n").slice(1)).toEqual([
      "  Rolled back, and trying again: lock not available, held up by process 7",
      "  Rolled back 3 times in 900 ms, and trying again: lock not available, held up by process 8",
      "  Rolled back 5 times in 31.0 s, and trying again: lock not available, held up by process 8",
      "  (32.0 s)",
      "",
    ]);
  });

  it("tells of waits and retries only, or of nothing, when it is asked for less", () => {
    const retry = {
      type: "retry",
      step: step("a"),
      attempt: 1,
      sinceMs: 0,
      pauseMs: 300,
      sqlstate: "55P03",
      reason: "lock not available",
      blockers: [],
      heldBy: "",
    } as const;
    for (const [level, text] of [
      ["warn", "  Rolled back, and trying again: lock not available\n"],
      ["error", ""],
    ] as const) {
      const { progress, told } = listen(level);
      progress.hear({ type: "stepStart", step: step("a") });
      progress.hear(retry);
      progress.hear({ type: "stepEnd", step: step("a"), durationMs: 1 });
      expect(told()).toBe(text);
    }
  });
});
