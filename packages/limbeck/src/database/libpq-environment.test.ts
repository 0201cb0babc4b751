import { expect, test } from "vitest";
import { libpqEnvironment } from "./libpq-environment.ts";
import type { Session } from "./session.ts";

const session = (client: object): Session => ({ kind: "server", client }) as Session;
const client = { host: "db", port: 5433, user: "app", database: "shop", password: "right-horse", ssl: false };

test("the programs connect as the session did, whatever else the environment says", () => {
  const env = { PATH: "/bin", PGHOST: "elsewhere", PGHOSTADDR: "10.0.0.1", PGSERVICE: "other", PGPASSWORD: "old" };
  const url = "postgresql://app@db/shop?sslmode=verify-full&sslrootcert=/ca.pem&options=-csearch_path%3Da";
  expect(libpqEnvironment(session(client), { url, folder: "/", env })).toEqual({
    PATH: "/bin",
    PGHOST: "db",
    PGPORT: "5433",
    PGUSER: "app",
    PGDATABASE: "shop",
    PGPASSWORD: "right-horse",
    PGSSLMODE: "verify-full",
    PGSSLROOTCERT: "/ca.pem",
    PGOPTIONS: "-csearch_path=a",
    LC_ALL: "C",
  });
});

test("a client of the caller's is followed where nothing else is known", () => {
  const encrypted = session({ ...client, password: undefined, ssl: {} });
  const place = { url: "pglite://x", folder: "/", env: { PGPASSFILE: "/secret" } };
  expect(libpqEnvironment(encrypted, place)).toMatchObject({ PGSSLMODE: "require", PGPASSFILE: "/secret" });
  expect(libpqEnvironment(encrypted, place)).not.toHaveProperty("PGPASSWORD");
});
