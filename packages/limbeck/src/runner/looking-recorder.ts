import type { Session } from "../database/session.ts";
import type { NamingConvention } from "../operations/language/naming.ts";
import { sqlText, type Sql } from "../operations/language/sql-text.ts";
import type { Operation } from "../operations/operation.ts";
import type { Allowance, OperationsHost } from "../operations/recorder.ts";
import type { Recorded } from "./pieces.ts";
import { placeInFile } from "../errors/place-in-file.ts";
import type { StepSource } from "./step-source.ts";

/** An operation with what its author allows it. */
export interface LookedRecorded extends Recorded {
  readonly allowed: readonly Allowance[];
}

export interface LookingRecorderInput {
  /** Undefined for offline mode. */
  readonly session: Session | undefined;
  readonly source: StepSource;
  readonly arguments: Readonly<Record<string, string>>;
  readonly namingConvention: NamingConvention | undefined;
  readonly path: string;
  /** Whether the database is as the step will find it. */
  readonly isFirst: boolean;
}

/** Records a step, and answers its queries from the database as it is, if there is one, in transactions that can only read. */
export class LookingRecorder implements OperationsHost {
  readonly isOffline: boolean;
  readonly arguments: Readonly<Record<string, string>>;
  readonly namingConvention: NamingConvention | undefined;
  readonly recorded: LookedRecorded[] = [];
  /** What is allowed and not yet followed by an operation. */
  allowed: readonly Allowance[] = [];
  /** The first look whose answer the run may not get: how much was recorded before it, and what it is. */
  firstLook: { readonly recorded: number; readonly reason: string } | undefined;
  readonly #input: LookingRecorderInput;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(input: LookingRecorderInput) {
    this.#input = input;
    this.arguments = input.arguments;
    this.namingConvention = input.namingConvention;
    this.isOffline = input.session === undefined;
  }

  allow(allowance: Allowance): void {
    this.allowed = [...this.allowed, allowance];
  }

  record(operation: Operation, call: Error): void {
    const { source } = this.#input;
    this.recorded.push({ operation, where: (line) => source.place(call, line), allowed: this.allowed });
    this.allowed = [];
  }

  async query<Row extends object>(query: Sql | string): Promise<Row[]> {
    const text = sqlText(query);
    const { session } = this.#input;
    // What is allowed in front of a query is allowed to that, which is looked at when it is sent.
    this.allowed = [];
    if (session === undefined) {
      this.#look("looks at the database, and there is none to look at");
      throw new Error("op.query() needs a database");
    }
    const isCertain = this.#input.isFirst && this.recorded.length === 0;
    if (!isCertain) this.#look("looks at the database, which has not yet what runs before");
    const answer = this.#turn.then(() => this.#readOnly<Row>(session, text));
    this.#turn = answer.catch(() => undefined);
    return await answer.catch((error: unknown) => {
      this.#look("asks what only the run itself can answer");
      throw error;
    });
  }

  connection(): Promise<unknown> {
    this.allowed = [];
    this.#look("works on the connection itself");
    return Promise.reject(new Error("op.connection() is for the run alone"));
  }

  async #readOnly<Row extends object>(session: Session, text: string): Promise<Row[]> {
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
