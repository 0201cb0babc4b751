import { LimbeckError } from "../errors/limbeck-error.ts";
import { openEmbeddedSession, sessionOfEmbeddedClient } from "./embedded-session.ts";
import { openServerSession, sessionOfServerClient } from "./server-session.ts";
import type { Session } from "./session.ts";
import { parseDatabaseUrl } from "./url.ts";

/** Opens a session on the database that a URL names. A relative `pglite://` folder counts from `folder`. `onWait` hears who else has it open. */
export async function openSession(
  url: string,
  folder: string,
  env: NodeJS.ProcessEnv,
  onWait?: (heldBy: string) => void,
): Promise<Session> {
  const parsed = parseDatabaseUrl(url, folder);
  return parsed.kind === "embedded"
    ? await openEmbeddedSession(parsed.folder, onWait)
    : await openServerSession(parsed.url, env);
}

/** Takes a client of the caller's, a connected `pg` Client or a PGlite, as a session. It stays the caller's to close. */
export function sessionOfClient(client: object): Session {
  if ("exec" in client && "query" in client) {
    return sessionOfEmbeddedClient(client as Parameters<typeof sessionOfEmbeddedClient>[0]);
  }
  if ("query" in client && "connect" in client && !("totalCount" in client)) {
    return sessionOfServerClient(client as Parameters<typeof sessionOfServerClient>[0]);
  }
  throw new LimbeckError("USAGE", {
    message: "The client given to limbeck is neither a pg Client nor a PGlite instance.",
    hint: "Pass `new pg.Client(…)`, connected, and not a Pool: a migration needs one session of its own.",
  });
}
