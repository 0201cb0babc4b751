import { redact } from "../errors/redact.ts";
import { reasonOf } from "../errors/reason.ts";
import type { ErrorCode } from "../errors/catalogue.ts";
import { LimbeckError, isLimbeckError, type Location } from "../errors/limbeck-error.ts";
import { isConnectionLost, isPostgresError, ScriptError, type PostgresError } from "../database/session.ts";
import type { Step } from "../revisions/revision.ts";
import type { StepInfo } from "./events.ts";
import type { Piece } from "./pieces.ts";
import { ROW_CHANGED_SQLSTATES } from "./version-table.ts";

/** What a failed step is told about: the step, the error, and what it sent. */
export interface Failure {
  readonly step: StepInfo;
  readonly error: unknown;
  /** The statements of the message that failed, in the order in which they were sent. */
  readonly sent: readonly (Piece | string)[];
  /** Where the user's own code stood, when it was the user's code that threw. */
  readonly where: Location | undefined;
}

/** The error that a step ends with, in the user's terms. What is left of the step is for `withStanding` to say. */
export function stepError(failure: Failure): LimbeckError {
  const { error, step } = failure;
  if (isLimbeckError(error)) return error;
  const cause = error instanceof ScriptError ? error.cause : error;
  if (isConnectionLost(cause)) return connectionLost(failure, cause);
  if (isRowChange(failure, cause)) return versionRowChanged(step);
  if (isPostgresError(cause)) return statementFailed(failure, cause);
  return new LimbeckError("REVISION_FAILED", {
    message: `The ${step.direction} of ${step.revision} threw: ${reasonOf(cause)}`,
    hint: "Correct the revision.",
    ...(failure.where === undefined ? {} : { where: failure.where }),
    details: { revision: step.revision, direction: step.direction },
    cause,
  });
}

/** Whether one of limbeck's own statements says that a version row is not as it should be. COMMIT tells of the user's. */
function isRowChange({ error, sent }: Failure, cause: unknown): boolean {
  if (!(error instanceof ScriptError)) return false;
  const part = sent[error.piece];
  if (typeof part !== "string" || part === "COMMIT") return false;
  return isPostgresError(cause) && ROW_CHANGED_SQLSTATES.has(cause.code);
}

function connectionLost({ step }: Failure, cause: unknown): LimbeckError {
  const { revision, direction } = step;
  const cure = isPostgresError(cause) ? CURES[cause.code] : undefined;
  const patience = cure === undefined ? "" : `${cure} `;
  return new LimbeckError("CONNECTION_LOST", {
    message: `The connection was lost during the ${direction} of ${revision}: ${(cause as Error).message}.`,
    hint: `The server rolls back what was not committed. ${patience}Run the same command again: it goes on where the database stands.`,
    details: { revision, direction },
    cause,
  });
}

function statementFailed(failure: Failure, cause: PostgresError): LimbeckError {
  const { step, error, sent } = failure;
  const piece = error instanceof ScriptError ? sent[error.piece] : sent.at(-1);
  const said = typeof piece === "object" ? piece.text : piece;
  const text = said === undefined ? undefined : redact(said);
  const where = (typeof piece === "object" ? piece.where() : undefined) ?? failure.where;
  const position = error instanceof ScriptError ? error.position : Number(cause.position) || undefined;
  return new LimbeckError(CODES[cause.code] ?? "STATEMENT_FAILED", {
    message: `The ${step.direction} of ${step.revision} failed: ${cause.message}`,
    hint: [cause.hint, CURES[cause.code]].filter(Boolean).join(" "),
    ...(where === undefined ? {} : { where }),
    details: {
      revision: step.revision,
      direction: step.direction,
      sqlstate: cause.code,
      ...(cause.detail === undefined ? {} : { detail: cause.detail }),
      ...(text === undefined ? {} : { statement: text }),
      // The characters of a text with stars in it are others.
      ...(position === undefined || text !== said ? {} : { position }),
    },
    cause,
  });
}

const CURE_OF_TRANSACTION =
  "Put a line `-- limbeck: no-transaction` above the statement, or give op.execute `{ transaction: false }`.";

const CURES: Readonly<Record<string, string>> = {
  "25001": CURE_OF_TRANSACTION,
  "2D000": CURE_OF_TRANSACTION,
  "25P03": "Its code took long between two queries: allow more time with `timeouts.idle`.",
  "25P04": "Allow more time with `timeouts.transaction`, or make the step smaller.",
  "25006": "Connect to the primary, or to a session without default_transaction_read_only.",
  "42501": "Run it as the owner of what it changes, or grant the user the right.",
  "55P03": "Run it again when the application is quieter, or allow more time with --lock-retry and --lock-timeout.",
  "57014":
    "If that was a timeout, allow more time with `timeouts.statement`, or in the revision with `statementTimeout`.",
};

const CODES: Readonly<Record<string, ErrorCode>> = {
  "25006": "DATABASE_READ_ONLY",
  "42501": "DATABASE_PERMISSION_DENIED",
  "55P03": "LOCK_NOT_AVAILABLE",
};

/** For those who only print what a run would do. */
export const NOTHING_SENT = "Nothing was sent to the database.";

/** Where a failure leaves the database. */
export interface Standing {
  readonly revision: string;
  /** The number of its statements that stay, because they were committed. */
  readonly done: number;
  /** Whether other steps were rolled back with it. */
  readonly isShared: boolean;
  /** The version table's rows. */
  readonly rows: readonly string[];
  /** What to type to go on. */
  readonly command: string;
}

/** The error with what was rolled back, what stays, and what to type next. */
export function withStanding(error: LimbeckError, standing: Standing): LimbeckError {
  return error.code === "CONNECTION_LOST" ? error : withHint(error, standingSentence(standing));
}

