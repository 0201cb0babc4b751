import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { createDatabase, test as base } from "testkit";
import { inject } from "vitest";
import { buildApp } from "../src/app.ts";
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

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";

/** testkit's test, with Watcher on the test's own database. */
export const test = base
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

async function openWatcher(url: string) {
  const { database, readStatus } = await openMigrated({ url, onIdleError: () => {} });
  const app = buildApp({ database, readStatus, logger: pino({ level: "silent" }) });
  const close = async () => {
    await app.close();
    await database.close();
  };
  return { app, database, readStatus, close };
}

function asking(app: FastifyInstance): Ask {
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
