import { DatabaseUnavailable, sqlState } from "../store/database.ts";

/** Why the service does not do what it was asked. */
export type Reason = "not found" | "invalid" | "conflict" | "unavailable";

/** A request that is well formed and still cannot be met, for a reason that is not the service's own fault. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: Reason;
  /** Stable, for programs: PIPELINE_NOT_FOUND. */
  readonly code: string;

  constructor(reason: Reason, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.code = code;
  }
}

/** What an error of the database means for whoever asked. Nothing, when it is a fault of the service. */
export function refusalOf(cause: unknown): Refusal | undefined {
  if (cause instanceof Refusal) return cause;
  if (cause instanceof DatabaseUnavailable) {
    return new Refusal("unavailable", "DATABASE_UNAVAILABLE", "The database cannot be reached", { cause });
  }
  const state = sqlState(cause);
  return state === undefined ? undefined : refusals[state]?.(cause);
}

const refusals: Readonly<Record<string, (cause: unknown) => Refusal>> = {
  "22001": (cause) => new Refusal("invalid", "TEXT_TOO_LONG", "A text is too long", { cause }),
  "22003": (cause) => new Refusal("invalid", "NUMBER_OUT_OF_RANGE", "A number is out of range", { cause }),
  "23502": (cause) => new Refusal("invalid", "VALUE_REQUIRED", "A required value is null", { cause }),
  "23503": (cause) => new Refusal("not found", "REFERENCE_NOT_FOUND", "Something referred to is not there", { cause }),
  "23505": (cause) => new Refusal("conflict", "ALREADY_EXISTS", "Something of that name is there already", { cause }),
  "23514": (cause) => new Refusal("invalid", "CHECK_VIOLATED", "The values do not fit together", { cause }),
};
