import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { test as base } from "testkit";
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

/** testkit's test, with Watcher on the test's own database: `ask` it. */
export const test = base
  .extend("watcher", async ({ databaseUrl }, { onCleanup }) => {
    const { database, readStatus } = await openMigrated({ url: databaseUrl, onIdleError: () => {} });
    const app: FastifyInstance = buildApp({ database, readStatus, logger: pino({ level: "silent" }) });
    onCleanup(async () => {
      await app.close();
      await database.close();
    });
    return { app, database, readStatus };
  })
  .extend("ask", ({ watcher: { app } }) => {
    const ask: Ask = async (method, url, body, headers = {}) => {
      const type = body === undefined ? {} : { "content-type": "application/json" };
      const payload = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
      const response = await app.inject({ method, url, headers: { ...type, ...headers }, ...(payload !== undefined && { payload }) });
      const isJson = String(response.headers["content-type"]).startsWith("application/json");
      return { status: response.statusCode, body: isJson ? response.json() : response.body, headers: response.headers };
    };
    return ask;
  });
