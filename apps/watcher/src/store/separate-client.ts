import type { PGlite, Transaction } from "@electric-sql/pglite";

/** As much of PGlite as a library needs that is given a client of its own. */
export type SeparateClient = Pick<PGlite, "query" | "exec" | "close">;

interface Open {
  readonly transaction: Transaction;
  /** Ends the transaction, and gives the session back to all. */
  readonly end: () => Promise<void>;
}

/**
 * A client for the embedded database beside the one that the service uses: nobody else's statement comes between those
 * that it sends from a BEGIN to a COMMIT or ROLLBACK, although both share one session.
 */
export function separateClient(client: PGlite): SeparateClient {
  let open: Open | undefined;

  const begin = async (modes: string): Promise<void> => {
    open = await opened(client);
    if (modes !== "") await open.transaction.exec(`SET TRANSACTION ${modes}`);
  };

  const end = async (commits: boolean): Promise<void> => {
    const ended = open;
    open = undefined;
    if (!commits) await ended?.transaction.rollback();
    await ended?.end();
  };

  /** Whether the text was about the bounds of a transaction, which are looked after here. */
  const bounds = async (text: string): Promise<boolean> => {
    const [, modes] = /^\s*begin(?:\s+(?:transaction|work))?\b\s*([^;]*);?\s*$/i.exec(text) ?? [];
    const [, last] = /^\s*(commit|rollback)\s*;?\s*$/i.exec(text) ?? [];
    if (modes !== undefined && open === undefined) await begin(modes);
    else if (last !== undefined && open !== undefined) await end(last.toLowerCase() === "commit");
    else return false;
    return true;
  };

  const nothing = { rows: [], fields: [] };
  return {
    query: async (text, values, options) =>
      (await bounds(text)) ? nothing : (open?.transaction ?? client).query(text, values, options),
    exec: async (text, options) =>
      (await bounds(text)) ? [nothing] : (open?.transaction ?? client).exec(text, options),
    close: async () => end(false),
  };
}

function opened(client: PGlite): Promise<Open> {
  return new Promise((resolve, reject) => {
    const whole = client.transaction(
      (transaction) =>
        new Promise<void>((done) => {
          resolve({
            transaction,
            end: async () => {
              done();
              await whole;
            },
          });
        }),
    );
    whole.catch(reject);
  });
}
