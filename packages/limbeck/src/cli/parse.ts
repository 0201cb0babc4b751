import { Command, CommanderError, Option } from "commander";
import { LimbeckError } from "../errors/limbeck-error.ts";
import type { CommandSpec, Given, OptionSpec } from "./command.ts";
import { candidates, commands, isCommandName, type CommandName } from "./commands.ts";
import { GLOBAL_OPTIONS, verbIndex } from "./global-options.ts";

/** What a command line says: a verb with what it was given, or a text to print and be done. */
export type Parsed =
  | { readonly kind: "command"; readonly name: CommandName; readonly spec: CommandSpec; readonly given: Given }
  | { readonly kind: "text"; readonly text: string };

/** Understands a command line. Throws USAGE. */
export async function parse(argv: readonly string[], version: string): Promise<Parsed> {
  const verb = argv[verbIndex(argv)];
  const out: string[] = [];
  let result: Parsed | undefined;
  const program = new Command("limbeck")
    .description("Database migrations for PostgreSQL in TypeScript")
    .usage("<command> [options]")
    .version(version, "--version", "print limbeck's version")
    .helpOption("-h, --help", "print this page, or the command's")
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText("after", "\nlimbeck <command> --help tells more, with examples.");
  for (const name of candidates(verb)) {
    const { summary, load } = commands[name];
    const command = program.command(name).summary(summary);
    // The page of all commands has no more than their summaries.
    if (verb === undefined) continue;
    const { spec } = await load();
    describe(command.description(spec.description ?? summary), spec, (given) => {
      result = { kind: "command", name, spec, given };
    });
  }
  for (const command of [program, ...program.commands]) prepare(command, out);
  try {
    if (argv.length === 0) program.outputHelp();
    else program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usage(error, argv, verb);
  }
  return result ?? { kind: "text", text: out.join("") };
}

function describe(command: Command, spec: CommandSpec, run: (given: Given) => void): void {
  for (const argument of spec.arguments ?? []) command.argument(argument.name, argument.description);
  for (const option of spec.options ?? []) command.addOption(commanderOption(option));
  command.addHelpText("after", helpAfter(spec));
  command.action(() => {
    run({
      arguments: command.processedArgs.flat().filter((value) => value !== undefined) as string[],
      options: optionsOf(command),
    });
  });
}

/** Every command takes the global options behind its name as well as in front of it. */
function prepare(command: Command, out: string[]): void {
  for (const option of GLOBAL_OPTIONS) command.addOption(commanderOption(option));
  command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: (text) => void out.push(text), writeErr: () => undefined });
}

function commanderOption({ flags, description, repeatable }: OptionSpec): Option {
  const option = new Option(flags, description);
  return repeatable
    ? option.argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value])
    : option;
}

function optionsOf(command: Command): Record<string, unknown> {
  const global = command.parent!.opts();
  const own = command.opts();
  return {
    ...global,
    ...own,
    x: [...((global["x"] as string[]) ?? []), ...((own["x"] as string[]) ?? [])],
    color: global["color"] !== false && own["color"] !== false,
  };
}

function helpAfter({ examples, exitOne }: CommandSpec): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  return [
    "\nExamples:",
    ...examples.map(([line, does]) => `  ${line.padEnd(width)}  # ${does}`),
    ...(exitOne === undefined ? [] : ["", `Exits with 1: ${exitOne}.`]),
  ].join("\n");
}

function usage(error: CommanderError, argv: readonly string[], verb: string | undefined): LimbeckError {
  const [message, ...suggestion] = messageOf(error, argv, verb).split("\n");
  const help = `\`limbeck ${verb !== undefined && isCommandName(verb) ? `${verb} ` : ""}--help\` shows what there is.`;
  return new LimbeckError("USAGE", {
    message: `${message!.charAt(0).toUpperCase()}${message!.slice(1)}`.replace(/\.*$/, "."),
    hint: [...suggestion.map((line) => line.replace(/^\(|\)$/g, "")), help].join(" "),
    cause: error,
  });
}

/** Where a command is missing, commander only says that it prints its help. */
function messageOf(error: CommanderError, argv: readonly string[], verb: string | undefined): string {
  if (error.code !== "commander.help") return error.message.replace(/^error: /, "");
  return verb === undefined ? "no command is given" : `unknown command '${argv[argv.indexOf(verb) + 1]}'`;
}
