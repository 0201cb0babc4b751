import type { Session } from "../database/session.ts";
import { sqlText, type Sql } from "../operations/language/sql-text.ts";
import type { Operation } from "../operations/operation.ts";
import type { OperationsHost } from "../operations/recorder.ts";
import type { Recorded } from "./pieces.ts";
import { placeInFile, type StepSource } from "./step-source.ts";

export interface LookingRecorderInput {
  readonly session: Session;
  readonly source: StepSource;
  readonly arguments: Readonly<Record<string, string>>;
  readonly path: string;
  /** Whether the database is as the step will find it. */
  readonly isFirst: boolean;
}

/** Records a step, and answers its queries from the database as it is, in transactions that can only read. */
export class LookingRecorder implements OperationsHost {
  readonly isOffline = false;
  readonly arguments: Readonly<Record<string, string>>;
  readonly recorded: Recorded[] = [];
  /** The first look whose answer the run may not get: how much was recorded before it, and what it is. */
  firstLook: { readonly recorded: number; readonly reason: string } | undefined;
  readonly #input: LookingRecorderInput;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(input: LookingRecorderInput) {
    this.#input = input;
    this.arguments = input.arguments;
  }

  record(operation: Operation, call: Error): void {
    const { source } = this.#input;
    this.recorded.push({ operation, where: (line) => source.place(call, line) });
  }

  async query<Row extends object>(query: Sql | string): Promise<Row[]> {
    const text = sqlText(query);
    const isCertain = this.#input.isFirst && this.recorded.length === 0;
    if (!isCertain) this.#look("looks at the database, which has not yet what runs before");
    const answer = this.#turn.then(() => this.#readOnly<Row>(text));
    this.#turn = answer.catch(() => undefined);
    return await answer.catch((error: unknown) => {
      this.#look("asks what only the run itself can answer");
      throw error;
    });
  }

  connection(): Promise<unknown> {
    this.#look("works on the connection itself");
    return Promise.reject(new Error("op.connection() is for the run alone"));
  }

  async #readOnly<Row extends object>(text: string): Promise<Row[]> {
    const { session } = this.#input;
    await session.script(["BEGIN READ ONLY"]);
    try {
      return await session.query<Row>(text);
    } finally {
      await session.script(["ROLLBACK"]);
    }
  }

  #look(does: string): void {
    const { line } = placeInFile(new Error("here"), this.#input.path) ?? {};
    this.firstLook ??= {
      recorded: this.recorded.length,
      reason: `the revision ${does}${line === undefined ? "" : ` (line ${line})`}`,
    };
  }
}
