import fc from "fast-check";
import { Client } from "pg";
import { expect, test } from "testkit";
import { statementsOf } from "../src/operations/catalogue.ts";
import { catalogFacts } from "./catalog-facts.ts";
import { evaluated } from "./evaluated.ts";

const name = fc.constantFrom("a", "b", "c", "d");

/** What a revision may say of a table, in any order: much of it is refused by what came before. */
const call = fc.oneof(
  fc
    .record({ name, options: fc.constantFrom("{}", "{ default: 1 }", '{ nullable: false, comment: "c" }') })
    .map((column) => `t.addColumn(column("${column.name}", "integer", ${column.options}))`),
  name.map((column) => `t.dropColumn("${column}")`),
  fc
    .record({
      name,
      changes: fc.constantFrom(
        '{ type: "bigint" }',
        '{ type: "text", using: "1", default: "x" }',
        "{ nullable: false }",
        "{ nullable: true }",
        "{ default: 2 }",
        "{ default: null }",
        '{ comment: "d", statistics: 100 }',
      ),
    })
    .map((column) => `t.alterColumn("${column.name}", ${column.changes})`),
  fc.record({ name, column: name }).map((ck) => `t.createCheckConstraint("ck_${ck.name}", "${ck.column} IS NOT NULL")`),
  fc.record({ name, column: name }).map((ck) => `t.createUniqueConstraint("ck_${ck.name}", ["${ck.column}"])`),
  name.map((constraint) => `t.dropConstraint("ck_${constraint}")`),
  fc.record({ name, other: name }).map((names) => `t.renameColumn("${names.name}", "${names.other}")`),
  name.map((column) => `t.addIdentity("${column}")`),
  name.map((column) => `t.dropIdentity("${column}")`),
  fc.record({ name, other: name }).map((index) => `t.createIndex("ix_${index.name}", ["${index.other}"])`),
  name.map((index) => `t.dropIndex("ix_${index}")`),
  fc.constantFrom("t.setTableStorage({ fillfactor: 70 })", 't.setReplicaIdentity("full")', "t.setTableLogged(false)"),
);

const batchOf = (calls: readonly string[]) => evaluated(`op.batch("t", (t) => { ${calls.join(";")} })`);

test("a batch does what its calls do one by one, in fewer statements", async ({ databaseUrl }) => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("CREATE TABLE t (a integer, b integer NOT NULL DEFAULT 0, x integer)");
  let single = 0;
  let together = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 2, maxLength: 12 }), async (calls) => {
      await client.query("ROLLBACK");
      await client.query("BEGIN");
      const possible: string[] = [];
      for (const each of calls) if (await succeeds(client, each)) possible.push(each);
      const oneByOne = await catalogFacts(client);
      await client.query("ROLLBACK");

      const statements = statementsOf(batchOf(possible));
      await client.query("BEGIN");
      for (const { text } of statements) await client.query(text);
      const inBatch = await catalogFacts(client);
      await client.query("ROLLBACK");
      expect(inBatch).toEqual(oneByOne);
      single += possible.flatMap((each) => statementsOf(batchOf([each]))).length;
      together += statements.length;
    }),
    { numRuns: 60 },
  );
  await client.end();
  expect(together).toBeLessThan(single * 0.9);
});

async function succeeds(client: Client, one: string): Promise<boolean> {
  await client.query("SAVEPOINT before");
  try {
    for (const { text } of statementsOf(batchOf([one]))) await client.query(text);
    return true;
  } catch {
    await client.query("ROLLBACK TO before");
    return false;
  }
}
