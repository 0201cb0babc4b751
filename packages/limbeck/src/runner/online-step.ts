import { isPostgresError } from "../database/session.ts";
import type { LimbeckError } from "../errors/limbeck-error.ts";
import type { NamingConvention } from "../operations/language/naming.ts";
import { sqlText, type Sql } from "../operations/language/sql-text.ts";
import type { Backfill } from "../operations/backfill.ts";
import type { Operation } from "../operations/operation.ts";
import { operationsFor, type Allowance, type OperationsHost } from "../operations/recorder.ts";
import type { BackfillProgress } from "./backfill-meter.ts";
import { runBackfill } from "./backfill.ts";
import { milliseconds } from "./clock.ts";
import { DOUBT } from "./doubt.ts";
import type { StepInfo } from "./events.ts";
import * as history from "./history.ts";
import type { OnlineStepInput } from "./online-step-input.ts";
import { isSettled, unlessRefused, type Outside } from "./outside-transaction.ts";
import type { LookedRecorded } from "./looking-recorder.ts";
import { likelyLocking, mayCommit, stepPieces, type Locking, type Piece } from "./pieces.ts";
import { StatementEvents } from "./statement-events.ts";
import { notAskedTwice, notTransactional, stepChanged, stepError, unawaitedQuery } from "./step-error.ts";
import { StepFailure } from "./step-failure.ts";
import { StepGuard } from "./step-guard.ts";
import { runHook } from "./run-hook.ts";
import { StepProgress } from "./step-progress.ts";
import { StepSender, type StepTry } from "./step-sender.ts";
import { placeInFile } from "../errors/place-in-file.ts";
import type { StepSource } from "./step-source.ts";
import { unlessInterrupted } from "./unless-interrupted.ts";
import { checkedRowChangesSql, isCheckedBy, mayName } from "./version-table.ts";

/**
 * One revision in one direction. What may run in a transaction does, with the version row and the history row in it.
 * Before a statement that may not, the transaction is committed together with a note of how far the step came, so that
 * a run that is cut off there is resumed there.
 */
export class OnlineStep implements OperationsHost {
  readonly isOffline = false;
  readonly step: StepInfo;
  readonly source: StepSource;
  readonly arguments: Readonly<Record<string, string>>;
  readonly namingConvention: NamingConvention | undefined;
  readonly #input: OnlineStepInput;
  #sender!: StepSender;
  #startedAt = 0;
  #recording: Promise<void> | undefined;
  /** All statements of the step, when they could be had ahead of its turn. */
  #prepared: readonly Piece[] | undefined;
  /** Recorded, and not yet sent. */
  #recorded: LookedRecorded[] = [];
  readonly #guard: StepGuard;
  readonly allow = (allowance: Allowance): void => this.#guard.allow(allowance);
  /** How far the step has come for good; the history has a row for it then that says "running". */
  #committed: history.Progress | undefined;
  readonly #progress: StepProgress;
  readonly #events: StatementEvents;
  #openQueries = 0;
  #ended = false;
  #isShared = false;
  #isSent = false;

  constructor(input: OnlineStepInput) {
    this.#input = input;
    [this.step, this.source] = [input.step, input.source];
    [this.arguments, this.namingConvention] = [input.arguments, input.namingConvention];
    this.#committed = input.progress;
    this.#progress = new StepProgress(input.progress);
    this.#guard = new StepGuard(input, () => this.#sender.aside);
    this.#events = new StatementEvents(input.listener, input.step, input.connection.session, input.progress?.done);
  }

  /** The first statement, as far as they are known, that PostgreSQL refuses inside a transaction. */
  get standsAlone(): Piece | undefined {
    return this.#prepared?.find(({ transactional }) => !transactional);
  }

  /** The number of its statements that are done for good. */
  get done(): number {
    return this.#committed?.done ?? 0;
  }

