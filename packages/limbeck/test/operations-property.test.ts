import fc from "fast-check";
import { Client } from "pg";
import { expect, test } from "testkit";
import { reverseOf, sourceOf, statementsOf } from "../src/operations/catalogue.ts";
import { bulkInsert } from "../src/operations/bulk-insert.ts";
import { createTable } from "../src/operations/create-table.ts";
import { column } from "../src/operations/language/column.ts";
import type { Literal } from "../src/operations/language/literals.ts";
import type { Operation } from "../src/operations/operation.ts";
import { anyName, anyText } from "./arbitraries.ts";
import { catalogFacts } from "./catalog-facts.ts";
import { evaluated } from "./evaluated.ts";
import { anyHistory } from "./table-arbitraries.ts";

const RUNS = Number(process.env["LIMBECK_PROPERTY_RUNS"] ?? 20);

/** A value that a column of a type can hold, and what the driver reads back. */
interface Held {
  readonly type: string;
  readonly value: Literal;
  readonly expected: unknown;
}

function held<T extends Literal>(type: string, values: fc.Arbitrary<T>, read: (value: T) => unknown = (it) => it) {
  return values.map((value): Held => ({ type, value, expected: read(value) }));
}

const MAX_BIGINT = 2n ** 63n - 1n;

const anyHeld: fc.Arbitrary<Held> = fc.oneof(
  held("text", anyText),
  held("integer", fc.integer()),
  held("bigint", fc.bigInt({ min: -MAX_BIGINT - 1n, max: MAX_BIGINT }), String),
  held("numeric", fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), String),
  held("double precision", fc.double(), (value) => value + 0),
  held("boolean", fc.boolean()),
  held("bytea", fc.uint8Array(), (value) => Buffer.from(value)),
  held("timestamptz", fc.date({ noInvalidDate: true, min: new Date(Date.UTC(-4700, 0)) })),
  held("text[]", fc.array(fc.option(anyText))),
  held("bigint[]", fc.array(fc.bigInt({ min: -MAX_BIGINT, max: MAX_BIGINT })), (values) => values.map(String)),
  held(
    "jsonb",
    fc.dictionary(
      anyText.filter((key) => key !== "__proto__"),
      fc.jsonValue(),
      { noNullPrototype: true },
    ),
    (value) => JSON.parse(JSON.stringify(value)) as unknown,
  ),
);

test("any value comes back from the server as it was given, as a default and as a row", async ({
  databaseUrl,
  onTestFinished,
}) => {
  const client = await connected(databaseUrl, onTestFinished);
  const columns = fc.uniqueArray(fc.tuple(anyName, anyHeld), {
    minLength: 1,
    maxLength: 8,
    selector: ([name]) => name,
  });
  await fc.assert(
    fc.asyncProperty(anyName, columns, async (table, values) => {
      const operations: Operation[] = [
        createTable(table, ...values.map(([name, { type, value }]) => column(name, type, { default: value }))),
        bulkInsert(table, [Object.fromEntries(values.map(([name, { value }]) => [name, value]))]),
      ];
      await client.query("ROLLBACK; BEGIN");
      for (const operation of operations) {
        expect(evaluated(sourceOf(operation))).toStrictEqual(operation);
        for (const { text } of statementsOf(operation)) await client.query(text);
      }
      const quoted = client.escapeIdentifier(table);
      await client.query(`INSERT INTO ${quoted} DEFAULT VALUES`);
      const { rows } = await client.query<unknown[]>({ text: `SELECT * FROM ${quoted}`, rowMode: "array" });
      const expected = values.map(([, { expected: read }]) => read);
      expect(rows).toEqual([expected, expected]);
    }),
    { numRuns: RUNS * 4 },
  );
}, 300_000);

test("whatever a table goes through, what reverses it brings back the catalogs of before", async ({
  databaseUrl,
  onTestFinished,
}) => {
  const client = await connected(databaseUrl, onTestFinished);
  const run = async (operations: readonly Operation[]) => {
    for (const { text } of operations.flatMap((operation) => statementsOf(operation))) await client.query(text);
  };
  await client.query("CREATE SCHEMA house; CREATE TABLE other (id integer PRIMARY KEY)");
  const before = await catalogFacts(client);
  await fc.assert(
    fc.asyncProperty(anyHistory, async (history) => {
      for (const operation of history) expect(evaluated(sourceOf(operation))).toStrictEqual(operation);
      await client.query("BEGIN");
      try {
        await run(history);
        const after = await catalogFacts(client);
        await run(reversed(history));
        expect(await catalogFacts(client)).toEqual(before);
        await run(history);
        expect(await catalogFacts(client)).toEqual(after);
      } finally {
        await client.query("ROLLBACK");
      }
    }),
    { numRuns: RUNS },
  );
}, 300_000);

async function connected(url: string, onFinished: (work: () => Promise<void>) => void): Promise<Client> {
  const client = new Client({ connectionString: url });
  // The database goes before the test's last words are heard, and takes its connections along.
  client.on("error", () => undefined);
  await client.connect();
  onFinished(() => client.end());
  return client;
}

function reversed(history: readonly Operation[]): Operation[] {
  return history.toReversed().flatMap((operation) => {
    const reversal = reverseOf(operation);
    if ("notReversible" in reversal) throw new Error(`${sourceOf(operation)}: ${reversal.notReversible}`);
    return reversal.operations;
  });
}
