import { ScriptError, type Session } from "../database/session.ts";
import type { LintedStatement } from "../lint/lint.ts";
import type { Measurement } from "../lint/measurement.ts";
import { measurementOf, takeSnapshot } from "./relation-snapshot.ts";

/** What is to be measured of what goes through a session. */
export interface Measuring {
  /** The statements of the step, in the order in which they are sent. */
  readonly statements: readonly LintedStatement[];
  /** The relations that were there before the run. */
  readonly existing: ReadonlySet<string>;
  readonly found: Map<LintedStatement, Measurement>;
}

/** A session that looks before and after those statements that somebody asks about. */
export class MeasuringSession {
  readonly session: Session;
  readonly #scratch: Session;
  #measuring: Measuring | undefined;
  #next = 0;
  #inTransaction = false;

  constructor(scratch: Session) {
    this.#scratch = scratch;
    this.session = { ...scratch, script: (pieces, completed) => this.#script(pieces, completed) };
  }

  /** Measures while work is done. */
  async measure<T>(measuring: Measuring, work: () => Promise<T>): Promise<T> {
    this.#measuring = measuring;
    this.#next = 0;
    try {
      return await work();
    } finally {
      this.#measuring = undefined;
    }
  }

  async #script(pieces: readonly string[], completed?: (piece: number) => void): Promise<void> {
    if (this.#measuring === undefined) return await this.#scratch.script(pieces, completed);
    let sent = 0;
    for (let index = 0; index <= pieces.length; index++) {
      const statement = index < pieces.length ? this.#expected(pieces[index]!) : undefined;
      if (statement === undefined && index < pieces.length) continue;
      await this.#send(pieces, sent, index, completed);
      sent = index;
      if (statement === undefined) continue;
      const { existing, found } = this.#measuring;
      const before = await takeSnapshot(this.#scratch);
      await this.#careful(statement, true);
      await this.#send(pieces, index, index + 1, completed);
      await this.#careful(statement, false);
      sent = index + 1;
      const after = await takeSnapshot(this.#scratch);
      const isUtility = !LOOKS_FOR_ROWS.has(statement.node);
      found.set(statement, measurementOf({ before, after, existing, inTransaction: this.#inTransaction, isUtility }));
    }
  }

  /** The next statement that is asked about, if this is it. One that a query of the step's own stood for is passed over. */
  #expected(piece: string): LintedStatement | undefined {
    const { statements } = this.#measuring!;
    const text = piece.trim();
    const place = statements.findIndex((statement, index) => index >= this.#next && statement.text.trim() === text);
    if (place === -1) return undefined;
    this.#next = place + 1;
    return statements[place];
  }

  async #send(pieces: readonly string[], from: number, to: number, completed?: (piece: number) => void): Promise<void> {
    if (from === to) return;
    const part = pieces.slice(from, to);
    try {
      await this.#scratch.script(part, (piece) => {
        this.#note(part[piece]!);
        completed?.(from + piece);
      });
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      throw new ScriptError(error.cause, from + error.piece, error.position);
    }
  }

  #note(piece: string): void {
    if (/^begin\b/i.test(piece)) this.#inTransaction = true;
    else if (/^(?:commit|rollback)\b(?! to\b)/i.test(piece)) this.#inTransaction = false;
    // What is rolled back is sent again.
    if (/^rollback\b(?! to\b)/i.test(piece)) this.#next = 0;
  }

  /** A table of three rows is read as a whole whatever indexes it has; with a setting, only when there is no index to use. */
  async #careful(statement: LintedStatement, isBefore: boolean): Promise<void> {
    if (!this.#inTransaction || !LOOKS_FOR_ROWS.has(statement.node)) return;
    await this.#scratch.script([`SET LOCAL enable_seqscan = ${isBefore ? "off" : "on"}`]);
  }
}

/** Statements whose own plan decides what they read. */
export const LOOKS_FOR_ROWS = new Set([
  "SelectStmt",
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
  "MergeStmt",
  "DoStmt",
  "CallStmt",
]);
