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
  /** Called when the end of the step is on its way, and another one may be sent behind it. */
  readonly isSent?: () => void;
}

export interface SenderListeners {
  /** Hears of statements as they are done. */
  readonly events: StatementEvents;
  /** Hears for whom a statement waits that may wait: not one that is cut off, and tried again. */
  readonly onWait: Watch["heard"];
}

/** What a piece works with that makes transactions of its own. */
export interface BatchChannel {
  readonly session: Session;
  /** How long rows that somebody holds, or a table, are asked for again, in milliseconds. */
  readonly retryForMs: number;
  /** Sends statements. They are kept, to name the one that failed. */
  readonly send: (texts: readonly string[]) => Promise<void>;
  /** Looks who blocks the session while it does something whose waits are cut off after so many milliseconds. */
  readonly watch: <T>(work: () => Promise<T>, boundMs: number) => Promise<T>;
  /** Those that were seen by that last. */
  readonly blockers: () => readonly Blocker[];
}

/** All that a step sends in its transaction: what opens it, its statements, and what closes it. */
type WholeStep = readonly [opening: readonly string[], pieces: readonly Piece[], closing: readonly string[]];

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
  #onlyLooks = false;
  #isEnding = false;
  #isDone = false;
  #behind:
    | { readonly parts: readonly (Piece | string)[]; readonly ended: Promise<void>; readonly begin: () => void }
    | undefined;
  /** What it was sent behind, until its own turn comes. */
  #before: StepSender | undefined;

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

  /** Sends the step's last statements in the transaction, and ends that if the step has to. */
  async last(pieces: readonly Piece[], closing: readonly string[]): Promise<void> {
    const { commits, isSent } = this.#try;
    const sent = this.together(pieces, closing, commits);
    await (commits ? this.#ending(sent, isSent) : sent);
  }

  /**
   * Sends a whole transaction behind that of `before`, if it can. `opening` fails in it unless that was committed.
   * Says whether it was sent.
   */
  behind(before: StepSender, [opening, pieces, closing]: WholeStep): boolean {
    const parts = [...this.#bounded([]), ...opening, ...this.#bounded(pieces), ...closing, "COMMIT"];
    const hear = this.#listeners.events.ofMessage(parts);
    const completed: number[] = [];
    let tell = (part: number): void => void completed.push(part);
    const ended = this.session.scriptBehind?.(textsOf(parts), (part) => tell(part));
    if (ended === undefined) return false;
    // Whoever waits for its turn hears of what went wrong.
    ended.catch(() => undefined);
    const begin = (): void => {
      tell = hear;
      completed.forEach(hear);
    };
    [this.#behind, this.#before] = [{ parts, ended, begin }, before];
    return true;
  }

  /** Waits for the transaction that was sent behind another one, now that its turn has come. */
  async arrived(isSent: StepTry["isSent"]): Promise<void> {
    const { parts, ended, begin } = this.#behind!;
    this.#before = undefined;
    begin();
    await this.#ending(this.#connection.arrived(ended, this.#watch(parts)), isSent);
    this.#try.transaction.closed();
  }

  /** Whether the end of the step is on its way, and neither it nor what it was sent behind is known to have failed. */
  get isOnItsWay(): boolean {
    return this.#isEnding || (this.#before !== undefined && (this.#before.#isDone || this.#before.isOnItsWay));
  }

  async #ending(sent: Promise<void>, isSent: StepTry["isSent"]): Promise<void> {
    this.#isEnding = true;
    isSent?.();
    await sent.finally(() => (this.#isEnding = false));
    this.#isDone = true;
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

  /** Lets code of the user's have the session where nothing can be written, until something else is sent. */
  async lookOnly<T>(text: string, look: () => Promise<T>): Promise<T> {
    const begin = this.isInTransaction ? "SAVEPOINT limbeck_look" : "BEGIN";
    if (!this.#onlyLooks) await this.session.script([begin, "SET LOCAL transaction_read_only = on"]);
    this.#onlyLooks = true;
    return await this.look(text, look);
  }

  /** Whether nothing can be written now. */
  get onlyLooks(): boolean {
    return this.#onlyLooks;
  }

  /** Where somebody who looks aside stands. */
  get aside(): { readonly session: Session; readonly isInTransaction: boolean } {
    return { session: this.session, isInTransaction: this.isInTransaction || this.#onlyLooks };
  }

  #endLooking(): string[] {
    if (!this.#onlyLooks) return [];
    this.#onlyLooks = false;
    return this.isInTransaction ? ["ROLLBACK TO limbeck_look", "RELEASE limbeck_look"] : ["ROLLBACK"];
  }

  /** Sends a statement outside a transaction. One that locks the application out is bounded even there. */
  async alone(piece: Piece | string): Promise<void> {
    await this.session.script(this.#endLooking());
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

  /** Does something about a statement, outside a transaction, before it is sent. */
  async before<T>(piece: Piece | string, work: (session: Session) => Promise<T>): Promise<T> {
    await this.session.script(this.#endLooking());
    return await this.#watched([piece], () => work(this.session));
  }

  /** Runs a piece that makes transactions, and attempts, of its own. */
  async inBatches(piece: Piece, run: (channel: BatchChannel) => Promise<void>): Promise<void> {
    const { session } = this;
    const heard = (blockers: readonly Blocker[]): void => void (this.#blockers = blockers);
    const channel: BatchChannel = {
      session,
      retryForMs: this.#try.limits.retryForMs,
      send: async (texts) => {
        this.#sent = texts.map((text) => ({ ...piece, text }));
        await session.script(texts);
      },
      watch: (work, boundMs) => this.#connection.watched(work, { everyMs: boundMs / 2, heard }),
      blockers: () => this.#blockers,
    };
    await session.script(this.#endLooking());
    this.#sent = [piece];
    this.#blockers = [];
    this.#leavesHalf = true;
    this.#isInBatches = true;
    await run(channel);
    this.#leavesHalf = false;
    this.#isInBatches = false;
  }

  async rollBack(): Promise<void> {
    const { transaction } = this.#try;
    if (transaction.isOpen || this.#isInBatches || this.#onlyLooks)
      await this.session.script(["ROLLBACK"]).catch(() => undefined);
    this.#onlyLooks = false;
    transaction.closed();
  }

  #bounded(pieces: readonly Piece[]): (Piece | string)[] {
    const { transaction, limits } = this.#try;
    const parts: (Piece | string)[] = [...this.#endLooking(), ...transaction.open(limits)];
    for (const piece of pieces) parts.push(...transaction.boundLocks(piece.locking, limits), piece);
    return parts;
  }

  async #script(parts: readonly (Piece | string)[], boundMs?: number): Promise<void> {
    if (parts.length === 0) return;
    const heard = this.#listeners.events.ofMessage(parts);
    await this.#watched(parts, () => this.session.script(textsOf(parts), heard), boundMs);
  }

  async #watched<T>(sent: readonly (Piece | string)[], work: () => Promise<T>, boundMs?: number): Promise<T> {
    return await this.#connection.watched(work, this.#watch(sent, boundMs));
  }

  #watch(sent: readonly (Piece | string)[], boundMs = this.#try.transaction.boundMs): Watch {
    this.#sent = sent;
    this.#blockers = [];
    const everyMs = boundMs === 0 ? LOOK_EVERY_MS : Math.min(LOOK_EVERY_MS, Math.max(20, boundMs / 2));
    const heard = (blockers: readonly Blocker[]): void => {
      this.#blockers = blockers;
      if (boundMs === 0 || boundMs > LOOK_EVERY_MS) this.#listeners.onWait(blockers);
    };
    return { everyMs, heard };
  }
}

function textsOf(parts: readonly (Piece | string)[]): string[] {
  return parts.map((part) => (typeof part === "string" ? part : part.text));
}
