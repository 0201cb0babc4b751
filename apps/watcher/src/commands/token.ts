import { createToken, listTokens, revokeToken, type Role } from "../services/access.ts";
import type { Database } from "../store/database.ts";
import { openDatabase, type Context } from "./context.ts";

/** Makes a token, and gives what to print: the token, which nobody can look up afterwards. */
export function createAccess(context: Context, name: string, role: Role): Promise<string> {
  return withDatabase(context, (database) => createToken(database, name, role));
}

/** Gives the tokens there are, one a line. */
export function listAccess(context: Context): Promise<string> {
  return withDatabase(context, async (database) => {
    const tokens = await listTokens(database);
    if (tokens.length === 0) return "There are no tokens.";
    return tokens
      .map(({ id, name, role, created_at: created, revoked_at: revoked }) =>
        [id, role.padEnd(5), name, `created ${created}`, ...(revoked === null ? [] : [`revoked ${revoked}`])].join(
          "  ",
        ),
      )
      .join("\n");
  });
}

/** Ends what a token allows. */
export function revokeAccess(context: Context, id: number): Promise<string> {
  return withDatabase(context, async (database) =>
    (await revokeToken(database, id)) ? `Token ${id} is revoked.` : `There is no token ${id} that is in force.`,
  );
}

async function withDatabase<Result>(context: Context, work: (database: Database) => Promise<Result>): Promise<Result> {
  const { database } = await openDatabase(context);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
