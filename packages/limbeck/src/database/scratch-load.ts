import { LimbeckError, type Location } from "../errors/limbeck-error.ts";
import { GrammarError, parseStatements } from "../grammar/statements.ts";
import { statementsOf } from "../operations/catalogue.ts";
import { identifier } from "../operations/language/identifiers.ts";
import type { Operation } from "../operations/operation.ts";
import { ScriptError, type Session } from "./session.ts";

/** One statement on its way into a scratch database. */
interface Piece {
  readonly text: string;
  readonly transactional: boolean;
  /** The line of its file that it begins at. */
  readonly line?: number;
}

/** Runs a file of SQL in a scratch database. Throws SCHEMA_SOURCE_INVALID with the file and the line. */
export async function loadSql(scratch: Session, file: string, text: string): Promise<void> {
  const statements = await parse(file, withoutPsqlCommands(text));
  for (const { node, line, text: statement } of statements) {
    if (BEYOND_THE_DATABASE.test(node)) throw beyondTheDatabase(statement, { file, line });
  }
  await load(scratch, statements, file);
}

/** Runs operations in a scratch database. Throws SCHEMA_SOURCE_INVALID that names the file they came from. */
export async function loadOperations(scratch: Session, file: string, operations: readonly Operation[]): Promise<void> {
  await load(scratch, operations.flatMap(statementsOf), file);
}

/**
 * Makes the roles that a target schema names where they are not there, in memory; a server's roles are more than its
 * scratch database, so there a missing one throws SCHEMA_SOURCE_INVALID.
 */
export async function ensureRoles(scratch: Session, file: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const rows = await scratch.query<{ name: string }>("select rolname as name from pg_roles");
  const missing = names.filter((name) => !rows.some((row) => row.name === name));
  if (scratch.kind === "embedded")
    return await scratch.script(missing.map((name) => `create role ${identifier(name)}`));
  if (missing.length === 0) return;
  throw new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The target schema names roles that the server does not have: ${missing.join(", ")}.`,
    hint: `Create them, as in: CREATE ROLE ${identifier(missing[0]!)};`,
    where: { file },
  });
}

/** What pg_dump writes for psql around its SQL, with its line kept. */
function withoutPsqlCommands(text: string): string {
  return text.replace(/^\\(?:un)?restrict .*$/gm, "");
}

/** Statements about the whole server. A scratch database may stand on the live one, where they would stay. */
const BEYOND_THE_DATABASE =
  /^(?:Alter|Create|Drop)(?:db|Database|DatabaseSet|Role|RoleSet|TableSpace|System|Subscription)Stmt$|^GrantRoleStmt$/;

function beyondTheDatabase(statement: string, where: Location): LimbeckError {
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The target schema reaches beyond its database: ${firstLine(statement)}`,
    hint: "Keep roles, databases, tablespaces and subscriptions out of the target schema.",
    where,
  });
}

async function parse(file: string, text: string): ReturnType<typeof parseStatements> {
  try {
    return await parseStatements(text);
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    throw invalid(error.message, { file, ...placeIn(text, error.position) }, error);
  }
}

async function load(scratch: Session, pieces: readonly Piece[], file: string): Promise<void> {
  await scratch.script(FRESH_SETTINGS);
  for (const batch of batchesOf(pieces)) await run(scratch, batch, file);
}

/** Statements that can be sent together; one that PostgreSQL refuses inside a transaction block is alone. */
export function batchesOf<One extends { readonly transactional: boolean }>(pieces: readonly One[]): One[][] {
  const batches: One[][] = [];
  let joins = false;
  for (const piece of pieces) {
    if (piece.transactional && joins) batches.at(-1)!.push(piece);
    else batches.push([piece]);
    joins = piece.transactional;
  }
  return batches;
}

/** What came before may have changed settings, as pg_dump's output does; functions may name what comes after them. */
const FRESH_SETTINGS = ["reset session authorization", "reset role", "reset all", "set check_function_bodies = off"];

async function run(scratch: Session, pieces: readonly Piece[], file: string): Promise<void> {
  try {
    await scratch.script(pieces.map(({ text }) => text));
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    const { text, line } = pieces[error.piece]!;
    const inside = placeIn(text, (error.position ?? 1) - 1);
    const where = line === undefined ? { file } : { file, line: line + inside.line - 1 };
    throw invalid(error.message, where, error, text);
  }
}

function invalid(reason: string, where: Location, cause: unknown, statement?: string): LimbeckError {
  const what = statement === undefined ? "" : `, in: ${firstLine(statement)}`;
  return new LimbeckError("SCHEMA_SOURCE_INVALID", {
    message: `The target schema cannot be built: ${reason}${what}`,
    hint: "Correct the target schema. It is built from nothing, in the order in which its files are named.",
    where,
    ...(statement === undefined ? {} : { details: { statement } }),
    cause,
  });
}

/** Line and column of a character, which is counted from 0. */
function placeIn(text: string, position: number): { readonly line: number; readonly column: number } {
  const before = Array.from(text).slice(0, position).join("");
  const lines = before.split("\n");
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

function firstLine(statement: string): string {
  const [line, ...more] = statement.split("\n");
  return more.length === 0 ? line! : `${line} …`;
}
