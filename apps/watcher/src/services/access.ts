import { createHash, randomBytes } from "node:crypto";
import type { Queries } from "../store/database.ts";
import { momentSql } from "./json-rows.ts";

/** What a token allows; each allows what those before it do. */
export const roles = ["read", "write", "admin"] as const;

export type Role = (typeof roles)[number];

/** Makes a token. It is shown this once: the database has only its hash. */
export async function createToken(database: Queries, name: string, role: Role): Promise<string> {
  const token = `watcher_${randomBytes(32).toString("base64url")}`;
  await database.query("INSERT INTO access_token (name, role, token_hash) VALUES ($1, $2, $3)", [
    name,
    role,
    hashOf(token),
  ]);
  return token;
}

export interface TokenRow {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

export function listTokens(database: Queries): Promise<TokenRow[]> {
  return database.query<TokenRow>(
    `SELECT id, name, role, ${momentSql("created_at")} AS created_at, ${momentSql("revoked_at")} AS revoked_at
    FROM access_token ORDER BY id`,
  );
}

/** Ends what a token allows, and says whether there was one. Processes that serve notice within ten seconds. */
export async function revokeToken(database: Queries, id: number): Promise<boolean> {
  const revoked = await database.query(
    "UPDATE access_token SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING id",
    [id],
  );
  return revoked.length > 0;
}

/** Whether one role allows what needs another. */
export function allows(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** Looks up what a token allows: nothing, when it is unknown or revoked. */
export type RoleOf = (token: string) => Promise<Role | undefined>;

const rememberedMs = 10_000;
const mostRemembered = 1_000;

/** Looks tokens up, and remembers each for ten seconds. */
export function roleReader(database: Queries): RoleOf {
  const remembered = new Map<string, { readonly role: Role | undefined; readonly until: number }>();
  return async (token) => {
    const hash = hashOf(token);
    const known = remembered.get(hash);
    if (known !== undefined && known.until > Date.now()) return known.role;
    const [found] = await database.query<{ role: Role }>(
      "SELECT role FROM access_token WHERE token_hash = $1 AND revoked_at IS NULL",
      [hash],
    );
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(hash, { role: found?.role, until: Date.now() + rememberedMs });
    return found?.role;
  };
}

/** A token is 256 random bits: there is nothing to guess, and no need for a slow hash. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
