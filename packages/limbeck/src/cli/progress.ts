import type { RunEvent } from "../runner/events.ts";

/** Tells of a run on stderr, step by step: each revision as it runs, then its time on the same line. */
export class Progress {
  readonly #write: (text: string) => void;
  #lineOpen = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  hear(event: RunEvent): void {
    switch (event.type) {
      case "wait":
        return this.#line(
          event.for === "lock"
            ? `Waiting for the migration lock, held by ${event.heldBy}`
            : `Waiting for the embedded database, which ${event.heldBy} has open`,
        );
      case "stepStart":
        return this.#open(`Running ${event.step.direction} ${event.step.title}`);
      case "stepResume":
        return this.#open(
          `Going on with ${event.step.direction} ${event.step.title}, after ${event.done} ${event.done === 1 ? "statement" : "statements"}`,
        );
      case "stepEnd":
        return this.#close(` (${duration(event.durationMs)})`);
      case "plan":
    }
  }

  /** Ends a line that waits for its time, before something else is written. */
  end(): void {
    if (this.#lineOpen) this.#close("");
  }

  #open(text: string): void {
    this.end();
    this.#write(text);
    this.#lineOpen = true;
  }

  #close(text: string): void {
    this.#write(`${text}\n`);
    this.#lineOpen = false;
  }

  #line(text: string): void {
    this.end();
    this.#write(`${text}\n`);
  }
}

/** A time for people: 12 ms, 3.4 s, 2 min 5 s. What rounds up to the next unit is said in that one. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
