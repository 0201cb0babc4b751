import type { DatabasePlace } from "../database/place.ts";
import type { LimbeckErrorJson, Location } from "../errors/limbeck-error.ts";
import { reasonOf } from "../errors/reason.ts";
import type { Direction } from "../revisions/revision.ts";
import type { RunEvent, RunListener } from "./events.ts";
import type { Runner } from "./history.ts";

/** What a webhook is sent. `text` is a sentence for people, under the name that Slack and its likes read. */
export interface WebhookMessage {
  readonly text: string;
  readonly event: "runEnd" | "runFailed";
  /** When the run ended, in ISO 8601. */
  readonly time: string;
  readonly direction: Direction;
  readonly target: string;
  /** The environment's name, as in `--env`. */
  readonly environment: string | null;
  /** Without a password; null when the database was not reached. */
  readonly database: DatabasePlace | null;
  /** Those that are done. */
  readonly steps: readonly {
    readonly revision: string;
    readonly direction: Direction;
    readonly message: string;
    readonly durationMs: number;
  }[];
  /** How many revisions are not applied; null when nobody knows. */
  readonly pending: number | null;
  readonly durationMs: number;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly where: Location | null;
    readonly sqlstate: string | null;
  } | null;
  readonly who: string;
  readonly host: string;
  readonly version: string;
  readonly applicationVersion: string | null;
}

export interface WebhookInput {
  readonly url: string;
  readonly environment: string | undefined;
  readonly who: Runner;
  readonly now: () => Date;
}

/** Collects what a run comes to, and posts it when it has ended. */
export class Webhook {
  readonly #input: WebhookInput;
  #asked: Extract<RunEvent, { type: "runStart" }> | undefined;
  #database: DatabasePlace | null = null;
  #end: Extract<RunEvent, { type: "runEnd" | "runFailed" }> | undefined;
  readonly #steps: WebhookMessage["steps"][number][] = [];

  constructor(input: WebhookInput) {
    this.#input = input;
  }

  readonly hear: RunListener = (event) => {
    if (event.type === "runStart") this.#asked = event;
    else if (event.type === "connected") {
      const { type: _, ...place } = event;
      this.#database = place;
    } else if (event.type === "stepEnd") {
      const { revision, direction, message } = event.step;
      this.#steps.push({ revision, direction, message, durationMs: event.durationMs });
    } else if (event.type === "runEnd" || event.type === "runFailed") this.#end = event;
  };

  /**
   * Posts it, if there is something to tell: a failure, or steps that were run. Gives the reason why nobody took it.
   * Never throws, and takes no longer than five seconds.
   */
  async send(): Promise<string | undefined> {
    const message = this.#message();
    return message === undefined ? undefined : await post(this.#input.url, message);
  }

  #message(): WebhookMessage | undefined {
    const { environment = null, who, now } = this.#input;
    const [asked, end] = [this.#asked, this.#end];
    if (asked === undefined || asked.dryRun || end === undefined) return undefined;
    if (end.type === "runEnd" && this.#steps.length === 0) return undefined;
    const error = end.type === "runFailed" ? brief(end.error) : null;
    const facts = {
      event: end.type,
      time: now().toISOString(),
      direction: asked.direction,
      target: asked.target,
      environment,
      database: this.#database,
      steps: this.#steps,
      pending: (end.type === "runFailed" ? end.pending : end.result.pending) ?? null,
      durationMs: Math.round(end.durationMs),
      error,
      ...who,
    };
    return { text: textOf(facts), ...facts };
  }
}

/** Without the details: they quote rows. */
function brief({ code, message, hint, where, details }: LimbeckErrorJson): WebhookMessage["error"] {
  const sqlstate = details?.["sqlstate"];
  return { code, message, hint, where: where ?? null, sqlstate: typeof sqlstate === "string" ? sqlstate : null };
}

function textOf({ direction, environment, database, steps, pending, error }: Omit<WebhookMessage, "text">): string {
  const of = database?.name === undefined ? "" : ` of ${database.name}`;
  const run = `limbeck ${direction}${of}${environment === null ? "" : ` (${environment})`}`;
  const count = `${steps.length} ${steps.length === 1 ? "step" : "steps"} done`;
  const left = pending === null ? "" : `, ${pending} pending`;
  const text =
    error === null
      ? `✅ ${run}: ${count}${left}`
      : `🚨 ${run} failed: ${error.code}: ${error.message} (${count}${left})`;
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const PATIENCE_MS = 5000;

async function post(url: string, message: WebhookMessage): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": `limbeck/${message.version}` },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: "error",
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answered with ${response.status}`;
  } catch (error) {
    // The URL may be a secret, and fetch quotes it in some of its messages.
    const { name, cause } = error as Error & { readonly cause?: unknown };
    if (name === "TimeoutError") return `no answer within ${PATIENCE_MS / 1000} s`;
    return cause === undefined ? name : reasonOf(cause).replaceAll(url, "the URL");
  }
}
