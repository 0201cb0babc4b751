import { redact } from "../errors/redact.ts";
import { parseStatements } from "../grammar/statements.ts";
import { sqlText, type Sql } from "../operations/language/sql-text.ts";
import type { Operation } from "../operations/operation.ts";
import { operationsFor, type OperationsHost } from "../operations/recorder.ts";
import type { RowChange } from "../revisions/revision.ts";
import type { DryRunStop } from "./dry-run.ts";
import type { StepInfo } from "./events.ts";
import { doneSql, STEP_BEGINS_SQL } from "./history.ts";
import { piecesOf, type Piece, type Recorded } from "./pieces.ts";
import type { RunContext } from "./run-context.ts";
import { StatementEvents } from "./statement-events.ts";
import { stepError, withHint } from "./step-error.ts";
import { placeInFile } from "../errors/place-in-file.ts";
import type { StepSource } from "./step-source.ts";
import { checkedRowChangesSql } from "./version-table.ts";

export interface TriedStepInput {
  readonly context: RunContext;
  readonly step: StepInfo;
  readonly source: StepSource;
  readonly changes: RowChange;
}

type Stop = Pick<DryRunStop, "reason"> & Partial<DryRunStop>;

/** One step inside the transaction of a dry run, which somebody else rolls back. */
export class TriedStep implements OperationsHost {
  readonly isOffline = false;
  readonly arguments: Readonly<Record<string, string>>;
  readonly #input: TriedStepInput;
  readonly #path: string;
  readonly #events: StatementEvents;
  #recorded: Recorded[] = [];
  #sent: readonly (Piece | string)[] = [];
  #stop: Stop | undefined;

  constructor(input: TriedStepInput) {
    const { context, step } = input;
    this.#input = input;
    this.#path = context.graph.get(step.revision)!.source.path;
    this.#events = new StatementEvents(context.listener, step, context.session);
    this.arguments = context.arguments;
  }

  /** Runs the step as far as it can be tried, and gives what stopped it. Throws what `stepError` makes of a failure. */
  async run(): Promise<Stop | undefined> {
    const { context, step, source, changes } = this.#input;
    try {
      await context.session.script([STEP_BEGINS_SQL]);
      await source.run(operationsFor(this));
      await this.#send();
      if (this.#stop === undefined) {
        const { revision, direction } = step;
        const record = { revision, direction, checksum: source.checksum, ...context.who };
        const { table } = context;
        await this.#script([...checkedRowChangesSql(table, changes), doneSql(table, record, "step")]);
      }
    } catch (error) {
      if (this.#stop === undefined) {
        const reported = stepError({ step, error, sent: this.#sent, where: placeInFile(error, this.#path) });
        throw withHint(reported, "It was a dry run: nothing of it stays.");
      }
    }
    return this.#stop;
  }

  record(operation: Operation, call: Error): void {
    const { source } = this.#input;
    this.#recorded.push({ operation, where: (line) => source.place(call, line) });
  }

  async query<Row extends object>(query: Sql | string): Promise<Row[]> {
    const text = sqlText(query);
    await this.#send();
    if (await endsTransaction(text))
      this.#stopAt({ reason: "its query ends the transaction", statement: redact(text) });
    this.#refuseBehindStop();
    this.#sent = [text];
    return await this.#input.context.session.query<Row>(text);
  }

  async connection(): Promise<unknown> {
    await this.#send();
    this.#stopAt({ reason: "it works on the connection itself, which could commit" });
    return this.#refuseBehindStop();
  }

  /** Sends what was recorded, up to what cannot be tried. */
  async #send(): Promise<void> {
    const together: Piece[] = [];
    for (const recorded of this.#recorded.splice(0)) {
      for (const piece of await piecesOf(recorded)) {
        if (!piece.transactional)
          this.#stopAt({ reason: "its next statement cannot run in a transaction", ...placed(piece) });
        if (this.#stop === undefined) together.push(piece);
      }
    }
    await this.#script(together);
  }

  async #script(parts: readonly (Piece | string)[]): Promise<void> {
    this.#sent = parts;
    const texts = parts.map((part) => (typeof part === "string" ? part : part.text));
    await this.#input.context.session.script(texts, this.#events.ofMessage(parts));
  }

  #stopAt(stop: Stop): void {
    const where = stop.where ?? placeInFile(new Error("here"), this.#path) ?? null;
    this.#stop ??= { ...stop, where };
  }

  #refuseBehindStop(): void {
    if (this.#stop !== undefined) throw new Error("the dry run ends here");
  }
}

function placed(piece: Piece): Pick<DryRunStop, "statement" | "where"> {
  return { statement: redact(piece.text), where: piece.where() ?? null };
}

/** What the grammar does not take, the server will not take either. */
async function endsTransaction(text: string): Promise<boolean> {
  const statements = await parseStatements(text).catch(() => []);
  return statements.some(({ controlsTransaction }) => controlsTransaction);
}
