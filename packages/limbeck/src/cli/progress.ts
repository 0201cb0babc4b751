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
        return this.#line(`Waiting for the migration lock, held by ${event.heldBy}`);
      case "stepStart":
        return this.#open(`Running ${event.step.direction} ${event.step.title}`);
      case "stepResume":
        return this.#open(`Going on with ${event.step.direction} ${event.step.title}, after ${event.done} statements`);
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

/** A time for people: 12 ms, 3.4 s, 2 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