  /** The same step for another try. It goes on where the database has it for good, like a run that was cut off. */
  again(): OnlineStep {
    return new OnlineStep({ ...this.#input, progress: this.#committed });
  }

  /**
   * Lets the revision record ahead of its turn, when recording is all that its code does: its statements then go out
   * the moment the step before it is done.
   */
  async prepare(): Promise<void> {
    const { recorded, source, guard } = this.#input;
    if (!source.onlyRecords || guard !== undefined) return;
    if (recorded === undefined) this.#recording = source.run(operationsFor(this));
    else [this.#recorded, this.#recording] = [[...recorded], Promise.resolve()];
    try {
      await this.#recording;
      this.#prepared = await this.#pieces();
    } catch {
      // What is wrong is found again, and reported, in the step's turn.
    }
  }

  /** Sends the whole step behind the one before it, if it is one transaction and can tell that that one was committed. */
  sendBehind(before: OnlineStep, given: StepTry): boolean {
    const { connection, table, changes, onWait, signal } = this.#input;
    const pieces = this.#committed === undefined && !this.#isAlone ? this.#prepared : undefined;
    // A statement that moves the version row itself would not be found out behind its change.
    const isWhole = pieces?.every(({ transactional, text }) => transactional && !mayName(table, text));
    const canFollow = before.#sender.isOnItsWay && !connection.isLent && signal?.aborted !== true;
    if (!isWhole || !canFollow || !isCheckedBy(changes, before.#input.changes)) return false;
    const sender = new StepSender(connection, given, { onWait, events: this.#events });
    // The check first of all, or what runs behind a step that failed would run.
    if (!sender.behind(before.#sender, [checkedRowChangesSql(table, changes), pieces!, [this.#doneSql()]]))
      return false;
    [this.#sender, this.#isSent, this.#ended] = [sender, true, true];
    return true;
  }

  /** Runs the step. Throws StepFailure, when what was not committed is rolled back. */
  async run(given: StepTry): Promise<void> {
    const { connection, step, source, path, hooks, onWait, signal } = this.#input;
    this.#startedAt = milliseconds();
    this.#isShared = given.transaction.isShared;
    if (!this.#isSent) this.#sender = new StepSender(connection, given, { onWait, events: this.#events });
    try {
      if (this.#isSent) return await this.#sender.arrived(given.isSent);
      if (this.#isShared) await this.#sender.together([], [history.STEP_BEGINS_SQL]);
      await runHook("beforeStep", this.#input, this.#sender);
      const code = this.#recording ?? source.run(operationsFor(this));
      await unlessInterrupted(code, signal, () => this.#openQueries > 0).finally(() => (this.#ended = true));
      if (this.#openQueries > 0) throw unawaitedQuery(step, path);
      let pending = await this.#sendUpToLastAlone();
      if (this.#progress.fallsShort) throw stepChanged(step, path, this.done);
      if (hooks.afterStep !== undefined) {
        await this.#sendTogether(pending);
        await runHook("afterStep", this.#input, this.#sender);
        pending = [];
      }
      const { table, changes } = this.#input;
      await this.#sender.last(pending, [...checkedRowChangesSql(table, changes), this.#doneSql()]);
    } catch (error) {
      throw await this.#failure(error);
    }
  }

  record(operation: Operation, call: Error): void {
    const { path, step, source } = this.#input;
    if (this.#ended) throw unawaitedQuery(step, path);
    this.#recorded.push({ operation, where: (line) => source.place(call, line), allowed: this.#guard.taken() });
  }

  async query<Row extends object>(query: Sql | string): Promise<Row[]> {
    const text = sqlText(query);
    const ask = this.#guard.before(text, () => this.#sender.session.query<Row>(text));
    return await this.#look(text, likelyLocking(text), ask);
  }

  async connection(): Promise<unknown> {
    const lend = this.#guard.lender(() => this.#input.connection.lend());
    return await this.#look("op.connection()", "perhaps", lend);
  }

  /** Lets the revision look at the database after everything that it recorded so far. */
  async #look<T>(text: string, locking: Locking, look: () => Promise<T>): Promise<T> {
    this.#openQueries++;
    try {
      const pending = await this.#sendUpToLastAlone();
      // What the look wrote in an earlier run was committed there.
      if (this.#wasDone(text)) return await this.#sender.lookOnly(text, look);
      pending.forEach((piece) => this.#progress.add(piece.text));
      const lends = !this.#isAlone || !mayCommit(text);
      const outside = { input: this.#input, sender: this.#sender, next: text, effect: DOUBT };
      if (!lends && (await this.#begins([], outside))) throw notAskedTwice(this.#input.step, this.done);
      const answer = await (lends
        ? this.#sender.lend(pending, text, locking, look)
        : unlessRefused(outside, () => this.#sender.look(text, look)));
      this.#progress.add(text);
      if (this.#isAlone) await this.#sendNoted([]);
      this.#input.signal?.throwIfAborted();
      return answer;
    } finally {
      this.#openQueries--;
    }
  }

  /** Whether the revision wants each statement by itself. */
  get #isAlone(): boolean {
    return this.#input.source.settings.transaction === "none";
  }

  /** Sends what was recorded as far as its last statement that runs alone, and gives what comes after it. */
  async #sendUpToLastAlone(): Promise<Piece[]> {
    await this.#guard.look(this.#recorded);
    const pieces = this.#prepared ?? (await this.#pieces());
    this.#prepared = undefined;
    this.#recorded = [];
    let together: Piece[] = [];
    for (const piece of pieces.filter(({ text }) => !this.#wasDone(text))) {
      if (piece.transactional && !this.#isAlone) {
        together.push(piece);
        continue;
      }
      if (this.#isShared) throw notTransactional(this.#input.step, piece);
      await (piece.transactional ? this.#sendNoted([piece]) : this.#sendAlone(together, piece));
      together = [];
    }
    return together;
  }

  /** The statements of what was recorded and not yet sent. */
  async #pieces(): Promise<Piece[]> {
    return await stepPieces(this.#recorded, this.#isAlone);
  }

  async #sendTogether(pieces: readonly Piece[], closing?: () => string[], commits = false): Promise<void> {
    pieces.forEach((piece) => this.#progress.add(piece.text));
    await this.#sender.together(pieces, closing?.(), commits);
  }

  /**
   * Commits statements together with the history row that says how far the step has come with them, and how that stands
   * which the next one changes.
   */
  async #sendNoted(pieces: readonly Piece[], before?: string): Promise<void> {
    const { table, record } = this.#input;
    const write = this.#committed === undefined ? history.runningSql : history.progressSql;
    const isNoted = pieces.length === 0 && this.#committed?.done === this.#progress.now.done && before === undefined;
    if (isNoted && !this.#sender.isInTransaction) return;
    await this.#sendTogether(pieces, () => (isNoted ? [] : [write(table, record, this.#progress.now, before)]), true);
    this.#committed = this.#progress.now;
  }

  /** Runs a statement outside a transaction, behind others in one, unless an earlier run had come to its end. */
  async #sendAlone(together: readonly Piece[], piece: Piece): Promise<void> {
    const { table, record } = this.#input;
    const outside = { input: this.#input, sender: this.#sender, next: piece, effect: piece.effect };
    const isDone = await this.#begins(together, outside);
    if (piece.backfill !== undefined) return await this.#sendInBatches(piece, piece.backfill);
    if (!isDone) await unlessRefused(outside, () => this.#sender.alone(piece));
    this.#progress.add(piece.text);
    await this.#sender.alone(history.progressSql(table, record, this.#progress.now));
    this.#committed = this.#progress.now;
  }

  /** Commits what comes before it, and notes how that stands which it changes. Says whether an earlier run did it whole. */
  async #begins(together: readonly Piece[], outside: Outside): Promise<boolean> {
    const wasBegun = together.length === 0 && this.#progress.isWhereCutOff;
    await this.#sendNoted(together, wasBegun ? undefined : outside.effect?.state);
    return wasBegun && (await isSettled(outside, this.done));
  }

  /** Runs a backfill, and notes its end together with the end of its own notes. */
  async #sendInBatches(piece: Piece, operation: Backfill): Promise<void> {
    const { table, record, signal, step, listener } = this.#input;
    const { text, where } = piece;
    const tell = (progress: BackfillProgress): void => listener({ type: "backfill", step, progress });
    const isDone = this.#events.ofMessage([piece]);
    await this.#sender.inBatches(piece, (channel) =>
      runBackfill({ ...channel, table, record, operation, text, where, signal, tell }),
    );
    isDone(0);
    this.#progress.add(text);
    await this.#sender.together([], [history.progressSql(table, record, this.#progress.now)], true);
    this.#committed = this.#progress.now;
  }

  /** Whether an earlier run of this step did the statement for good. Throws STEP_CHANGED if it did another one. */
  #wasDone(text: string): boolean {
    const { progress, step, path } = this.#input;
    const passed = this.#progress.passOver(text);
    if (passed === "changed") throw stepChanged(step, path, progress!.done);
    return passed === "same";
  }

  #doneSql(): string {
    const { table, record } = this.#input;
    if (this.#committed !== undefined) return history.runningDoneSql(table, record);
    return history.doneSql(table, record, this.#isShared ? "step" : "transaction");
  }

  /** Rolls back what is open, and gives the error to report. */
  async #failure(error: unknown): Promise<StepFailure> {
    const { step, path } = this.#input;
    const { sent, blockers, leavesHalf, onlyLooks } = this.#sender;
    const again =
      onlyLooks && isPostgresError(error) && error.code === "25006" ? notAskedTwice(step, this.done) : error;
    const reported = stepError({ step, error: again, sent, where: placeInFile(error, path) });
    if (reported.code !== "CONNECTION_LOST") await this.#sender.rollBack();
    return new StepFailure(this, reported, blockers, !leavesHalf);
  }

  /** Writes into the history that the step has failed. */
  async noteFailure(error: LimbeckError): Promise<void> {
    const durationMs = this.#committed === undefined ? milliseconds() - this.#startedAt : undefined;
    const note = history.failedSql(this.#input.table, this.#input.record, error, durationMs);
    // The first error is the one to report, whatever becomes of its record.
    await this.#sender.session.script([note]).catch(() => undefined);
  }
}
