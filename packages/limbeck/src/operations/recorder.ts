import type { OperationCalls } from "./calls.ts";
import { definitions } from "./catalogue.ts";
import { invalid } from "./language/invalid.ts";
import type { NamingConvention } from "./language/naming.ts";
import type { Sql } from "./language/sql-text.ts";
import { named } from "./named.ts";
import type { Operation } from "./operation.ts";

/** The author's word that a rule of `limbeck lint` may be broken. */
export interface Allowance {
  readonly rule: string;
  /** Blank when none is given: then it allows nothing. */
  readonly reason: string;
}

/** What a revision's `upgrade` and `downgrade` are called with. */
export interface Operations extends OperationCalls {
  /**
   * Says that the operation recorded next may break a rule of `limbeck lint`, and why. Makes no SQL.
   *
   * @example
   * op.allow("drop-column", "nobody has read it since release 4.2");
   * op.dropColumn("city", "mayor");
   */
  allow(rule: string, reason: string): void;
  /** True while SQL is printed instead of run: there is no database to look at. */
  readonly isOffline: boolean;
  /** The values given on the command line as `-x key=value`. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Runs what was recorded so far, then the query, and gives its rows. An error in offline mode. */
  query<Row extends object = Record<string, unknown>>(query: Sql | string): Promise<Row[]>;
  /** Runs what was recorded so far, then gives the plain `pg` or PGlite client of the step. An error in offline mode. */
  connection(): Promise<unknown>;
}

/** Whoever listens to `op`: the runner, the offline printer, the linter. */
export interface OperationsHost extends Pick<Operations, "isOffline" | "arguments" | "query" | "connection"> {
  /** Takes an operation. `call` was made where the author's call stands, to find its line if it fails. */
  record(operation: Operation, call: Error): void;
  /** Takes an allowance for the next operation. Left out by those to whom it makes no difference. */
  allow?(allowance: Allowance): void;
  /** Names what the author gives no name. */
  readonly namingConvention?: NamingConvention | undefined;
}

/** The `op` that records into a host. */
export function operationsFor(host: OperationsHost): Operations {
  return Object.freeze(new RecordingOperations(host)) as unknown as Operations;
}

/** `op`, whose calls are made when they are asked for: a step uses a few of the kinds that there are. */
class RecordingOperations {
  readonly #host: OperationsHost;
  #building = false;
  readonly isOffline: boolean;
  readonly arguments: Readonly<Record<string, string>>;

  static {
    for (const [kind, definition] of Object.entries(definitions)) {
      const build = definition.build as (...args: readonly unknown[]) => Operation;
      Object.defineProperty(this.prototype, kind, {
        enumerable: true,
        get(this: RecordingOperations) {
          return (...args: readonly unknown[]): void =>
            this.#host.record(
              this.#built(kind, () => build(...args)),
              new Error(`op.${kind}`),
            );
        },
      });
    }
  }

  constructor(host: OperationsHost) {
    this.#host = host;
    this.isOffline = host.isOffline;
    this.arguments = host.arguments;
  }

  /** An operation. One that is recorded while another is built would stand in front of it. */
  #built(kind: string, build: () => Operation): Operation {
    if (this.#building) {
      throw invalid(
        `op.${kind} was called inside of op.batch.`,
        `Call t.${kind} for what is done to the batch's table, and op.${kind} before or after the batch for anything else.`,
      );
    }
    this.#building = true;
    try {
      const operation = build();
      const { namingConvention } = this.#host;
      return namingConvention === undefined ? operation : named(operation, namingConvention);
    } finally {
      this.#building = false;
    }
  }

  get allow(): Operations["allow"] {
    return (rule, reason) => this.#host.allow?.({ rule, reason: typeof reason === "string" ? reason.trim() : "" });
  }

  get query(): Operations["query"] {
    return this.#host.query.bind(this.#host);
  }

  get connection(): Operations["connection"] {
    return this.#host.connection.bind(this.#host);
  }
}
