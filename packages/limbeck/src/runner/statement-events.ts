import type { Session } from "../database/session.ts";
import { redact } from "../errors/redact.ts";
import { milliseconds } from "./clock.ts";
import type { RunListener, StepInfo } from "./events.ts";
import type { Piece } from "./pieces.ts";

/** Tells a listener of a step's statements as they are done. */
export class StatementEvents {
  readonly #listener: RunListener;
  readonly #step: StepInfo;
  readonly #session: Session;
  #index: number;

  /** `done` is how many statements an earlier run has done. */
  constructor(listener: RunListener, step: StepInfo, session: Session, done = 0) {
    this.#listener = listener;
    this.#step = step;
    this.#session = session;
    this.#index = done;
  }

  /** What hears of the completed parts of a message. Parts that are texts are the runner's own, and not told. */
  ofMessage(parts: readonly (Piece | string)[]): (part: number) => void {
    const timed = parts.length === 1 || this.#session.kind === "embedded";
    let since = milliseconds();
    return (number) => {
      const now = milliseconds();
      const part = parts[number];
      const durationMs = timed ? now - since : undefined;
      since = now;
      if (typeof part !== "object") return;
      const sql = redact(part.text);
      this.#listener({ type: "statement", step: this.#step, index: this.#index++, sql, durationMs });
    };
  }
}
