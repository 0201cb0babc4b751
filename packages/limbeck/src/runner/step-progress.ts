import { createHash } from "node:crypto";
import type { Progress } from "./history.ts";

/** How far a step has come: its statements so far, and those that an earlier run of it did for good. */
export class StepProgress {
  readonly #earlier: Progress | undefined;
  readonly #texts: string[] = [];

  constructor(earlier: Progress | undefined) {
    this.#earlier = earlier;
  }

  add(text: string): void {
    this.#texts.push(text);
  }

  get now(): Progress {
    const fingerprint = createHash("sha256").update(this.#texts.join("\0")).digest("hex");
    return { done: this.#texts.length, fingerprint };
  }

  /** Whether the statement that comes next is the one at which the earlier run was cut off. */
  get isWhereCutOff(): boolean {
    return this.#earlier?.done === this.#texts.length;
  }

  /**
   * Passes over a statement that an earlier run did for good, and says so: "same" while nothing speaks against it,
   * "changed" when the last of them shows that the earlier run did others.
   */
  passOver(text: string): "same" | "changed" | undefined {
    if (this.#earlier === undefined || this.#texts.length >= this.#earlier.done) return undefined;
    this.add(text);
    const isLast = this.#texts.length === this.#earlier.done;
    return isLast && this.now.fingerprint !== this.#earlier.fingerprint ? "changed" : "same";
  }
}
