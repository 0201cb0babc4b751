import { placeInFile } from "../errors/place-in-file.ts";
import type { Location } from "../errors/limbeck-error.ts";
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

  get looks(): boolean {
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

  /** SQL that the revision sends itself, as if it had been recorded. To be called where its author's call stands. */
  asked(text: string, allowed = this.taken()): LookedRecorded {
    const place: Location | undefined = this.looks ? placeInFile(new Error("here"), this.#path) : undefined;
    return { operation: definitions.execute.build(text), where: () => place, allowed };
  }

  /** Throws DATA_LOSS. */
  async look(recorded: readonly LookedRecorded[]): Promise<void> {
    if (recorded.length > 0) await this.#guard?.({ ...this.#from(), recorded });
  }

  /** Lends the client so that what goes through it is looked at. */
  lender(lend: () => unknown): () => unknown {
    const allowed = this.taken();
    if (!this.looks) return lend;
    const check = (text: string): (() => Promise<void>) => {
      const asked = this.asked(text, allowed);
      return () => this.look([asked]);
    };
    return () => checkedClient(lend() as object, check);
  }
}
