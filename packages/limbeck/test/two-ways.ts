import { Client } from "pg";
import { createDatabase, expect, test as base } from "testkit";
import { Limbeck } from "../src/index.ts";
import { catalogFacts } from "./catalog-facts.ts";
import { openPsql } from "./psql.ts";

/** The revisions of a folder on two databases: on one they run, on the other psql runs the scripts that they print. */
export interface TwoWays {
  readonly limbeck: Limbeck;
  readonly online: Client;
  readonly offline: Client;
  /** Goes from where both stand to `to` on both ways. Gives what both databases then say of themselves. */
  readonly upgrade: (from: string, to: string) => Promise<string[]>;
  readonly downgrade: (from: string, to: string) => Promise<string[]>;
}

/** `testkit`'s test with `open`, which opens the test's folder, once its revisions are written, on two databases. */
export const test = base.extend("open", async ({ databaseUrl, postgresUrl, folder }, { onCleanup }) => {
  return async (): Promise<TwoWays> => {
    const other = await createDatabase(postgresUrl);
    const clients = [databaseUrl, other.url].map((connectionString) => new Client({ connectionString }));
    const [online, offline] = clients as [Client, Client];
    for (const client of clients) {
      await client.connect();
      await client.query("create schema house");
    }
    const versionTable = { name: "versions", schema: "house" };
    const limbeck = await Limbeck.open({ url: databaseUrl, cwd: folder, versionTable });
    const psql = openPsql(other.url);
    onCleanup(async () => {
      await Promise.all([limbeck.close(), psql.close(), ...clients.map((client) => client.end())]);
      await other.drop();
    });
    const bothAlike = async () => {
      const facts = await catalogFacts(online);
      expect(await catalogFacts(offline), "the script does what the run does").toEqual(facts);
      return facts;
    };
    return {
      limbeck,
      online,
      offline,
      async upgrade(from, to) {
        await limbeck.upgrade(to);
        await psql.run(await limbeck.upgradeSql(`${from}:${to}`));
        return await bothAlike();
      },
      async downgrade(from, to) {
        await limbeck.downgrade(to);
        await psql.run(await limbeck.downgradeSql(`${from}:${to}`));
        return await bothAlike();
      },
    };
  };
});
