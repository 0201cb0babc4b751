import type { Session } from "../database/session.ts";
import { identifier } from "../operations/language/identifiers.ts";
import { quote } from "../operations/language/literals.ts";

/**
 * What a statement changes that runs outside a transaction: how it stands is noted before, and compared by the run that
 * goes on where this one was cut off.
 */
export interface Effect {
  /** How it stands, as an expression of SQL, of type jsonb. */
  readonly state: string;
  /**
   * Whether the statement has had its effect, by what stood there before it and what does now. Ends what was begun, or
   * clears away a half, so that the statement can run again.
   */
  readonly settle: (session: Session, before: unknown, now: unknown) => Promise<boolean>;
  /** Whether a statement that the server has refused is as good as not begun. */
  readonly isForgottenOnFailure?: true;
}

/** A relation as the parser's tree names it. */
export interface RangeName {
  readonly schemaname?: string;
  readonly relname: string;
}

/** The parts of a name, of which the first may be missing, as SQL. */
export function relationName(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map(identifier)
    .join(".");
}

/** The relation of that name as an expression of SQL; NULL when there is none. */
export function toRegclass(parts: readonly (string | undefined)[]): string {
  return `to_regclass(${quote(relationName(parts))})`;
}
