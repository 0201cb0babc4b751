import { placeInFile } from "../errors/place-in-file.ts";
import { definitions } from "../operations/catalogue.ts";
import type { Allowance } from "../operations/recorder.ts";
import { checkedClient } from "./lent-client.ts";
import type { LookedRecorded } from "./looking-recorder.ts";
import type { AboutToSend, LossGuard } from "./loss-guard.ts";
import type { OnlineStepInput } from "./online-step-input.ts";

/** Has the guard of a step look at what goes out, with what its author allows; at nothing where there is none. */
export class StepGuard {
  readonly #path: string;
  readonly #guard: LossGuard | undefined;
  readonly #from: () => Omit<AboutToSend, "recorded">;
  #allowed: readonly Allowance[] = [];

  /** `from`: where the step stands when the guard looks. */
  constructor({ path, guard }: OnlineStepInput, from: () => Omit<AboutToSend, "recorded">) {
    this.#path = path;
    this.#guard = guard?.();
    this.#from = from;
  }

  get #looks(): boolean {
    return this.#guard !== undefined;
  }

  /** Takes an allowance for what the revision does next. */
  allow(allowance: Allowance): void {
    this.#allowed = [...this.#allowed, allowance];
  }

  /** The allowances for what it does now. */
  taken(): readonly Allowance[] {
    const allowed = this.#allowed;
    this.#allowed = [];
    return allowed;
  }

  /** Throws DATA_LOSS. */
  async look(recorded: readonly LookedRecorded[]): Promise<void> {
    if (recorded.length > 0) await this.#guard?.({ ...this.#from(), recorded });
  }

  /** What looks at SQL that the revision sends itself, and then sends it. To be called where its author's call stands. */
  before<T>(text: string, send: () => Promise<T>): () => Promise<T> {
    const look = this.#looker(text, this.taken());
    return () => look().then(send);
  }

  /** Lends the client so that what goes through it is looked at. */
  lender(lend: () => unknown): () => Promise<unknown> {
    const allowed = this.taken();
    return async () => (this.#looks ? checkedClient(lend() as object, (text) => this.#looker(text, allowed)) : lend());
  }

  #looker(text: string, allowed: readonly Allowance[]): () => Promise<void> {
    if (!this.#looks) return () => Promise.resolve();
    const place = placeInFile(new Error("here"), this.#path);
    return () => this.look([{ operation: definitions.execute.build(text), where: () => place, allowed }]);
  }
}