/** The error with one more sentence of what to do. */
export function withHint(error: LimbeckError, sentence: string): LimbeckError {
  return new LimbeckError(error.code, {
    message: error.message,
    hint: [error.hint, sentence].filter(Boolean).join(" "),
    ...(error.where === undefined ? {} : { where: error.where }),
    details: error.details,
    cause: error.cause,
  });
}

function standingSentence({ revision, done, isShared, rows, command }: Standing): string {
  const stands = rows.length === 0 ? "nothing is applied" : `the database stands at ${rows.join(", ")}`;
  if (isShared) return `The whole run was rolled back: ${stands}. Then run \`${command}\` again.`;
  return done === 0
    ? `Revision ${revision} was rolled back whole: ${stands}. Then run \`${command}\` again.`
    : `What revision ${revision} did before that stays (${count(done)}), and ${stands}. Then run \`${command}\` again: it goes on from there.`;
}

/** A run that was told to end. `reached` says in whole sentences what became of the step under way. */
export function interrupted(done: readonly string[], standing: Standing | undefined, cause?: unknown): LimbeckError {
  const steps = done.length === 1 ? "1 step" : `${done.length} steps`;
  const command = standing === undefined ? "the same command" : `\`${standing.command}\``;
  const rest =
    standing === undefined
      ? "none was under way"
      : standing.done === 0
        ? "the one under way was rolled back"
        : `of the one under way, ${standing.revision}, ${count(standing.done)} ${standing.done === 1 ? "stays" : "stay"}`;
  return new LimbeckError("INTERRUPTED", {
    message: `The run was interrupted after ${steps}; ${rest}.`,
    hint: `Run ${command} again: it goes on where the database stands.`,
    details: { done, ...(standing === undefined ? {} : { revision: standing.revision, statements: standing.done }) },
    cause,
  });
}

function versionRowChanged({ revision, direction }: StepInfo): LimbeckError {
  return new LimbeckError("VERSION_ROW_CHANGED", {
    message: `The version table was changed by somebody else while the ${direction} of ${revision} ran.`,
    hint: "Find out who migrates the same database without limbeck's lock, then run the command again.",
    details: { revision, direction },
  });
}

export function unawaitedQuery({ revision, direction }: StepInfo, file: string): LimbeckError {
  return new LimbeckError("UNAWAITED_QUERY", {
    message: `The ${direction} of ${revision} ended while one of its queries was still under way.`,
    hint: "Put `await` in front of every op.query(…) and op.connection(), and of every promise of your own.",
    where: { file },
    details: { revision, direction },
  });
}

export function stepChanged({ revision, direction }: StepInfo, file: string, done: number): LimbeckError {
  return new LimbeckError("STEP_CHANGED", {
    message: `The ${direction} of ${revision} was cut off after ${count(done)}, and does not begin with the same any more.`,
    hint: "Put the statements that were done back as they were, in front of the others, whatever a query answers now; or finish by hand and `limbeck stamp` the result.",
    where: { file },
    details: { revision, direction, done },
  });
}

export function notAskedTwice({ revision, direction }: StepInfo, done: number): LimbeckError {
  return new LimbeckError("QUERY_NOT_REPEATABLE", {
    message: `The ${direction} of ${revision} was cut off after ${count(done)}; one of them is a query that writes, and its answer is gone.`,
    hint: "Read with op.query and write with op.execute, at least in front of what cannot run in a transaction. What is left of this step, finish by hand, and `limbeck stamp` the result.",
    details: { revision, direction, done },
  });
}

export function inDoubt({ revision, direction }: StepInfo, text: string, done: number): LimbeckError {
  return new LimbeckError("STATEMENT_IN_DOUBT", {
    message: `The ${direction} of ${revision} was cut off while this statement ran outside a transaction, and nothing tells whether it was done, in whole or in part.`,
    hint: `Look at what it does. If it was done whole: \`limbeck repair ${revision} --done\`. If it may run from its beginning: \`limbeck repair ${revision} --again\`.`,
    details: { revision, direction, done, statement: redact(text) },
  });
}

export function notTransactional({ revision, direction }: StepInfo, { text, where }: Piece): LimbeckError {
  const place = where();
  return new LimbeckError("NOT_TRANSACTIONAL", {
    message: `The ${direction} of ${revision} cannot be in one transaction with the other steps: PostgreSQL runs this statement outside of one only.`,
    hint: 'Run with --transaction step; or say `transaction = "step"` in the revision, so that what comes before it is committed first.',
    ...(place === undefined ? {} : { where: place }),
    details: { revision, direction, statement: text },
  });
}

export function hookFailed({ revision, direction }: StepInfo, hook: string, error: unknown): LimbeckError {
  const cause = error instanceof ScriptError ? error.cause : error;
  const sqlstate = isPostgresError(cause) ? { sqlstate: cause.code } : {};
  return new LimbeckError("HOOK_FAILED", {
    message: `${hook} threw at the ${direction} of ${revision}: ${reasonOf(cause)}`,
    hint: `Correct ${hook} in the configuration.`,
    details: { revision, direction, hook, ...sqlstate },
    cause,
  });
}

export function stepUnfinished({ revision, direction }: Step, done: number): LimbeckError {
  return new LimbeckError("STEP_UNFINISHED", {
    message: `The ${direction} of ${revision} was cut off after ${count(done)}, and is not ended.`,
    hint: `End it first: \`limbeck ${direction} ${direction === "upgrade" ? revision : "-1"}\`. Or undo by hand what it did, and \`limbeck stamp\` where the database stands then.`,
    details: { revision, direction, done },
  });
}

function count(statements: number): string {
  return statements === 1 ? "1 statement" : `${statements} statements`;
}
