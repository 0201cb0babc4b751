import { LimbeckError } from "../../errors/limbeck-error.ts";

/** The error of a call whose arguments PostgreSQL could not carry out, or would carry out differently. */
export function invalid(message: string, hint: string): LimbeckError {
  return new LimbeckError("OPERATION_INVALID", { message, hint });
}

/** Refuses an empty list of columns, which PostgreSQL would call a syntax error at a parenthesis. */
export function checkColumns(call: string, columns: readonly unknown[]): void {
  if (Array.isArray(columns) && columns.length > 0) return;
  throw invalid(`${call} was given no columns.`, 'Pass them as an array with at least one in it, as in ["id"].');
}

/** The error of a call that changes nothing. `what`: what it might be given. */
export function nothingToChange(call: string, what: string): LimbeckError {
  return invalid(`op.${call} has nothing to change.`, `Pass ${what}.`);
}
