import type { Session } from "../database/session.ts";
import type { Context } from "./context.ts";

/**
 * Works beside the live database. An embedded one need not be opened, or even be there: a scratch database stands in memory
 * anyway.
 */
export async function besideLive<T>(context: Context, work: (live: Session) => Promise<T>): Promise<T> {
  const { url, folder } = context.config;
  const { parseDatabaseUrl } = await import("../database/url.ts");
  if (parseDatabaseUrl(url, folder).kind === "server") return await work(await context.session());
  const { openSession } = await import("../database/open.ts");
  const live = await openSession("pglite://memory", folder, context.config.env);
  try {
    return await work(live);
  } finally {
    await live.close();
  }
}
