import { format } from "oxfmt";
import type { CommandSpec, OptionSpec } from "../packages/limbeck/src/cli/command.ts";
import { commands, type CommandName } from "../packages/limbeck/src/cli/commands.ts";
import { parse } from "../packages/limbeck/src/cli/parse.ts";
import { catalogue, type ExitCode } from "../packages/limbeck/src/errors/catalogue.ts";
import { configSchema, resultsSchema } from "./json-schemas.ts";
import { llmsFile } from "./llms.ts";
import { callsFile } from "./operation-calls.ts";
import { fence, inCode, table, written } from "./markdown.ts";
import { benchmarksPage } from "./reference-benchmarks.ts";
import { lintPage } from "./reference-lint.ts";
import { operationsPage } from "./reference-operations.ts";
import formatting from "../.oxfmtrc.json" with { type: "json" };

/** The files that are made from the sources, each in the form that oxfmt gives it. */
export const writtenFiles = {
  "docs/reference/benchmarks.md": benchmarksPage,
  "docs/reference/cli.md": cliPage,
  "docs/reference/errors.md": errorsPage,
  "docs/reference/lint.md": lintPage,
  "docs/reference/operations.md": operationsPage,
  "docs/reference/schemas/config.schema.json": configSchema,
  "docs/reference/schemas/results.schema.json": resultsSchema,
  "llms.txt": llmsFile,
  "packages/limbeck/src/operations/calls.ts": callsFile,
} satisfies Record<string, () => Promise<string> | string>;

export async function writtenFile(name: keyof typeof writtenFiles): Promise<string> {
  const text = await writtenFiles[name]();
  // What oxfmt takes for no language stays as it is.
  if (name.endsWith(".txt")) return text;
  return (await format(name, text, { printWidth: formatting.printWidth })).code;
}

// The command line

const exitCodes: Readonly<Record<ExitCode, string>> = {
  0: "done, or the answer is yes",
  1: "the answer is no: pending revisions, drift, two heads",
  2: "usage or configuration",
  3: "the database or a migration failed",
  4: "a lock or a connection was not to be had in time",
  130: "interrupted",
};

async function cliPage(): Promise<string> {
  const specs = await commandSpecs();
  return [
    "# Command line",
    written,
    "Options stand in front of the command's name or behind it. The answer goes to stdout, progress and errors to stderr.",
    table(
      ["Command", "What it does"],
      Object.entries(commands).map(([name, { summary }]) => [`[\`${name}\`](#${name})`, summary]),
    ),
    "## Options of every command",
    optionTable(await globalOptions()),
    "## Exit codes",
    table(
      ["Code", "Meaning"],
      Object.entries(exitCodes).map(([exitCode, meaning]) => [exitCode, meaning]),
    ),
    "The reason for a 2, 3 or 4 has a code of its own: see [errors](errors.md).",
    ...[...specs].flatMap(([name, spec]) => commandSection(name, spec)),
  ].join("\n\n");
}

/** Every command with its spec, in the order of the help page. */
export async function commandSpecs(): Promise<Map<CommandName, CommandSpec>> {
  const names = Object.keys(commands) as CommandName[];
  return new Map(await Promise.all(names.map(async (name) => [name, (await commands[name].load()).spec] as const)));
}

/** The options that every command takes, as the help page tells of them. */
export async function globalOptions(): Promise<OptionSpec[]> {
  const help = await parse(["--help"], "");
  const text = help.kind === "text" ? help.text : "";
  const [, options = ""] = /\nOptions:\n((?: .*\n)+)/.exec(text) ?? [];
  const lines = options
    .replace(/\n {4,}(?!-)/g, " ")
    .trim()
    .split(/\n +/);
  return lines.map((line) => {
    const [flags = "", description = ""] = line.split(/ {2,}/);
    return { flags, description };
  });
}

function commandSection(name: CommandName, spec: CommandSpec): string[] {
  const usage = ["limbeck", name, ...(spec.arguments ?? []).map((argument) => argument.name)].join(" ");
  return [
    `## ${name}`,
    `\`${usage}\``,
    (spec.description ?? commands[name].summary).replace(/\.?$/, "."),
    ...(spec.arguments === undefined
      ? []
      : [
          table(
            ["Argument", "Meaning"],
            spec.arguments.map(({ name: argument, description }) => [inCode(argument), description]),
          ),
        ]),
    ...(spec.options === undefined ? [] : [optionTable(spec.options)]),
    fence("sh", spec.examples.map(([line, does]) => `${line} # ${does}`).join("\n")),
    ...(spec.exitOne === undefined ? [] : [`Exits with 1: ${spec.exitOne}.`]),
  ];
}

function optionTable(options: readonly OptionSpec[]): string {
  return table(
    ["Option", "Meaning"],
    options.map(({ flags, description, repeatable }) => [
      inCode(flags),
      repeatable ? `${description}; may be given several times` : description,
    ]),
  );
}

// The errors

function errorsPage(): string {
  const errors = Object.entries(catalogue);
  const codes = [...new Set(errors.map(([, { exitCode }]) => exitCode))].toSorted((a, b) => a - b);
  return [
    "# Errors",
    written,
    "Every error has a code that never changes its meaning, one sentence that says what is wrong, and one that says " +
      "what to do. With `--json` it is printed on stdout as `{ error: { code, message, hint, where, details } }`; " +
      "in the library it is a `LimbeckError` with the same fields.",
    ...codes.flatMap((exitCode) => [
      `## Exit code ${exitCode}: ${exitCodes[exitCode]}`,
      ...errors.flatMap(([name, error]) => (error.exitCode === exitCode ? [`### ${name}`, error.summary] : [])),
    ]),
  ].join("\n\n");
}
