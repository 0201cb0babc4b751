import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isLimbeckError, LimbeckError } from "../errors/limbeck-error.ts";
import { reasonOf } from "../errors/reason.ts";
import { parseStatements } from "../grammar/statements.ts";
import { sqlText, type Sql } from "../operations/language/sql-text.ts";
import type { Row, Session } from "../database/session.ts";
import { loadModule, type Authoring } from "../scripts/load.ts";

/** What a script in TypeScript is given: runs one statement and gives its rows. */
export type ScriptQuery = <T extends object = Row>(text: Sql | string) => Promise<T[]>;

/** The user's scripts in a folder, SQL and modules, sorted by name. None where the folder is not there. */
export function findUserScripts(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(?:sql|m?[jt]s)$/.test(name) && !/\.d\.m?ts$/.test(name) && !/^[._]/.test(name))
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/**
 * Runs a user's script and gives the rows that it came to: those of all statements of an `.sql` file, or what the default
 * export of a module returns. Throws USER_SCRIPT_FAILED.
 */
export async function runUserScript(session: Session, path: string, authoring: Authoring): Promise<Row[]> {
  try {
    return path.endsWith(".sql") ? await runSql(session, path) : await runModule(session, path, authoring);
  } catch (error) {
    if (isLimbeckError(error)) throw error;
    throw failed(path, reasonOf(error), error);
  }
}

async function runSql(session: Session, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { text, controlsTransaction } of await parseStatements(readFileSync(path, "utf8"))) {
    if (controlsTransaction) throw failed(path, `it says ${text}, and limbeck owns the transaction`);
    rows.push(...(await session.query(text)));
  }
  return rows;
}

async function runModule(session: Session, path: string, authoring: Authoring): Promise<Row[]> {
  const { default: run } = await loadModule(path, authoring);
  if (typeof run !== "function") throw failed(path, "it has no function as its default export");
  const query: ScriptQuery = async (text) => await session.query(sqlText(text));
  const rows: unknown = await (run as (query: ScriptQuery) => unknown)(query);
  return Array.isArray(rows) ? (rows as Row[]) : [];
}

function failed(path: string, reason: string, cause?: unknown): LimbeckError {
  return new LimbeckError("USER_SCRIPT_FAILED", {
    message: `The script cannot be run: ${reason.split("\n")[0]}.`,
    hint: "An .sql file holds statements; a module exports `default async (query) => rows`.",
    where: { file: path },
    cause,
  });
}
