import { LimbeckError, type Location } from "../errors/limbeck-error.ts";
import { parseStatements, type GrammarError, type ParsedStatement } from "../grammar/statements.ts";

/** Refuses a statement that PostgreSQL takes, and that has no place in a revision. */
export function refuseStatement(statement: ParsedStatement, where: Location | undefined): void {
  if (statement.controlsTransaction) throw transactionControl(statement.text, where);
  if (statement.dropsLocks) throw sessionControl(statement.text, where);
  if (statement.copiesThroughClient) throw copyThroughClient(statement.text, where);
}

/**
 * Refuses what PostgreSQL's grammar stumbled over because it is psql's: a `\command`, a `:variable`, or the rows below
 * a COPY from stdin.
 */
export async function refusePsql(
  text: string,
  { position }: GrammarError,
  where: (line: number) => Location | undefined,
): Promise<void> {
  const characters = Array.from(text);
  const before = characters.slice(0, position).join("");
  const rest = characters.slice(position).join("");
  const copy = await copyAtEnd(before);
  if (copy !== undefined) throw copyThroughClient(copy.text, where(copy.line));
  const word = /^\\\S*|^:(?:[\w\u0080-\uFFFF]+|'[^']*'|"[^"]*"|\{)/.exec(rest)?.[0];
  if (word !== undefined) throw psqlOnly(word, where(before.split("\n").length));
}

/** The COPY whose data begins where the grammar stumbled. */
async function copyAtEnd(before: string): Promise<ParsedStatement | undefined> {
  const end = before.lastIndexOf(";");
  if (end === -1) return undefined;
  const statements = await parseStatements(before.slice(0, end + 1)).catch(() => []);
  const last = statements.at(-1);
  return last?.copiesThroughClient === true ? last : undefined;
}

function transactionControl(text: string, where: Location | undefined): LimbeckError {
  return new LimbeckError("TRANSACTION_CONTROL", {
    message: `A revision's SQL says ${text}, but the runner owns the transaction, with the version row in it.`,
    hint: "Take the statement out. What cannot run inside a transaction, limbeck runs outside one by itself.",
    ...(where === undefined ? {} : { where }),
  });
}

function sessionControl(text: string, where: Location | undefined): LimbeckError {
  return new LimbeckError("SESSION_CONTROL", {
    message: `A revision's SQL says ${text}, which would let go of the lock that keeps other runners out.`,
    hint: "Take the statement out. A lock of your own ends with its own name: pg_advisory_unlock(key).",
    ...(where === undefined ? {} : { where }),
  });
}

function copyThroughClient(text: string, where: Location | undefined): LimbeckError {
  return new LimbeckError("COPY_THROUGH_CLIENT", {
    message: `A revision's SQL says ${text.split("\n")[0]}, which moves rows through the client, and a revision has none to send or to keep.`,
    hint: "Write the rows as INSERT, or with op.bulkInsert; many of them stream through `await op.connection()`. COPY with a file of the server's may stay.",
    ...(where === undefined ? {} : { where }),
  });
}

function psqlOnly(word: string, where: Location | undefined): LimbeckError {
  const isCommand = word.startsWith("\\");
  return new LimbeckError("PSQL_ONLY", {
    message: `A revision's SQL has ${word}, ${isCommand ? "a command" : "a variable"} of psql's own, which PostgreSQL does not know.`,
    hint: (isCommand ? CURES[word.slice(1)] : undefined) ?? (isCommand ? CURE_OF_COMMAND : CURE_OF_VARIABLE),
    ...(where === undefined ? {} : { where }),
  });
}

const CURE_OF_COMMAND = "Take it out: a revision is sent to the server, not to psql.";
const CURE_OF_VARIABLE =
  "Write the value itself; a TypeScript revision has op.arguments for values from the command line.";
const INCLUDED = "Put that file's statements here, or make it a revision of its own.";
const OTHER_DATABASE = "Take it out: a revision runs on one database, the one that --url names.";
const BRANCHES = "Write the condition as a DO block, or as a TypeScript revision.";

const CURES: Readonly<Record<string, string>> = {
  copy: "Write the rows as INSERT, or with op.bulkInsert; many of them stream through `await op.connection()`.",
  i: INCLUDED,
  ir: INCLUDED,
  include: INCLUDED,
  include_relative: INCLUDED,
  set: CURE_OF_VARIABLE,
  c: OTHER_DATABASE,
  connect: OTHER_DATABASE,
  if: BRANCHES,
  elif: BRANCHES,
  else: BRANCHES,
  endif: BRANCHES,
  gexec: "Write the statements themselves, or a DO block with EXECUTE.",
};
