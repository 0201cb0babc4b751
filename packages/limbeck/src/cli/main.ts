import { reasonOf } from "../errors/reason.ts";
import { relative } from "node:path";
import { house } from "../commands/house.ts";
import { isLimbeckError, LimbeckError } from "../errors/limbeck-error.ts";
import { isSqlResult, listOption, textOption, flagOption, type Given, type View } from "./command.ts";
import { paint } from "./paint.ts";
import { parse, type Parsed } from "./parse.ts";
import { runOverrides } from "./run-overrides.ts";

/** What the command line touches of the process, so that tests can stand in for it. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal?: AbortSignal;
}

/** Runs one command line and gives its exit code. Never throws. */
export async function main(terminal: Terminal): Promise<number> {
  const { version } = house();
  const asksJson = terminal.argv.includes("--json");
  try {
    const parsed = await parse(terminal.argv, version);
    if (parsed.kind === "command") return await runCommand(terminal, parsed);
    terminal.stdout.write(parsed.text);
    return 0;
  } catch (error) {
    return await report(terminal, error, asksJson);
  }
}

async function runCommand(terminal: Terminal, parsed: Extract<Parsed, { kind: "command" }>): Promise<number> {
  const { spec, given } = parsed;
  const result = (await work(terminal, parsed)) as object;
  if (isSqlResult(result) && !flagOption(given, "json")) terminal.stdout.write(result.sql);
  else {
    const text = flagOption(given, "json")
      ? JSON.stringify(result, null, 2)
      : spec.render(result, viewOf(terminal, given));
    if (text !== "") terminal.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  }
  return spec.isYes?.(result, given) === false ? 1 : 0;
}

async function work(terminal: Terminal, { spec, given }: Extract<Parsed, { kind: "command" }>): Promise<unknown> {
  if (typeof spec.run !== "function") return await spec.run.withoutConfig({ cwd: terminal.cwd }, given);
  const { openContext } = await import("../commands/context.ts");
  const { Progress } = await import("./progress.ts");
  const progress = new Progress((text) => void terminal.stderr.write(text));
  const context = await openContext({
    ...house(),
    file: textOption(given, "config"),
    environment: textOption(given, "env"),
    url: textOption(given, "url"),
    cwd: terminal.cwd,
    env: terminal.env,
    arguments: keyValues(listOption(given, "x")),
    signal: terminal.signal,
    overrides: await runOverrides(given),
    listener: flagOption(given, "quiet") ? undefined : (event) => progress.hear(event),
  });
  try {
    return await spec.run(context, given);
  } finally {
    progress.end();
    await context.close();
  }
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
    path(path) {
      const short = relative(cwd, path);
      return short.startsWith("..") ? path : short;
    },
  };
}

async function report(terminal: Terminal, error: unknown, asksJson: boolean): Promise<number> {
  const reported = isLimbeckError(error) ? error : unforeseen(error);
  if (asksJson) terminal.stdout.write(`${JSON.stringify({ error: reported.toJSON() }, null, 2)}\n`);
  const { renderError } = await import("./render-error.ts");
  terminal.stderr.write(`${renderError(reported, viewOf(terminal, undefined, terminal.stderr))}\n`);
  if (reported.code === "INTERNAL" && terminal.env["LIMBECK_DEBUG"])
    terminal.stderr.write(`${(error as Error).stack}\n`);
  return reported.exitCode;
}

function unforeseen(error: unknown): LimbeckError {
  const message = reasonOf(error);
  return new LimbeckError("INTERNAL", {
    message: `Something unforeseen: ${message.split("\n")[0]}`,
    hint: "This is a bug in limbeck. LIMBECK_DEBUG=1 prints where it happened; please report it.",
    cause: error,
  });
}
