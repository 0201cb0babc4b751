import type { LimbeckError } from "../errors/limbeck-error.ts";
import type { RunEvent, StepInfo } from "../runner/events.ts";
import { Seldom } from "./backfill-text.ts";
import { eventText } from "./event-text.ts";
import type { Log } from "./log.ts";
import { isTold, levelOf, type LogLevel } from "./log-level.ts";

/** Tells of a run as one JSON object a line: `time`, `level`, `event`, `msg`, and what belongs to the event. */
export class JsonLog implements Log {
  readonly #write: (text: string) => void;
  readonly #level: LogLevel;
  readonly #backfills = new Seldom();
  #hasFailed = false;

  constructor(write: (text: string) => void, level: LogLevel) {
    this.#write = write;
    this.#level = level;
  }

  hear(event: RunEvent): void {
    this.#hasFailed ||= event.type === "runFailed";
    if (event.type === "backfill" && !this.#backfills.isDue(event.progress, performance.now())) return;
    const { type, ...fields } = event;
    this.#line(levelOf(event), type, eventText(event), flat(fields));
  }

  warn(message: string): void {
    this.#line("warn", "warning", message, {});
  }

  fail(error: LimbeckError): void {
    if (!this.#hasFailed) this.#line("error", "error", error.message, { error: error.toJSON() });
  }

  end(): void {
    // Every line is whole.
  }

  #line(level: LogLevel, event: string, msg: string, fields: object): void {
    if (!isTold(level, this.#level)) return;
    const line = { time: new Date().toISOString(), level, event, msg, ...fields };
    this.#write(`${JSON.stringify(line, rounded)}\n`);
  }
}

/** Milliseconds to three places. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
}

/** A step's own fields beside the event's: who searches a log wants `revision`, and not `step.revision`. */
function flat(fields: object): object {
  const { step, steps, ...others } = fields as { readonly step?: StepInfo; readonly steps?: readonly StepInfo[] };
  return {
    ...(step === undefined ? {} : brief(step)),
    ...(steps === undefined ? {} : { steps: steps.map(brief) }),
    ...others,
  };
}

function brief({ revision, direction, message }: StepInfo): object {
  return { revision, direction, message };
}
