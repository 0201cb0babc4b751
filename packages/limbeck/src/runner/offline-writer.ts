import type { RowChange } from "../revisions/revision.ts";
import { doneSql, progressSql, runningDoneSql, runningSql, STEP_BEGINS_SQL, type StepRecord } from "./history.ts";
import { backfillScript } from "./backfill-script.ts";
import type { Piece } from "./pieces.ts";
import { RunTransaction, type StepLimits } from "./run-transaction.ts";
import { StepProgress } from "./step-progress.ts";
import { rowChangesSql, type VersionTable } from "./version-table.ts";

/** One revision in one direction, with the statements that it makes. */
export interface WrittenStep {
  /** What it does, as Alembic's log says it. */
  readonly title: string;
  readonly record: StepRecord;
  readonly changes: RowChange;
  readonly pieces: readonly Piece[];
  readonly limits: StepLimits;
  /** Whether each of them is committed by itself. */
  readonly isEachAlone: boolean;
}

/**
 * Writes steps as a script for psql, in the transactions, under the timeouts and with the notes of a run: where the
 * script is cut off in the middle of a step, the next run goes on there.
 */
export class OfflineWriter {
  readonly #table: VersionTable;
  readonly #transaction: RunTransaction;
  readonly #parts: string[] = [];

  constructor(table: VersionTable, isShared: boolean) {
    this.#table = table;
    this.#transaction = new RunTransaction(isShared);
  }

  get text(): string {
    return this.#parts.join("\n");
  }

  /** Writes a step, and ends the transaction with it unless the next one is to stand in it too. */
  step({ title, record, changes, pieces, limits, isEachAlone }: WrittenStep, commits: boolean): void {
    this.#parts.push(`-- ${title}\n`);
    const progress = new StepProgress(undefined);
    let isNoted = false;
    const note = (before?: string): void => {
      this.#write((isNoted ? progressSql : runningSql)(this.#table, record, progress.now, before));
      isNoted = true;
    };
    if (this.#transaction.isShared) {
      this.#open(limits);
      this.#write(performed(STEP_BEGINS_SQL));
    }
    for (const piece of pieces) {
      if (piece.transactional) {
        this.#open(limits);
        this.#write(...this.#transaction.boundLocks(piece.locking, limits), piece.text);
        progress.add(piece.text);
        if (!isEachAlone) continue;
        note();
        this.#commit();
        continue;
      }
      if (!isNoted || this.#transaction.isOpen || piece.effect !== undefined) {
        this.#open(limits);
        note(piece.effect?.state);
        this.#commit();
      }
      this.#alone(piece, record, limits);
      progress.add(piece.text);
      note();
    }
    this.#open(limits);
    const { isShared } = this.#transaction;
    const done = isNoted
      ? runningDoneSql(this.#table, record)
      : doneSql(this.#table, record, isShared ? "step" : "transaction");
    this.#write(...rowChangesSql(this.#table, changes), done);
    if (commits) this.#commit();
  }

  #open(limits: StepLimits): void {
    const isNew = !this.#transaction.isOpen;
    this.#write(...this.#transaction.open({ ...limits, transactionMs: 0 }));
    if (isNew && limits.transactionMs > 0) this.#write(transactionTimeoutSql(limits.transactionMs));
  }

  /** Writes a statement outside a transaction. One that locks the application out is bounded even there. */
  #alone({ text, backfill, locking }: Piece, record: StepRecord, { lockMs }: StepLimits): void {
    const script = backfill === undefined ? text : backfillScript(this.#table, record, backfill, text);
    const isBounded = locking === "strong" && lockMs > 0;
    this.#write(...(isBounded ? [`SET lock_timeout = ${lockMs}`, script, "SET lock_timeout = 0"] : [script]));
  }

  #commit(): void {
    this.#write("COMMIT");
    this.#transaction.closed();
  }

  #write(...statements: readonly string[]): void {
    this.#parts.push(...statements.map(terminated));
  }
}

/** A query whose answer psql would print, as a statement without one. */
function performed(query: string): string {
  return `DO $limbeck$ BEGIN ${query.replace(/^SELECT/, "PERFORM")}; END $limbeck$`;
}

/** The setting came with PostgreSQL 17, and a script does not know where it will run. */
function transactionTimeoutSql(ms: number): string {
  return (
    "DO $limbeck$ BEGIN IF current_setting('server_version_num')::int >= 170000 " +
    `THEN PERFORM set_config('transaction_timeout', '${ms}', true); END IF; END $limbeck$`
  );
}

/** A statement with its semicolon, on a line of its own when a comment would swallow it. */
export function terminated(text: string): string {
  const lastLine = text.slice(text.lastIndexOf("\n") + 1);
  return `${text}${lastLine.includes("--") ? "\n" : ""};\n`;
}
