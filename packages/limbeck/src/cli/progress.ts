import type { RunEvent } from "../runner/events.ts";

const TELL_AGAIN_MS = 30_000;

const WAITS: Readonly<Record<Extract<RunEvent, { type: "wait" }>["for"], (heldBy: string) => string>> = {
  lock: (heldBy) => `Waiting for the migration lock, held by ${heldBy}`,
  database: (heldBy) => `Waiting for the embedded database, which ${heldBy} has open`,
  sessions: (heldBy) => `  Waiting for ${heldBy}`,
};

/** Tells of a run on stderr, step by step: each revision as it runs, then its time on the same line. */
export class Progress {
  readonly #write: (text: string) => void;
  #lineOpen = false;
  /** The last retry that was told. */
  #told: { readonly who: string; readonly sinceMs: number } | undefined;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  hear(event: RunEvent): void {
    switch (event.type) {
      case "wait":
        return this.#line(WAITS[event.for](event.heldBy));
      case "retry":
        return this.#retry(event);
      case "stepStart":
        this.#told = undefined;
        return this.#open(`Running ${event.step.direction} ${event.step.title}`);
      case "stepResume":
        return this.#open(
          `Going on with ${event.step.direction} ${event.step.title}, after ${event.done} ${event.done === 1 ? "statement" : "statements"}`,
        );
      case "stepEnd":
        if (!this.#lineOpen) this.#write(`  Done`);
        return this.#close(` (${duration(event.durationMs)})`);
      case "plan":
    }
  }

  /** Ends a line that waits for its time, before something else is written. */
  end(): void {
    if (this.#lineOpen) this.#close("");
  }

  /** One line for each who is in the way, and one from time to time: not one for each try. */
  #retry({ reason, tries, sinceMs, blockers, heldBy }: Extract<RunEvent, { type: "retry" }>): void {
    const who = [reason, ...blockers.map(({ pid }) => pid)].join();
    if (this.#told?.who === who && sinceMs < this.#told.sinceMs + TELL_AGAIN_MS) return;
    this.#told = { who, sinceMs };
    const cause = blockers.length === 0 ? "" : `; held up by ${heldBy}`;
    const often = tries === 1 ? "" : ` ${tries} times in ${duration(sinceMs)}`;
    this.#line(`  Rolled back${often}, and trying again: ${reason}${cause}`);
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
