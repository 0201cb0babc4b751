import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { createDatabase, test as base } from "testkit";
import { inject } from "vitest";
import type { UiFile } from "../src/api/ui.ts";
import { buildApp, type AppOptions } from "../src/app.ts";
import { openQueue } from "../src/jobs/boss.ts";
import { openMigrated } from "../src/migrations.ts";

export { expect } from "testkit";

/** What the service answered: its status, and its body as JSON if there is one. */
export interface Answer {
  readonly status: number;
  // Each test knows the shape that it expects.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks the service. A text goes out as it is, everything else as JSON. */
export type Ask = (method: Method, url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";

/** testkit's test, with Watcher on the test's own database: a copy of one that is at head. */
export const test = base
  .extend("template", { scope: "file" }, async ({}, { onCleanup }) => {
    const database = await createDatabase(inject("postgresUrl"));
    onCleanup(database.drop);
    const migrated = await openMigrated({ url: database.url, onIdleError: () => {} });
    await migrated.database.close();
    return database;
  })
  .extend("databaseUrl", async ({ postgresUrl, template }, { onCleanup }) => {
    const database = await createDatabase(postgresUrl, template);
    onCleanup(database.drop);
    return database.url;
  })
  .extend("watcher", async ({ databaseUrl }, { onCleanup }) => {
    const watcher = await openWatcher(databaseUrl);
    onCleanup(watcher.close);
    return watcher;
  })
  .extend("ask", ({ watcher }) => asking(watcher.app));

/** For tests that can stand what others left in the database: one Watcher for the whole file. */
export const sharing = base
  .extend("watcher", { scope: "file" }, async ({}, { onCleanup }) => {
    const database = await createDatabase(inject("postgresUrl"));
    const watcher = await openWatcher(database.url);
    onCleanup(() => watcher.close().then(database.drop));
    return watcher;
  })
  .extend("ask", { scope: "file" }, ({ watcher }) => asking(watcher.app));

export const defaultOptions: AppOptions = {
  tokens: false,
  bodyLimitBytes: 1_048_576,
  corsOrigins: [],
  anomalyRules: false,
  retryWindowSeconds: 60,
  lookbackMinutes: 60,
  channels: ["test"],
};

/** A Watcher on a database. Its queue has no worker: jobs wait in it. It has the pages that it is given. */
export async function openWatcher(url: string, options: Partial<AppOptions> = {}, ui: readonly UiFile[] = []) {
  const { database, readStatus, migrations } = await openMigrated({ url, onIdleError: () => {} });
  const queue = openQueue({ database, supervise: false, onError: () => {} });
  const logger = pino({ level: "silent" });
  const all = { ...defaultOptions, ...options };
  const app = buildApp({ database, queue, readStatus, migrations, logger, options: all, ui });
  const close = async () => {
    await app.close();
    await queue.close();
    await database.close();
  };
  return { app, database, queue, readStatus, migrations, close };
}

export function asking(app: FastifyInstance): Ask {
  return async (method, url, body, headers = {}) => {
    const payload = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    const type = payload === undefined ? {} : { "content-type": "application/json" };
    const response = await app.inject({
      method,
      url,
      headers: { ...type, ...headers },
      ...(payload !== undefined && { payload }),
    });
    const isJson = String(response.headers["content-type"]).startsWith("application/json");
    return { status: response.statusCode, body: isJson ? response.json() : response.body, headers: response.headers };
  };
}
