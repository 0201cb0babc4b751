import { relative, resolve } from "node:path";
import { house } from "../commands/house.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { reported } from "../errors/reported.ts";
import type { RunListener } from "../runner/events.ts";
import { isSqlResult, listOption, textOption, flagOption, type Given, type View } from "./command.ts";
import { JsonLog } from "./json-log.ts";
import type { Log } from "./log.ts";
import { logLevel, type LogLevel } from "./log-level.ts";
import type { MetricsFile } from "./metrics-file.ts";
import { paint } from "./paint.ts";
import { parse, type Parsed } from "./parse.ts";
import { Progress } from "./progress.ts";
import { renderError } from "./render-error.ts";
import { runOverrides } from "./run-overrides.ts";

/** What the command line touches of the process, so that tests can stand in for it. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  /** Puts a question of yes or no to whoever sits there; undefined where nobody does. */
  readonly ask?: (question: string, signal: AbortSignal | undefined) => Promise<boolean>;
  /** Lets whoever sits there type something. */
  readonly askText?: (question: string, signal: AbortSignal | undefined) => Promise<string>;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal?: AbortSignal;
}

/** Runs one command line and gives its exit code. Never throws. */
export async function main(terminal: Terminal): Promise<number> {
  const { version } = house();
  const tells: { log?: Log } = {};
  try {
    const [verb, dashes, ...words] = terminal.argv;
    if (verb === "completion" && dashes === "--") return await completed(terminal, words);
    const parsed = await parse(terminal.argv, version);
    if (parsed.kind === "command") return await runCommand(terminal, parsed, tells);
    terminal.stdout.write(parsed.text);
    return 0;
  } catch (error) {
    return await report(terminal, error, tells.log);
  }
}

/** What a shell asks for while somebody types: a candidate a line, with what it means behind a tab. */
async function completed({ cwd, env, stdout }: Terminal, words: readonly string[]): Promise<number> {
  const { complete } = await import("./complete.ts");
  const candidates = await complete(words, { cwd, env });
  stdout.write(candidates.map(({ word, told }) => `${word}\t${told.replaceAll(/\s+/g, " ")}\n`).join(""));
  return 0;
}

type ParsedCommand = Extract<Parsed, { kind: "command" }>;

async function runCommand(terminal: Terminal, parsed: ParsedCommand, tells: { log?: Log }): Promise<number> {
  const { spec, given } = parsed;
  const result = (await work(terminal, parsed, tells)) as object;
  if (isSqlResult(result) && !flagOption(given, "json")) terminal.stdout.write(result.sql);
  else {
    const text = flagOption(given, "json")
      ? JSON.stringify(result, null, 2)
      : spec.render(result, viewOf(terminal, given), given);
    if (text !== "") terminal.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  }
  return spec.isYes?.(result, given) === false ? 1 : 0;
}

async function work(terminal: Terminal, { spec, given }: ParsedCommand, tells: { log?: Log }): Promise<unknown> {
  if (typeof spec.run !== "function") return await spec.run.withoutConfig({ cwd: terminal.cwd }, given);
  const { openContext } = await import("../commands/context.ts");
  let hear: RunListener = () => undefined;
  const context = await openContext({
    ...house(),
    file: textOption(given, "config"),
    environment: textOption(given, "env"),
    url: textOption(given, "url"),
    cwd: terminal.cwd,
    env: terminal.env,
    arguments: keyValues(listOption(given, "x")),
    signal: terminal.signal,
    ask: questionsOf(terminal, given, terminal.ask, () => tells.log?.end()),
    askText: questionsOf(terminal, given, terminal.askText, () => tells.log?.end()),
    overrides: await runOverrides(given),
    listener: (event) => hear(event),
  });
  try {
    const log = openLog(terminal, logForm(textOption(given, "logFormat")), logLevel(given, context.config.env));
    tells.log = log;
    const metrics = await metricsFile(terminal, given, context.version, log);
    hear = (event) => {
      metrics?.hear(event);
      log.hear(event);
    };
    return await spec.run(context, given);
  } finally {
    tells.log?.end();
    await context.close();
  }
}

/** Nobody is asked whose answer a program waits for, or who has said yes to everything. */
function questionsOf<Answer>(
  { env, signal }: Terminal,
  given: Given,
  ask: ((question: string, signal: AbortSignal | undefined) => Promise<Answer>) | undefined,
  endLine: () => void,
): ((question: string) => Promise<Answer>) | undefined {
  if (ask === undefined || env["CI"] || flagOption(given, "json") || flagOption(given, "yes")) return undefined;
  return async (question) => {
    endLine();
    return await ask(question, signal);
  };
}

function openLog(terminal: Terminal, form: "text" | "json", level: LogLevel): Log {
  const write = (text: string): void => void terminal.stderr.write(text);
  if (form === "json") return new JsonLog(write, level);
  const { stderr, env } = terminal;
  const isBar = stderr.isTTY === true && env["TERM"] !== "dumb" && !env["CI"];
  const columns = (): number | undefined => (isBar ? (stderr.columns ?? 80) : undefined);
  return new Progress(write, level, (error) => renderError(error, viewOf(terminal, undefined, stderr)), columns);
}

function logForm(form = "text"): "text" | "json" {
  if (form === "text" || form === "json") return form;
  throw new LimbeckError("USAGE", {
    message: `--log-format ${form} is none that limbeck has.`,
    hint: "Use text, or json for one object a line.",
  });
}

async function metricsFile(
  terminal: Terminal,
  given: Given,
  version: string,
  log: Log,
): Promise<MetricsFile | undefined> {
  const path = textOption(given, "metricsFile");
  if (path === undefined) return undefined;
  const { MetricsFile: File } = await import("./metrics-file.ts");
  return new File(resolve(terminal.cwd, path), version, (message) => log.warn(message));
}

function keyValues(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
      throw new LimbeckError("USAGE", {
        message: `-x ${pair} is no key=value.`,
        hint: "Write it as `-x tenant=acme`.",
      });
    }),
  );
}

function viewOf(terminal: Terminal, given?: Given, stream: Terminal["stdout"] = terminal.stdout): View {
  const { env, cwd } = terminal;
  const allowed = given === undefined ? !terminal.argv.includes("--no-color") : given.options["color"] !== false;
  const wanted = env["FORCE_COLOR"]
    ? env["FORCE_COLOR"] !== "0"
    : stream.isTTY === true && env["TERM"] !== "dumb" && !env["CI"];
  return {
    paint: paint(allowed && wanted && !env["NO_COLOR"]),
    verbose: given !== undefined && flagOption(given, "verbose"),
    width: Number(env["COLUMNS"]) || stream.columns || 80,
    path(path) {
      const short = relative(cwd, path);
      return short.startsWith("..") ? path : short;
    },
  };
}

/** Before the command line is understood, its log's form is what it seems to ask for. */
async function report(terminal: Terminal, error: unknown, log: Log | undefined): Promise<number> {
  const told = reported(error);
  const { argv, stdout, stderr, env } = terminal;
  if (argv.includes("--json")) stdout.write(`${JSON.stringify({ error: told.toJSON() }, null, 2)}\n`);
  const form = /(?:^|\s)--log-format[= ]json(?:\s|$)/.test(argv.join(" ")) ? "json" : "text";
  (log ?? openLog(terminal, form, "info")).fail(told);
  if (told.code === "INTERNAL" && env["LIMBECK_DEBUG"]) stderr.write(`${(error as Error).stack}\n`);
  return told.exitCode;
}
