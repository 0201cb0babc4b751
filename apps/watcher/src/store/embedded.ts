import type { PGlite } from "@electric-sql/pglite";
import type { Database, Queries } from "./database.ts";
import { parsers } from "./values.ts";

/** The embedded PostgreSQL, which runs inside this process and has one session. */
export function openEmbedded(client: PGlite): Database {
  const session = queries(client);

  return {
    kind: "embedded",
    ...session,
    transaction: (work) => client.transaction((transaction) => work(queries(transaction))),
    probe: async () => {
      const started = performance.now();
      await session.query("SELECT 1");
      return { connectMs: null, queryMs: performance.now() - started };
    },
    access: { executeSql: (text, values) => executeSql(client, text, values) },
    close: () => client.close(),
  };
}

async function executeSql(client: PGlite, text: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }> {
  if (values !== undefined && values.length > 0) return client.query(text, [...values]);
  try {
    return (await client.exec(text)).at(-1) ?? { rows: [] };
  } catch (error) {
    // A transaction that the text began would be everybody's from here on.
    await client.exec("ROLLBACK");
    throw error;
  }
}

function queries(client: Pick<PGlite, "query">): Queries {
  return {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values], { parsers })).rows,
  };
}
