import { catalogue, type ErrorCode, type ExitCode } from "./catalogue.ts";

/** A place in a file of the user's. Lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export interface LimbeckErrorInput {
  /** One sentence that says what is wrong. */
  readonly message: string;
  /** One sentence, or command, that says what to do next. */
  readonly hint: string;
  readonly where?: Location;
  /** Facts for programs: plain JSON data, never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * An error that limbeck reports on purpose. Recognise one with `isLimbeckError`, not with `instanceof`:
 * a revision file may hold another copy of the library.
 */
export class LimbeckError extends Error {
  override readonly name = "LimbeckError";
  readonly code: ErrorCode;
  readonly hint: string;
  readonly where: Location | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, input: LimbeckErrorInput) {
    super(input.message, input.cause === undefined ? undefined : { cause: input.cause });
    this.code = code;
    this.hint = input.hint;
    this.where = input.where;
    this.details = input.details ?? {};
  }

  get exitCode(): ExitCode {
    return catalogue[this.code].exitCode;
  }

  /** What `--json` prints of an error. */
  toJSON(): LimbeckErrorJson {
    return {
      code: this.code,
      message: this.message,
      hint: this.hint,
      ...(this.where === undefined ? {} : { where: this.where }),
      ...(Object.keys(this.details).length === 0 ? {} : { details: this.details }),
    };
  }
}

export interface LimbeckErrorJson {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly where?: Location;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Recognises a LimbeckError of any copy of the library by its shape. */
export function isLimbeckError(error: unknown): error is LimbeckError {
  if (!(error instanceof Error) || error.name !== "LimbeckError") return false;
  const { code } = error as { code?: unknown };
  return typeof code === "string" && Object.hasOwn(catalogue, code);
}
