/** How much less than its time a batch is meant to take, so that an ordinary slow one keeps it. */
const AIM = 0.7;

/** A number of rows that is found by trying: so many as can be done in a given time. */
export class BatchSize {
  readonly #targetMs: number;
  readonly #most: number;
  #rows: number;

  constructor(first: number, most: number, timeMs: number) {
    this.#targetMs = timeMs * AIM;
    this.#most = most;
    this.#rows = Math.min(first, most);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Learns how long this many rows took: grows at most to the double, and shrinks to a quarter at once. */
  took(ms: number): void {
    this.#become(this.#rows * Math.min(2, Math.max(0.25, this.#targetMs / Math.max(ms, 0.1))));
  }

  /** Learns that so many rows were too many. */
  halve(): void {
    this.#become(this.#rows / 2);
  }

  #become(rows: number): void {
    this.#rows = Math.max(1, Math.min(this.#most, Math.floor(rows)));
  }
}
