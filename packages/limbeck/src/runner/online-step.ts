import { createHash } from "node:crypto";
import type { LimbeckError } from "../errors/limbeck-error.ts";
import { isConnectionLost, ScriptError, type Session } from "../database/session.ts";
import { sqlText, type Sql } from "../operations/language/sql-text.ts";
import type { Backfill } from "../operations/backfill.ts";
import { operationsFor, type OperationsHost } from "../operations/recorder.ts";
import type { Operation } from "../operations/operation.ts";
import type { RowChange } from "../revisions/revision.ts";
import { alreadyDone } from "./already-done.ts";
import type { BackfillProgress } from "./backfill-meter.ts";
import { writeStateSql } from "./backfill-progress.ts";
import { runBackfill } from "./backfill.ts";
import type { RunListener, StepInfo } from "./events.ts";
import * as history from "./history.ts";
import { piecesOf, type Piece, type Recorded } from "./pieces.ts";
import { StatementEvents } from "./statement-events.ts";
import { stepChanged, stepError, unawaitedQuery, versionRowChanged } from "./step-error.ts";
import { placeInFile, type StepSource } from "./step-source.ts";
import { rowChangeGuards, ROW_CHANGED_SQLSTATES, type VersionTable } from "./version-table.ts";

export interface OnlineStepInput {
  readonly session: Session;
  readonly table: VersionTable;
  readonly step: StepInfo;
  readonly source: StepSource;
  /** How long a statement waits for a lock; as the server says when undefined. */
  readonly lockTimeoutMs: number | undefined;
  readonly record: history.StepRecord;
  readonly changes: RowChange;
  /** How far an earlier run of this step came, when it was cut off. */
  readonly progress: history.Progress | undefined;
  /** The revision file, to find the author's line when something fails. */
  readonly path: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly listener: RunListener;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal | undefined;
}

/**
 * One revision in one direction. What may run in a transaction does, with the version row and the history row in it.
 * Before a statement that may not, the transaction is committed together with a note of how far the step came, so that
 * a run that is cut off there is resumed there.
 */
export class OnlineStep implements OperationsHost {
  readonly isOffline = false;
  readonly arguments: Readonly<Record<string, string>>;
  readonly #input: OnlineStepInput;
  #startedAt = 0;
  #recording: Promise<void> | undefined;
  #message: readonly (Piece | string)[] | undefined;
  /** Recorded, and not yet sent. */
  #recorded: Recorded[] = [];
  /** The last message, to name the statement that failed. */
  #sent: readonly (Piece | string)[] = [];
  #inTransaction = false;
  /** Whether the history has a row for this step that says "running", so that a part of it is committed. */
  #noted: boolean;
  /** The statements so far, those of an earlier run included. */
  readonly #sentSoFar: string[] = [];
  readonly #events: StatementEvents;
  #openQueries = 0;
  #ended = false;

  constructor(input: OnlineStepInput) {
    this.#input = input;
    this.arguments = input.arguments;
    this.#events = new StatementEvents(input.listener, input.step, input.session, input.progress?.done);
    this.#noted = input.progress !== undefined;
  }

  /**
   * Lets the revision record ahead of its turn, when recording is all that its code does, and writes the step's one
   * message if it fits one: it then goes out the moment the step before it is done.
   */
  async prepare(): Promise<void> {
    const { source, progress } = this.#input;
    if (!source.onlyRecords) return;
    this.#recording = source.run(operationsFor(this));
    try {
      await this.#recording;
      const pieces = await this.#pieces();
      if (progress !== undefined || !pieces.every(({ transactional }) => transactional)) return;
      this.#message = [...beginSql(this.#input.lockTimeoutMs), ...pieces, ...this.#closing(), "COMMIT"];
    } catch {
      // What is wrong is found again, and reported, in the step's turn.
    }
  }

