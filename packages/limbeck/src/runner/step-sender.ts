import type { Blocker } from "../database/blockers.ts";
import type { Session } from "../database/session.ts";
import type { Locking, Piece } from "./pieces.ts";
import type { RunConnection, Watch } from "./run-connection.ts";
import type { StatementEvents } from "./statement-events.ts";
import type { RunTransaction, StepLimits } from "./run-transaction.ts";

/** One try of a step. */
export interface StepTry {
  readonly transaction: RunTransaction;
  /** Whether the step ends the transaction that it stands in at its end. */
  readonly commits: boolean;
  readonly limits: StepLimits;
}

export interface SenderListeners {
  /** Hears of statements as they are done. */
  readonly events: StatementEvents;
  /** Hears for whom a statement waits that may wait: not one that is cut off, and tried again. */
  readonly onWait: Watch["heard"];
}

/** How often a statement that runs long is looked after, in milliseconds. */
const LOOK_EVERY_MS = 1000;

/** Sends the statements of one try of a step: in its transaction, as few messages as can be, or each by itself. */
export class StepSender {
  readonly #connection: RunConnection;
  readonly #try: StepTry;
  readonly #listeners: SenderListeners;
  #sent: readonly (Piece | string)[] = [];
  #blockers: readonly Blocker[] = [];
  #leavesHalf = false;
  #isInBatches = false;

  constructor(connection: RunConnection, given: StepTry, listeners: SenderListeners) {
    this.#connection = connection;
    this.#try = given;
    this.#listeners = listeners;
  }

  get session(): Session {
    return this.#connection.session;
  }

  get isInTransaction(): boolean {
    return this.#try.transaction.isOpen;
  }

  /** The last message, to name the statement that failed. */
  get sent(): readonly (Piece | string)[] {
    return this.#sent;
  }

  /** Those that the last message waited for when somebody looked. */
  get blockers(): readonly Blocker[] {
    return this.#blockers;
  }

  /** Whether the last message, when it failed, left a half of its work behind, as CONCURRENTLY does. */
  get leavesHalf(): boolean {
    return this.#leavesHalf;
  }

  /** Sends statements in the transaction, which begins when it has to, and ends after `closing` if it is told to. */
  async together(pieces: readonly Piece[], closing: readonly string[] = [], commits = false): Promise<void> {
    await this.#script([...this.#bounded(pieces), ...closing, ...(commits ? ["COMMIT"] : [])]);
    if (commits) this.#try.transaction.closed();
  }

  /** Sends statements in the transaction, then lets code of the user's have the session there. */
  async lend<T>(pieces: readonly Piece[], text: string, locking: Locking, use: () => Promise<T>): Promise<T> {
    const { transaction, limits } = this.#try;
    await this.#script([...this.#bounded(pieces), ...transaction.boundLocks(locking, limits)]);
    return await this.look(text, use);
  }

  /** Lets code of the user's look at the database as it stands. */
  async look<T>(text: string, look: () => Promise<T>): Promise<T> {
    return await this.#watched([text], look);
  }

  /** Sends a statement outside a transaction. One that locks the application out is bounded even there. */
  async alone(piece: Piece | string): Promise<void> {
    const { lockMs } = this.#try.limits;
    const isBounded = typeof piece === "object" && piece.locking === "strong" && lockMs > 0;
    if (!isBounded) {
      this.#leavesHalf = true;
      await this.#script([piece]);
      this.#leavesHalf = false;
      return;
    }
    await this.session.script([`SET lock_timeout = ${lockMs}`]);
    try {
      await this.#script([piece], lockMs);
    } finally {
      await this.session.script(["SET lock_timeout = 0"]).catch(() => undefined);
    }
  }

  /** Runs a piece that makes transactions, and attempts, of its own. */
  async inBatches(piece: Piece, run: () => Promise<void>): Promise<void> {
    this.#sent = [piece];
    this.#leavesHalf = true;
    this.#isInBatches = true;
    await run();
    this.#leavesHalf = false;
    this.#isInBatches = false;
  }

  /** Sends statements of such a piece. */
  async batch(piece: Piece, texts: readonly string[]): Promise<void> {
    this.#sent = texts.map((text) => ({ ...piece, text }));
    await this.session.script(texts);
  }

  async rollBack(): Promise<void> {
    const { transaction } = this.#try;
    if (transaction.isOpen || this.#isInBatches) await this.session.script(["ROLLBACK"]).catch(() => undefined);
    transaction.closed();
  }

  #bounded(pieces: readonly Piece[]): (Piece | string)[] {
    const { transaction, limits } = this.#try;
    const parts: (Piece | string)[] = transaction.open(limits);
    for (const piece of pieces) parts.push(...transaction.boundLocks(piece.locking, limits), piece);
    return parts;
  }

  async #script(parts: readonly (Piece | string)[], boundMs?: number): Promise<void> {
    if (parts.length === 0) return;
    const texts = parts.map((part) => (typeof part === "string" ? part : part.text));
    await this.#watched(parts, () => this.session.script(texts, this.#listeners.events.ofMessage(parts)), boundMs);
  }

  async #watched<T>(
    sent: readonly (Piece | string)[],
    work: () => Promise<T>,
    boundMs = this.#try.transaction.boundMs,
  ): Promise<T> {
    this.#sent = sent;
    this.#blockers = [];
    const everyMs = boundMs === 0 ? LOOK_EVERY_MS : Math.min(LOOK_EVERY_MS, Math.max(20, boundMs / 2));
    const heard = (blockers: readonly Blocker[]): void => {
      this.#blockers = blockers;
      if (boundMs === 0 || boundMs > LOOK_EVERY_MS) this.#listeners.onWait(blockers);
    };
    return await this.#connection.watched(work, { everyMs, heard });
  }
}
