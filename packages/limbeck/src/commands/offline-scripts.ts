import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { OfflineSql } from "../alembic/revision.ts";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { GrammarError } from "../grammar/statements.ts";
import type { Context } from "./context.ts";

/**
 * The statements of Alembic's scripts, by revision and half: without those on its version table and on transactions, which are the
 * runner's. Throws SQL_UNREADABLE.
 */
export async function readOfflineSql(
  { cwd, config }: Context,
  files: readonly string[],
): Promise<(revision: string) => OfflineSql> {
  const { scriptParts } = await import("../alembic/script.ts");
  const { parseStatements } = await import("../grammar/statements.ts");
  const statements = new Map<string, readonly string[]>();
  const isRow = new RegExp(`^(?:INSERT INTO|UPDATE|DELETE FROM) (?:\\S+\\.)?"?${config.versionTable.name}"? `, "i");
  for (const file of files) {
    const path = resolve(cwd, file);
    for (const { half, revision, sql } of scriptParts(read(path))) {
      const parsed = await parseStatements(sql).catch((error: unknown) => {
        if (!(error instanceof GrammarError)) throw error;
        throw unreadable(path, `the SQL of ${half} ${revision} is none of PostgreSQL's: ${error.message}`, error);
      });
      const kept = parsed.filter(({ controlsTransaction, text }) => !controlsTransaction && !isRow.test(text));
      statements.set(
        `${half} ${revision}`,
        kept.map(({ text }) => text),
      );
    }
  }
  return (revision) => (half) => statements.get(`${half} ${revision}`);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw unreadable(path, (cause as Error).message, cause);
  }
}

function unreadable(path: string, reason: string, cause: unknown): LimbeckError {
  return new LimbeckError("SQL_UNREADABLE", {
    message: `The script ${path} cannot be used: ${reason}.`,
    hint: "Name a file with what `alembic upgrade head --sql` prints.",
    where: { file: path },
    cause,
  });
}