  /** Runs the step. Throws the LimbeckErrors of `stepError`. */
  async run(): Promise<void> {
    this.#startedAt = performance.now();
    try {
      await (this.#message === undefined ? this.#runToEnd() : this.#script(this.#message, true));
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  async #runToEnd(): Promise<void> {
    await (this.#recording ?? this.#input.source.run(operationsFor(this)));
    this.#ended = true;
    if (this.#openQueries > 0) throw unawaitedQuery(this.#input.step, this.#input.path);
    const pending = await this.#sendUpToLastAlone();
    await this.#sendTogether(pending, () => this.#closing());
  }

  record(operation: Operation, call: Error): void {
    const { path, step, source } = this.#input;
    if (this.#ended) throw unawaitedQuery(step, path);
    this.#recorded.push({ operation, where: (line) => source.place(call, line) });
  }

  async query<Row extends object>(query: Sql | string): Promise<Row[]> {
    const text = sqlText(query);
    return await this.#look(text, () => this.#input.session.query<Row>(text));
  }

  async connection(): Promise<unknown> {
    return await this.#look("op.connection()", () => Promise.resolve(this.#input.session.client));
  }

  /** Lets the revision look at the database after everything that it recorded so far. */
  async #look<T>(text: string, look: () => Promise<T>): Promise<T> {
    this.#openQueries++;
    try {
      await this.#sendTogether(await this.#sendUpToLastAlone());
      this.#sent = [text];
      return await look();
    } finally {
      this.#openQueries--;
    }
  }

  /** Sends what was recorded as far as its last statement that runs alone, and gives what comes after it. */
  async #sendUpToLastAlone(): Promise<Piece[]> {
    const pieces = await this.#pieces();
    this.#recorded = [];
    let together: Piece[] = [];
    for (const piece of pieces.filter((candidate) => !this.#wasDone(candidate))) {
      if (piece.transactional) {
        together.push(piece);
        continue;
      }
      await this.#sendTogether(together, () => this.#note());
      await this.#sendAlone(piece);
      together = [];
    }
    return together;
  }

  /** The statements of what was recorded and not yet sent. */
  async #pieces(): Promise<Piece[]> {
    const pieces: Piece[] = [];
    for (const recorded of this.#recorded) pieces.push(...(await piecesOf(recorded)));
    return pieces;
  }

  /** Sends statements in the step's transaction, which begins when it has to and ends with `closing` if that is given. */
  async #sendTogether(pieces: readonly Piece[], closing?: () => readonly string[]): Promise<void> {
    pieces.forEach((piece) => this.#countPiece(piece));
    const begin = this.#inTransaction ? [] : beginSql(this.#input.lockTimeoutMs);
    const end = closing === undefined ? [] : [...closing(), "COMMIT"];
    await this.#script([...begin, ...pieces, ...end], true);
    this.#inTransaction = closing === undefined;
    if (closing !== undefined) this.#noted = true;
  }

  /** Runs a statement outside a transaction, unless the run that was cut off had come to its end. */
  async #sendAlone(piece: Piece): Promise<void> {
    if (piece.backfill !== undefined) return await this.#sendInBatches(piece, piece.backfill);
    const { session, table, record, progress } = this.#input;
    const cutOffHere = progress !== undefined && progress.done === this.#sentSoFar.length;
    if (!cutOffHere || !(await alreadyDone(session, piece.text))) await this.#script([piece], false);
    this.#countPiece(piece);
    await this.#script([history.progressSql(table, record, this.#progress())], false);
  }

  /** Runs a backfill, and notes its end together with the end of its own notes. */
  async #sendInBatches(piece: Piece, operation: Backfill): Promise<void> {
    const { session, table, record, signal, step, listener } = this.#input;
    const { text, where } = piece;
    const send = async (texts: readonly string[]): Promise<void> => {
      this.#sent = texts.map((sent) => ({ ...piece, text: sent }));
      this.#inTransaction = true;
      await session.script(texts);
    };
    const tell = (progress: BackfillProgress): void => listener({ type: "backfill", step, progress });
    this.#sent = [piece];
    const isDone = this.#events.ofMessage(this.#sent);
    await runBackfill({ session, table, record, operation, text, where, signal, send, tell });
    isDone(0);
    this.#countPiece(piece);
    const notes = [history.progressSql(table, record, this.#progress()), writeStateSql(table, record, undefined)];
    await this.#script(["BEGIN", ...notes, "COMMIT"], true);
    this.#inTransaction = false;
  }

  async #script(parts: readonly (Piece | string)[], inTransaction: boolean): Promise<void> {
    this.#sent = parts;
    this.#inTransaction = inTransaction;
    const texts = parts.map((part) => (typeof part === "string" ? part : part.text));
    await this.#input.session.script(texts, this.#events.ofMessage(parts));
  }

  #countPiece(piece: Piece): void {
    this.#sentSoFar.push(piece.text);
  }

  #progress(): history.Progress {
    const fingerprint = createHash("sha256").update(this.#sentSoFar.join("\0")).digest("hex");
    return { done: this.#sentSoFar.length, fingerprint };
  }

  /** Whether an earlier run of this step did the statement for good. Throws STEP_CHANGED if it did another one. */
  #wasDone(piece: Piece): boolean {
    const { progress, step, path } = this.#input;
    if (progress === undefined || this.#sentSoFar.length >= progress.done) return false;
    this.#countPiece(piece);
    if (this.#sentSoFar.length === progress.done && this.#progress().fingerprint !== progress.fingerprint) {
      throw stepChanged(step, path, progress.done);
    }
    return true;
  }

  /** The history row that says how far the step has come with the transaction that it stands in. */
  #note(): string[] {
    const { table, record } = this.#input;
    const write = this.#noted ? history.progressSql : history.runningSql;
    return [write(table, record, this.#progress())];
  }

  #closing(): string[] {
    const { table, record, changes } = this.#input;
    const close = this.#noted ? history.runningDoneSql : history.doneSql;
    return [close(table, record, rowChangeGuards(table, changes))];
  }

  /** Rolls back what is open, writes the failure into the history, and gives the error to report. */
  async #fail(error: unknown): Promise<LimbeckError> {
    const { session, step, path, table, record, signal } = this.#input;
    const reported = this.#isRowChange(error)
      ? versionRowChanged(step)
      : stepError({
          step,
          error,
          sent: this.#sent,
          where: placeInFile(error, path),
          left: this.#noted ? "a part" : "rolled back",
        });
    if (reported.code === "CONNECTION_LOST") return reported;
    const durationMs = performance.now() - this.#startedAt;
    const note = this.#noted
      ? history.runningFailedSql(table, record, reported.message)
      : history.rolledBackSql(table, record, signal?.aborted ? "interrupted" : "failed", durationMs, reported.message);
    // The first error is the one to report, whatever becomes of its record.
    if (this.#inTransaction) await session.script(["ROLLBACK"]).catch(() => undefined);
    await session.script([note]).catch(() => undefined);
    return reported;
  }

  #isRowChange(error: unknown): boolean {
    if (!(error instanceof ScriptError) || typeof this.#sent[error.piece] !== "string") return false;
    const { code } = error.cause as { code?: unknown };
    return !isConnectionLost(error.cause) && ROW_CHANGED_SQLSTATES.has(String(code));
  }
}

/** The timeout belongs to the transaction: what runs outside one, a CONCURRENTLY, must not be cut off half-way by it. */
function beginSql(lockTimeoutMs: number | undefined): string[] {
  return lockTimeoutMs === undefined
    ? ["BEGIN"]
    : ["BEGIN", `SET LOCAL lock_timeout = ${Math.max(1, Math.round(lockTimeoutMs))}`];
}
