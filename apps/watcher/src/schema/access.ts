import { sql } from "drizzle-orm";
import { check, pgTable, serial, uniqueIndex, varchar } from "drizzle-orm/pg-core";
import { madeAt, moment } from "./types.ts";

/** Who may use the API. The token itself is nowhere; the hash is SHA-256, in hexadecimal. */
export const accessToken = pgTable(
  "access_token",
  {
    id: serial("id").primaryKey(),
    name: varchar("name", { length: 100 }).notNull(),
    role: varchar("role", { length: 10 }).notNull(),
    tokenHash: varchar("token_hash", { length: 64 }).notNull(),
    createdAt: madeAt("created_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [
    uniqueIndex("ux_access_token_token_hash").on(table.tokenHash),
    check("ck_access_token_role", sql`role IN ('read', 'write', 'admin')`),
  ],
);
