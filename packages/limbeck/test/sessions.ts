import pg from "pg";
import { test as base } from "testkit";
import type { RunEvent } from "../src/index.ts";

/** testkit's `test` with `connect`, which opens more sessions on the test's database and ends them with the test. */
export const test = base.extend("connect", ({ databaseUrl }, { onCleanup }) => {
  const clients: pg.Client[] = [];
  onCleanup(async () => void (await Promise.all(clients.map((client) => client.end().catch(() => undefined)))));
  return async (application = "shop"): Promise<pg.Client> => {
    const url = new URL(databaseUrl);
    url.searchParams.set("application_name", application);
    const client = new pg.Client(url.href);
    client.on("error", () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  };
});

/** Collects the events of one kind. */
export function collect<Type extends RunEvent["type"]>(type: Type) {
  const events: Extract<RunEvent, { type: Type }>[] = [];
  const onEvent = (event: RunEvent): void => {
    if (event.type === type) events.push(event as Extract<RunEvent, { type: Type }>);
  };
  return { events, onEvent };
}
