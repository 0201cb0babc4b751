import { redact } from "./redact.ts";

/**
 * What an error of unknown origin says, without the passwords that it may quote. Several in one, as a connection to
 * several addresses throws them: the first.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return redact(error instanceof Error && error.message !== "" ? error.message : String(error)).replace(/ +$/gm, "");
}
