import type { BackfillState } from "./backfill-progress.ts";
import { milliseconds } from "./clock.ts";

/** How far a backfill is, as a run tells of it. */
export interface BackfillProgress {
  readonly table: string;
  /** The pass over the table that is under way, counted from 1. */
  readonly pass: number;
  /** Rows seen in this pass, and rows that there are: an estimate. */
  readonly seen: number;
  readonly total: number;
  /** Rows changed in all. */
  readonly changed: number;
  /** Rows seen in a second; undefined at the beginning. */
  readonly rowsPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
  /** What it waits for: rows, or a table, that somebody holds; a replica that is behind by so much. */
  readonly waiting:
    | { readonly for: "locks"; readonly heldBy: string | undefined }
    | { readonly for: "replica"; readonly lagMs: number }
    | undefined;
  readonly done: boolean;
}

/** Counts a backfill's rows against the clock. */
export class BackfillMeter {
  readonly #table: string;
  readonly #total: number;
  readonly #tell: (progress: BackfillProgress) => void;
  readonly #began = milliseconds();
  #pass = 0;
  #passBegan = { at: 0, seen: 0 };

  constructor(table: string, total: number, tell: (progress: BackfillProgress) => void) {
    this.#table = table;
    this.#total = total;
    this.#tell = tell;
    this.#passBegan = { at: this.#began, seen: 0 };
  }

  tell(state: BackfillState, waiting?: BackfillProgress["waiting"]): void {
    const now = milliseconds();
    if (state.pass !== this.#pass) {
      this.#pass = state.pass;
      this.#passBegan = { at: now, seen: state.seen };
    }
    const seen = state.seen - this.#passBegan.seen;
    const rowsPerMs = seen > 0 ? seen / (now - this.#passBegan.at) : undefined;
    const total = Math.max(this.#total, state.seen);
    this.#tell({
      ...this.#fixed(state),
      seen: state.seen,
      total,
      rowsPerSecond: rowsPerMs && rowsPerMs * 1000,
      remainingMs: rowsPerMs && (total - state.seen) / rowsPerMs,
      waiting,
      done: false,
    });
  }

  end(state: BackfillState): void {
    const seconds = (milliseconds() - this.#began) / 1000;
    const rowsPerSecond = state.changed === 0 ? undefined : state.changed / seconds;
    this.#tell({
      ...this.#fixed(state),
      seen: this.#total,
      total: this.#total,
      rowsPerSecond,
      remainingMs: 0,
      waiting: undefined,
      done: true,
    });
  }

  #fixed({ pass, changed }: BackfillState): Pick<BackfillProgress, "table" | "pass" | "changed"> {
    return { table: this.#table, pass, changed };
  }
}
