import { readdirSync, readFileSync } from "node:fs";
import { format } from "oxfmt";
import { parseSync, type Function as FunctionNode, type Statement as SourceStatement } from "oxc-parser";
import type { CommandSpec, OptionSpec } from "../packages/limbeck/src/cli/command.ts";
import { commands, type CommandName } from "../packages/limbeck/src/cli/commands.ts";
import { parse } from "../packages/limbeck/src/cli/parse.ts";
import { catalogue, type ExitCode } from "../packages/limbeck/src/errors/catalogue.ts";
import {
  definitions,
  families,
  reverseOf,
  sourceOf,
  statementsOf,
} from "../packages/limbeck/src/operations/catalogue.ts";
import type { Docs, Example } from "../packages/limbeck/src/operations/language/definition.ts";
import type { OperationKind } from "../packages/limbeck/src/operations/operation.ts";
import { evaluated } from "../packages/limbeck/test/evaluated.ts";
import formatting from "../.oxfmtrc.json" with { type: "json" };

const operations = new URL("../packages/limbeck/src/operations/", import.meta.url).pathname;
const written = "<!-- Written by `npm run docs` from the sources. Changes made here are lost. -->";

/** The pages under docs/reference that are made from the sources, each in the form that oxfmt gives it. */
export const referencePages = {
  "cli.md": cliPage,
  "errors.md": errorsPage,
  "operations.md": operationsPage,
} satisfies Record<string, () => Promise<string> | string>;

