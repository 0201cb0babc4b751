import type { LimbeckError } from "../errors/limbeck-error.ts";
import type { RunEvent } from "../runner/events.ts";
import { duration } from "./duration.ts";
import { eventText } from "./event-text.ts";
import type { Log } from "./log.ts";
import { isTold, levelOf, type LogLevel } from "./log-level.ts";

/** Tells of a run on stderr, step by step: each revision as it runs, then its time on the same line. */
export class Progress implements Log {
  readonly #write: (text: string) => void;
  readonly #level: LogLevel;
  readonly #renderError: (error: LimbeckError) => string;
  #lineOpen = false;

  constructor(write: (text: string) => void, level: LogLevel, renderError: (error: LimbeckError) => string) {
    this.#write = write;
    this.#level = level;
    this.#renderError = renderError;
  }

  hear(event: RunEvent): void {
    if (!isTold(levelOf(event), this.#level)) return;
    switch (event.type) {
      case "connected":
      case "wait":
      case "retry":
        return this.#line(eventText(event));
      case "stepStart":
      case "stepResume":
        return this.#open(eventText(event));
      case "statement":
        return this.#line(statementText(event));
      case "stepEnd":
        return this.#close(`(${duration(event.durationMs)})`);
      case "runStart":
        if (event.dryRun) this.#line("Dry run: everything is rolled back at its end");
        return;
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
