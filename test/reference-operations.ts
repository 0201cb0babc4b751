import { definitions, reverseOf, sourceOf, statementsOf } from "../packages/limbeck/src/operations/catalogue.ts";
import { families } from "../packages/limbeck/src/operations/families/all.ts";
import type { Docs, Example } from "../packages/limbeck/src/operations/language/definition.ts";
import type { OperationKind } from "../packages/limbeck/src/operations/operation.ts";
import { evaluated } from "../packages/limbeck/test/evaluated.ts";
import { fence, inCode, written } from "./markdown.ts";
import {
  fileOf,
  languageFiles,
  readSource,
  type FunctionSource,
  type Source,
  type TypeSource,
} from "./operation-sources.ts";

/** The page of all operations. */
export function operationsPage(): string {
  const kinds = Object.keys(definitions) as OperationKind[];
  const sources = new Map(kinds.map((kind) => [kind, readSource(fileOf(kind))]));
  const shared = languageFiles().flatMap((file) => readSource(file).types);
  const helpers = ["column", "constraint"].flatMap((file) => readSource(`language/${file}.ts`).functions);
  const sections = kinds.map((kind) => operationSection(kind, sources.get(kind)!));
  const words = helpers.filter(({ name }) => HELPERS.has(name));
  const mentioned = mentionedTypes([...sections.flat(), ...words.map(signatureOf)].join("\n"), shared);
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
    ...words.flatMap((word) => [`### ${word.name}`, fence("ts", signatureOf(word)), docText(word.doc)]),
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

function signatureOf({ name, parameters }: FunctionSource): string {
  return `${name}(${parameters.join(", ")})`.replace(/\breadonly /g, "");
}

function operationSection(kind: OperationKind, source: Source): string[] {
  const { summary, examples, manual } = docsOf(kind);
  const signature = signatureOf(source.functions.find(({ name }) => name === kind)!);
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
