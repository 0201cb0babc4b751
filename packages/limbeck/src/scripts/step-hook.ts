import type { Sql } from "../operations/language/sql-text.ts";

/** What a hook is told of the step that it runs beside. */
export interface HookStep {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  readonly message: string;
}

/** The step's own session, in its transaction. */
export interface HookSession {
  /** Runs one statement and gives its rows. */
  readonly query: <Row extends object = Record<string, unknown>>(query: Sql | string) => Promise<Row[]>;
  /** The plain `pg` or PGlite client. */
  readonly client: unknown;
}

/** The user's own code around a step: `beforeStep` and `afterStep` of the configuration. */
export type StepHook = (step: HookStep, session: HookSession) => void | Promise<void>;

export interface StepHooks {
  readonly beforeStep: StepHook | undefined;
  readonly afterStep: StepHook | undefined;
}
