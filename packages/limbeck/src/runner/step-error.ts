import { reasonOf } from "../errors/reason.ts";
import type { ErrorCode } from "../errors/catalogue.ts";
import { LimbeckError, isLimbeckError, type Location } from "../errors/limbeck-error.ts";
import { isConnectionLost, isPostgresError, ScriptError, type PostgresError } from "../database/session.ts";
import type { Step } from "../revisions/revision.ts";
import type { StepInfo } from "./events.ts";
import type { Piece } from "./pieces.ts";

/** What a failed step is told about: the step, what it sent, and what became of it. */
export interface Failure {
  readonly step: StepInfo;
  readonly error: unknown;
  /** The statements of the message that failed, in the order in which they were sent. */
  readonly sent: readonly (Piece | string)[];
  /** Where the user's own code stood, when it was the user's code that threw. */
  readonly where: Location | undefined;
  /** What is left of the step in the database: nothing, because it was rolled back or never sent, or a part. */
  readonly left: "rolled back" | "not sent" | "a part";
}

/** The error that a step ends with, in the user's terms. */
export function stepError(failure: Failure): LimbeckError {
  const { error } = failure;
  if (isLimbeckError(error)) return error;
  const cause = error instanceof ScriptError ? error.cause : error;
  if (isConnectionLost(cause)) return connectionLost(failure, cause);
  if (isPostgresError(cause)) return statementFailed(failure, cause);
  return new LimbeckError("REVISION_FAILED", {
    message: `The ${failure.step.direction} of ${failure.step.revision} threw: ${reasonOf(cause)}`,
    hint: `Correct the revision. ${leftOver(failure)}`,
    ...(failure.where === undefined ? {} : { where: failure.where }),
    details: { revision: failure.step.revision, direction: failure.step.direction },
    cause,
  });
}

function connectionLost({ step }: Failure, cause: unknown): LimbeckError {
  const { revision, direction } = step;
  return new LimbeckError("CONNECTION_LOST", {
    message: `The connection was lost during the ${direction} of ${revision}: ${(cause as Error).message}.`,
    hint: `The server rolls back what was not committed. Run the same command again: it goes on where the database stands.`,
    details: { revision, direction },
    cause,
  });
}

function statementFailed(failure: Failure, cause: PostgresError): LimbeckError {
  const { step, error, sent } = failure;
  const piece = error instanceof ScriptError ? sent[error.piece] : sent.at(-1);
  const text = typeof piece === "object" ? piece.text : piece;
  const where = (typeof piece === "object" ? piece.where() : undefined) ?? failure.where;
  const position = error instanceof ScriptError ? error.position : Number(cause.position) || undefined;
  return new LimbeckError(codeOf(cause), {
    message: `The ${step.direction} of ${step.revision} failed: ${cause.message}`,
    hint: [cause.hint, CURES[cause.code], leftOver(failure)].filter(Boolean).join(" "),
    ...(where === undefined ? {} : { where }),
    details: {
      revision: step.revision,
      direction: step.direction,
      sqlstate: cause.code,
      ...(cause.detail === undefined ? {} : { detail: cause.detail }),
      ...(text === undefined ? {} : { statement: text }),
      ...(position === undefined ? {} : { position }),
    },
    cause,
  });
}

const CURE_OF_TRANSACTION =
  "Put a line `-- limbeck: no-transaction` above the statement, or give op.execute `{ transaction: false }`.";

const CURES: Readonly<Record<string, string>> = {
  "25001": CURE_OF_TRANSACTION,
  "2D000": CURE_OF_TRANSACTION,
  "25006": "Connect to the primary, or to a session without default_transaction_read_only.",
  "42501": "Run it as the owner of what it changes, or grant the user the right.",
  "55P03": "Run it again when the application is quieter, or allow more time with `lock.timeout`.",
};

const CODES: Readonly<Record<string, ErrorCode>> = {
  "25006": "DATABASE_READ_ONLY",
  "42501": "DATABASE_PERMISSION_DENIED",
  "55P03": "LOCK_NOT_AVAILABLE",
};

function codeOf(cause: PostgresError): ErrorCode {
  return CODES[cause.code] ?? "STATEMENT_FAILED";
}

function leftOver({ step, left }: Failure): string {
  if (left === "not sent") return "No script was printed.";
  return left === "rolled back"
    ? `Revision ${step.revision} was rolled back whole; what ran before it stays applied.`
    : `What revision ${step.revision} had done up to there stays; after the correction the same command goes on with the failed statement.`;
}

export function versionRowChanged({ revision, direction }: StepInfo): LimbeckError {
  return new LimbeckError("VERSION_ROW_CHANGED", {
    message: `The version table was changed by somebody else while the ${direction} of ${revision} ran, and the step was rolled back.`,
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
    message: `The ${direction} of ${revision} was cut off after ${count(done)}, and the file does not begin with the same any more.`,
    hint: "Put the statements that were done back as they were, in front of the others; or finish by hand and `limbeck stamp` the result.",
    where: { file },
    details: { revision, direction, done },
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
