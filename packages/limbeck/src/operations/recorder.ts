import { definitions, type Definitions } from "./catalogue.ts";
import type { Sql } from "./language/sql-text.ts";
import type { Operation, OperationKind } from "./operation.ts";

/** `op.createTable(…)` and its kin: each records an operation, returns nothing and needs no `await`. */
export type RecordingCalls = {
  readonly [Kind in OperationKind]: (...args: Parameters<Definitions[Kind]["build"]>) => void;
};

/** What a revision's `upgrade` and `downgrade` are called with. */
export interface Operations extends RecordingCalls {
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
}

/** The `op` that records into a host. */
export function operationsFor(host: OperationsHost): Operations {
  const calls = Object.entries(definitions).map(([kind, definition]) => {
    const build = definition.build as (...args: readonly unknown[]) => Operation;
    const call = (...args: readonly unknown[]): void => {
      host.record(build(...args), new Error(`op.${kind}`));
    };
    return [kind, call];
  });
  return Object.freeze({
    ...(Object.fromEntries(calls) as RecordingCalls),
    isOffline: host.isOffline,
    arguments: host.arguments,
    query: host.query.bind(host),
    connection: host.connection.bind(host),
  });
}
