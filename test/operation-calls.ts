import { definitions, statementsOf } from "../packages/limbeck/src/operations/catalogue.ts";
import type { OperationKind, SingleOperation } from "../packages/limbeck/src/operations/operation.ts";
import { TABLE_CALLS, tableCallSource, type TableCall } from "../packages/limbeck/src/operations/table-calls.ts";
import { evaluated } from "../packages/limbeck/test/evaluated.ts";
import { fileOf, languageFiles, readSource } from "./operation-sources.ts";

/** The types of `op` and of a batch's `t`, with documentation that an editor shows, which no mapped type has. */
export function callsFile(): string {
  const kinds = Object.keys(definitions) as OperationKind[];
  const calls = kinds.flatMap((kind) =>
    callOf(kind, parametersOf(kind), docs(kind, definitions[kind].docs.examples[0]!)),
  );
  const tableCalls = (Object.keys(TABLE_CALLS) as TableCall[]).flatMap((kind) =>
    callOf(kind, tableParametersOf(kind), docs(kind, tableExample(kind))),
  );
  const body = [
    "/** `op.createTable(…)` and its kin: each records an operation, returns nothing and needs no `await`. */",
    "export interface OperationCalls {",
    ...calls,
    "}",
    "",
    "/** The calls of `op.batch` on its table. Each is that of `op`, without the table. */",
    "export interface TableOperations {",
    ...tableCalls,
    "}",
  ].join("\n");
  return `// Written by \`npm run docs\` from the sources. Changes made here are lost.\n${imports(kinds, body)}\n\n${body}\n`;
}

function callOf(kind: OperationKind, parameters: readonly string[], doc: string): string[] {
  const comment = ["/**", ...doc.split("\n").map((line) => ` * ${line}`.trimEnd()), " */"];
  return [...comment, `readonly ${kind}: (${parameters.join(", ")}) => void;`];
}

interface Shown {
  readonly call: string;
  readonly sql: string;
}

function docs(kind: OperationKind, { call, sql }: Shown): string {
  const { summary, manual } = definitions[kind].docs;
  const pages = manual.map((page) => `@see https://www.postgresql.org/docs/current/${page}.html`);
  // What would end the comment is kept from doing so.
  const made = sql.split("\n").map((line) => `// ${line}`.trimEnd());
  return [summary, "", "@example", call, ...made, ...pages].join("\n").replaceAll("*/", "*\\/");
}

/** The first example as a batch has it. */
function tableExample(kind: TableCall): Shown {
  const operation = evaluated(definitions[kind].docs.examples[0]!.call) as SingleOperation;
  const sql = statementsOf(operation).map(({ text }) => `${text};`);
  return { call: `${tableCallSource(operation)};`, sql: sql.join("\n") };
}

function parametersOf(kind: OperationKind): readonly string[] {
  return readSource(fileOf(kind)).functions.find(({ name }) => name === kind)!.parameters;
}

/** The parameters without the table, and their last, the options, without table and schema, or not at all. */
function tableParametersOf(kind: TableCall): string[] {
  const { at, table, schema } = TABLE_CALLS[kind];
  const hidden = at === "options" ? [table, schema] : [schema];
  const parameters = parametersOf(kind).filter((_, index) => index !== at);
  const others = parameters.slice(0, -1);
  const named = [table, ...hidden, ...others.map((parameter) => /^\w+/.exec(parameter)![0])];
  if (Object.keys(definitions[kind].fields).every((field) => named.includes(field))) return others;
  const omitted = hidden.map((field) => `"${field}"`).join(" | ");
  return [...others, parameters.at(-1)!.replace(/: (.*)$/s, `: Omit<$1, ${omitted}>`)];
}

function imports(kinds: readonly OperationKind[], body: string): string {
  const files = [...kinds.map(fileOf), ...languageFiles()].toSorted();
  const lines = files.map((file) => {
    const { types, classes } = readSource(file);
    const names = [...types.filter(({ isExported }) => isExported).map(({ name }) => name), ...classes];
    const used = names.filter((name) => new RegExp(`^readonly.*[^.\\w]${name}\\b`, "m").test(body));
    return used.length === 0 ? "" : `import type { ${used.toSorted().join(", ")} } from "./${file}";`;
  });
  return lines.filter((line) => line !== "").join("\n");
}