export async function referencePage(name: keyof typeof referencePages): Promise<string> {
  const formatted = await format(name, await referencePages[name](), { printWidth: formatting.printWidth });
  return formatted.code;
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
      [...specs].map(([name, { summary }]) => [`[\`${name}\`](#${name})`, summary]),
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
  return new Map(await Promise.all(names.map(async (name) => [name, (await commands[name]()).spec] as const)));
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

function commandSection(name: string, spec: CommandSpec): string[] {
  const usage = ["limbeck", name, ...(spec.arguments ?? []).map((argument) => argument.name)].join(" ");
  return [
    `## ${name}`,
    `\`${usage}\``,
    `${spec.description ?? spec.summary}.`,
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

// The operations

function operationsPage(): string {
  const kinds = Object.keys(definitions) as OperationKind[];
  const sources = new Map(kinds.map((kind) => [kind, readSource(`${fileOf(kind)}.ts`)]));
  const language = readdirSync(`${operations}language`).filter((file) => /^(?!.*\.test\.).*\.ts$/.test(file));
  const shared = language.flatMap((file) => readSource(`language/${file}`).types);
  const helpers = ["column", "constraint"].flatMap((file) => readSource(`language/${file}.ts`).functions);
  const sections = kinds.map((kind) => operationSection(kind, sources.get(kind)!));
  const words = helpers.filter(({ name }) => HELPERS.has(name));
  const mentioned = mentionedTypes([...sections.flat(), ...words.map(({ signature }) => signature)].join("\n"), shared);
  return [
    "# Operations",
    written,
    "What `op` of a revision's `upgrade` and `downgrade` offers. Each call records an operation, returns nothing and " +
      "needs no `await`. Below each example stands the SQL that it makes, with the lock that each statement takes on a " +
      "table that exists before it. A statement marked `outside a transaction` is one that PostgreSQL refuses inside, " +
      "or whose effect cannot be used before it is committed; the runner runs it on its own.",
    ...Object.entries(families).flatMap(([family, members]) => [
      `**${family}**`,
      (Object.keys(members) as OperationKind[])
        .map((kind) => `- [\`op.${kind}\`](#op${kind.toLowerCase()}): ${docsOf(kind).summary}`)
        .join("\n"),
    ]),
    "Beside them, `op.query(sql)` gives rows, `op.connection()` the plain client, `op.isOffline` is true while SQL is " +
      "printed instead of run, and `op.arguments` has the values given as `-x key=value`. See " +
      "[revision files](../guide/revision-files.md).",
    ...sections.flat(),
    "## Columns and constraints",
    "What `op.createTable` and `op.addColumn` are given, imported from `limbeck`.",
    ...words.flatMap(({ name, signature, doc }) => [`### ${name}`, fence("ts", signature), docText(doc)]),
    "## sql",
    'SQL with values in it, each put in as a literal: `` sql`UPDATE t SET a = ${"it\'s"}` ``. `sql.raw(text)` is SQL as ' +
      "it stands, `sql.identifier(…names)` a name, quoted where needed, `sql.join(pieces, separator)` joins pieces. " +
      "`undefined` is refused: a forgotten value is never a NULL.",
    "## Types",
    fence("ts", mentioned.map(({ text }) => text).join("\n\n")),
  ].join("\n\n");
}

const HELPERS: ReadonlySet<string> = new Set(["column", "primaryKey", "unique", "check", "foreignKey", "exclude"]);

function docsOf(kind: OperationKind): Docs {
  return definitions[kind].docs;
}

function fileOf(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function operationSection(kind: OperationKind, source: Source): string[] {
  const { summary, examples, manual } = docsOf(kind);
  const { signature } = source.functions.find(({ name }) => name === kind)!;
  const own = kind.charAt(0).toUpperCase() + kind.slice(1);
  const types = source.types.filter(({ name, isExported }) => isExported && name !== own);
  return [
    `## op.${kind}`,
    summary,
    fence("ts", [`op.${signature}`, ...types.map(({ text }) => text)].join("\n\n")),
    ...examples.flatMap((example) => [fence("ts", example.call), fence("sql", sqlWithLocks(example))]),
    undoneBy(examples[0]!),
    ...(manual.length === 0 ? [] : [`PostgreSQL's manual: ${manual.map(manualLink).join(", ")}.`]),
  ];
}

function sqlWithLocks({ call }: Example): string {
  return statementsOf(evaluated(call))
    .map(({ text, locks, transactional }) => {
      const notes = locks.map(({ mode, relation }) => `${mode} on ${relation}`);
      if (!transactional) notes.push("outside a transaction");
      return `${text};${notes.length === 0 ? "" : ` -- ${notes.join(", ")}`}`;
    })
    .join("\n");
}

function undoneBy({ call }: Example): string {
  const reversal = reverseOf(evaluated(call));
  if ("notReversible" in reversal)
    return `Undoing the first example takes more than its call. ${reversal.notReversible}`;
  const calls = reversal.operations.map((operation) => inCode(sourceOf(operation)));
  return calls.length === 0 ? "There is nothing to undo." : `The first example is undone by ${calls.join(", ")}.`;
}

function manualLink(page: string): string {
  return `[${page}](https://www.postgresql.org/docs/current/${page}.html)`;
}

// Sources, read for their signatures

interface TypeSource {
  readonly name: string;
  readonly isExported: boolean;
  readonly text: string;
}

interface FunctionSource {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
}

interface Source {
  readonly types: readonly TypeSource[];
  readonly functions: readonly FunctionSource[];
}

/** The types and exported functions of one file of the operations. */
function readSource(file: string): Source {
  const text = readFileSync(operations + file, "utf8");
  const { program } = parseSync(file, text, { sourceType: "module" });
  const types: TypeSource[] = [];
  const functions: FunctionSource[] = [];
  for (const statement of program.body) {
    const isExported = statement.type === "ExportNamedDeclaration";
    const declared = (isExported ? statement.declaration : statement) as SourceStatement | null;
    const doc = docComment(text.slice(0, statement.start));
    if (declared?.type === "TSInterfaceDeclaration" || declared?.type === "TSTypeAliasDeclaration") {
      const source = text.slice(declared.start, declared.end).replace(/\breadonly /g, "");
      types.push({ name: declared.id.name, isExported, text: doc === "" ? source : `${doc}\n${source}` });
    } else if (declared?.type === "FunctionDeclaration" && isExported) {
      functions.push({ name: declared.id!.name, signature: signatureOf(declared, text), doc });
    }
  }
  return { types, functions };
}

function docComment(before: string): string {
  return /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*$/.exec(before)?.[0].trim() ?? "";
}

function signatureOf(node: FunctionNode, text: string): string {
  const parameters = node.params.map((parameter) => {
    const source = text.slice(parameter.start, parameter.end).replace(/\breadonly /g, "");
    return parameter.type === "AssignmentPattern" ? source.replace(/: (.*?) = \{\}$/s, "?: $1") : source;
  });
  return `${node.id!.name}(${parameters.join(", ")})`;
}

/** A doc comment as Markdown: its prose, and its example as code. */
function docText(doc: string): string {
  const lines = doc.replace(/^\/\*\*|\*\/$/g, "").split("\n");
  const text = lines.map((line) => line.replace(/^ *\* ?/, "")).join("\n");
  const [prose = "", example] = text.split("@example");
  return [prose.trim(), ...(example === undefined ? [] : [fence("ts", example.trim())])].join("\n\n");
}

/** The types that a text speaks of, and those that they speak of in turn. */
function mentionedTypes(text: string, all: readonly TypeSource[]): TypeSource[] {
  const found = new Set<TypeSource>();
  const look = (source: string): void => {
    for (const type of all) {
      if (found.has(type) || !new RegExp(`\\b${type.name}\\b`).test(source)) continue;
      found.add(type);
      look(type.text);
    }
  };
  look(text);
  return all.filter((type) => found.has(type));
}

// Markdown

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function inCode(text: string): string {
  return `\`${text}\``;
}
