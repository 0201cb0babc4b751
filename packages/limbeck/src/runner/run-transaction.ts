import type { RevisionSettings } from "../scripts/revision-settings.ts";
import type { Locking } from "./pieces.ts";

/** What bounds the statements of a step in its transaction, in milliseconds; 0 for as long as it takes. */
export interface StepLimits {
  readonly lockMs: number;
  readonly statementMs: number;
  readonly transactionMs: number;
}

/** What bounds a step: what its revision says, or else `limits`. PostgreSQL takes whole milliseconds. */
export function stepLimits(settings: RevisionSettings, limits: StepLimits): StepLimits {
  return {
    lockMs: whole(settings.lockTimeoutMs ?? limits.lockMs),
    statementMs: whole(settings.statementTimeoutMs ?? limits.statementMs),
    transactionMs: whole(limits.transactionMs),
  };
}

function whole(ms: number): number {
  return ms === 0 ? 0 : Math.max(1, Math.round(ms));
}

/**
 * The transaction that a step, or a whole run, stands in. It writes what opens and bounds it into the messages that go
 * out anyway. The settings are the transaction's own, so that what runs outside one is not cut off by them.
 */
export class RunTransaction {
  /** Whether several steps are in it, so that none of them may end it half-way. */
  readonly isShared: boolean;
  #isOpen = false;
  #lockMs = 0;
  #statementMs = 0;
  #holdsStrongLock = false;

  constructor(isShared: boolean) {
    this.isShared = isShared;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What opens it, unless it is open, and bounds the statements that follow. */
  open({ statementMs, transactionMs }: StepLimits): string[] {
    const begin = this.#isOpen ? [] : ["BEGIN", ...setLocal("transaction_timeout", transactionMs, 0)];
    if (!this.#isOpen) [this.#isOpen, this.#holdsStrongLock, this.#lockMs, this.#statementMs] = [true, false, 0, 0];
    const statement = setLocal("statement_timeout", statementMs, this.#statementMs);
    this.#statementMs = statementMs;
    return [...begin, ...statement];
  }

  /**
   * What bounds the waits for locks of the next statement. Until the transaction holds a strong lock, nobody queues
   * behind a wait of it for a row, so that a long UPDATE need not begin anew for one.
   */
  boundLocks(locking: Locking, { lockMs }: StepLimits): string[] {
    if (locking === "strong") this.#holdsStrongLock = true;
    const wanted = locking === "weak" && !this.#holdsStrongLock ? 0 : lockMs;
    const bound = setLocal("lock_timeout", wanted, this.#lockMs);
    this.#lockMs = wanted;
    return bound;
  }

  /** For how long it waits for a lock as it stands, in milliseconds; 0 for as long as it takes. */
  get boundMs(): number {
    return this.#isOpen ? this.#lockMs : 0;
  }

  /** It was committed or rolled back. */
  closed(): void {
    this.#isOpen = false;
  }
}

function setLocal(name: string, ms: number, before: number): string[] {
  return ms === before ? [] : [`SET LOCAL ${name} = ${ms}`];
}
