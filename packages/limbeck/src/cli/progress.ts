import type { LimbeckError } from "../errors/limbeck-error.ts";
import type { RunEvent } from "../runner/events.ts";
import type { BackfillProgress } from "../runner/backfill-meter.ts";
import { backfillBar, backfillText, Seldom } from "./backfill-text.ts";
import { duration } from "./duration.ts";
import { bytesText } from "./size-text.ts";
import { eventText } from "./event-text.ts";
import type { Log } from "./log.ts";
import { isTold, levelOf, type LogLevel } from "./log-level.ts";

/** To the line's beginning, and away with what stands on it (ECMA-48: CR, EL). */
const CLEAR_LINE = "\r\u001B[2K";

const TELL_AGAIN_MS = 30_000;

/** Tells of a run on stderr, step by step: each revision as it runs, then its time on the same line. */
export class Progress implements Log {
  readonly #write: (text: string) => void;
  readonly #level: LogLevel;
  readonly #renderError: (error: LimbeckError) => string;
  readonly #columns: () => number | undefined;
  readonly #backfills = new Seldom();
  #lineOpen = false;
  /** The last retry that was told. */
  #told: { readonly who: string; readonly sinceMs: number } | undefined;
  #barOpen = false;

  /** `columns` gives the width of the terminal; undefined when the text goes elsewhere. */
  constructor(
    write: (text: string) => void,
    level: LogLevel,
    renderError: (error: LimbeckError) => string,
    columns: () => number | undefined = () => undefined,
  ) {
    this.#write = write;
    this.#columns = columns;
    this.#level = level;
    this.#renderError = renderError;
  }

  hear(event: RunEvent): void {
    if (!isTold(levelOf(event), this.#level)) return;
    switch (event.type) {
      case "connected":
      case "finding":
      case "wait":
        return this.#line(eventText(event));
      case "retry":
        return this.#retry(event);
      case "stepStart":
        this.#told = undefined;
        return this.#open(eventText(event));
      case "stepResume":
        return this.#open(eventText(event));
      case "backfill":
        return this.#backfill(event.progress);
      case "statement":
        return this.#line(statementText(event));
      case "backupStart":
        return this.#open(eventText(event));
      case "backupEnd":
        return this.#close(`(${bytesText(event.bytes)}, ${duration(event.durationMs)})`);
      case "restoreStart":
        return this.#line(eventText(event));
      case "stepEnd":
        return this.#close(`(${duration(event.durationMs)})`);
      case "runStart":
        if (event.dryRun) this.#line("Dry run: everything is rolled back at its end");
        return;
      case "warning":
        return this.warn(event.message);
      case "plan":
      case "runEnd":
      case "runFailed":
    }
  }

  warn(message: string): void {
    this.#line(`warning: ${message}`);
  }

  fail(error: LimbeckError): void {
    this.#line(this.#renderError(error));
  }

  end(): void {
    if (this.#lineOpen) this.#write("\n");
    this.#lineOpen = false;
    this.#barOpen = false;
  }

  /** On a terminal one line that is written over, elsewhere a line from time to time. */
  #backfill(progress: BackfillProgress): void {
    const columns = this.#columns();
    if (columns === undefined) {
      if (this.#backfills.isDue(progress, performance.now())) this.#line(`  ${backfillText(progress)}`);
      return;
    }
    const again = this.#barOpen;
    if (!again) this.end();
    this.#write(`${again ? CLEAR_LINE : ""}${backfillBar(progress, columns)}`);
    this.#lineOpen = true;
    this.#barOpen = true;
    if (progress.done) this.end();
  }

  /** One line for each who is in the way, and one from time to time: not one for each attempt. */
  #retry(event: Extract<RunEvent, { type: "retry" }>): void {
    const who = [event.reason, ...event.blockers.map(({ pid }) => pid)].join();
    if (this.#told?.who === who && event.sinceMs < this.#told.sinceMs + TELL_AGAIN_MS) return;
    this.#told = { who, sinceMs: event.sinceMs };
    this.#line(`  ${eventText(event)}`);
  }

  #open(text: string): void {
    this.end();
    this.#write(text);
    this.#lineOpen = true;
  }

  #close(text: string): void {
    this.#write(`${this.#lineOpen ? " " : "  "}${text}\n`);
    this.#lineOpen = false;
  }

  #line(text: string): void {
    this.end();
    this.#write(`${text}\n`);
  }
}

function statementText({ sql, durationMs }: Extract<RunEvent, { type: "statement" }>): string {
  const lines = sql.split("\n").map((line) => `  | ${line}`);
  return `${lines.join("\n")}${durationMs === undefined ? "" : ` (${duration(durationMs)})`}`;
}
