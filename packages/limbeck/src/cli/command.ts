import type { Context } from "../commands/context.ts";
import type { Paint } from "./paint.ts";

export interface ArgumentSpec {
  /** As commander writes it: `<target>`, `[target]`, `[revisions...]`. */
  readonly name: string;
  readonly description: string;
}

export interface OptionSpec {
  /** As commander writes it: `-m, --message <text>`. */
  readonly flags: string;
  readonly description: string;
  /** Whether it may be given several times; its values are collected. */
  readonly repeatable?: boolean;
}

/** What a command was given: its arguments in their order, and its options by their camel-case names. */
export interface Given {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** How an answer is to be written for people. */
export interface View {
  readonly paint: Paint;
  readonly verbose: boolean;
  /** How many characters fit on a line. */
  readonly width: number;
  /** Shortens a path for reading. */
  readonly path: (path: string) => string;
}

/** Does a command's work. Prints nothing. */
export type Work<Surroundings, Result> = (surroundings: Surroundings, given: Given) => Promise<Result>;

/** What a command has that needs no configuration. */
export interface Place {
  readonly cwd: string;
}

/** One verb of the command line, as data: from it come parsing, help and the reference page. */
export interface CommandSpec<Result = unknown> {
  /** In place of the summary that the table of commands has. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  /** Command lines, with what each does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /** What the exit code 1 means for this command, when it has one. */
  readonly exitOne?: string;
  readonly run: Work<Context, Result> | { readonly withoutConfig: Work<Place, Result> };
  /** The answer for people, on stdout; nothing for an empty text. */
  render(result: Result, view: View, given: Given): string;
  /** Whether the answer is yes; the exit code is 1 when it is no. */
  isYes?(result: Result, given: Given): boolean;
}

/** Gives a command its types, and forgets its result's: the table of commands holds all kinds. */
export function command<Result>(spec: CommandSpec<Result>): CommandSpec {
  return spec;
}

/** An SQL script as a command's result: `--json` prints it under `sql`. */
export interface SqlResult {
  readonly sql: string;
}

export function isSqlResult(result: object): result is SqlResult {
  return "sql" in result && Object.keys(result).length === 1;
}

export function textOption({ options }: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

export function listOption({ options }: Given, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

export function flagOption({ options }: Given, name: string): boolean {
  return options[name] === true;
}

/** For the commands that change a database for good. */
export const CONFIRM_OPTION: OptionSpec = {
  flags: "--confirm <database>",
  description: "say by its name that this database is meant, where the configuration requires it",
};

/** For the commands that run steps. */
export const METRICS_FILE_OPTION: OptionSpec = {
  flags: "--metrics-file <path>",
  description: "write the run's metrics there when it ends, in Prometheus' text format",
};
