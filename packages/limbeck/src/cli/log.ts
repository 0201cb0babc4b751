import type { LimbeckError } from "../errors/limbeck-error.ts";
import type { RunEvent } from "../runner/events.ts";

/** What a command tells on the way, on stderr: a progress for people, or lines for programs. */
export interface Log {
  hear(event: RunEvent): void;
  /** Something that went wrong and does no harm. */
  warn(message: string): void;
  /** The error that the command ends with. */
  fail(error: LimbeckError): void;
  /** Ends what is half written. */
  end(): void;
}
