import type { Reporter, TestModule } from "vitest/node";

/** Says at the very end, in one line that programs can read, how many tests passed and failed. */
export default class CountReporter implements Reporter {
  #line: string | undefined;

  onInit(): void {
    // Whatever else Vitest and the teardown of its projects print comes before the process exits.
    process.once("exit", () => {
      if (this.#line !== undefined) process.stdout.write(`${this.#line}\n`);
    });
  }

  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    this.#line = countLine(modules, unhandledErrors.length);
  }
}

/** A file that could not be loaded, and an error outside every test, count as failed: a bad run never says 0 failed. */
export function countLine(modules: ReadonlyArray<TestModule>, unhandledErrors: number): string {
  let passed = 0;
  let failed = unhandledErrors;
  let skipped = 0;
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") passed++;
      else if (state === "skipped") skipped++;
      else failedHere++;
    }
    if (failedHere === 0 && module.state() === "failed") failedHere = 1;
    failed += failedHere;
  }
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
