import { expect, test } from "testkit";
import { parseStatements } from "../src/grammar/statements.ts";

/** PostgreSQL's "cannot run inside a transaction block". */
const ACTIVE_TRANSACTION = "25001";

const ALONE = [
  "CREATE DATABASE nowhere",
  "DROP DATABASE nowhere",
  "DROP DATABASE IF EXISTS nowhere WITH (FORCE)",
  "ALTER DATABASE postgres SET TABLESPACE pg_default",
  "CREATE TABLESPACE nowhere LOCATION '/nowhere'",
  "DROP TABLESPACE nowhere",
  "ALTER SYSTEM SET work_mem = '4MB'",
  "ALTER SYSTEM RESET ALL",
  "VACUUM",
  "VACUUM t",
  "VACUUM (FULL, ANALYZE) t",
  "CREATE INDEX CONCURRENTLY ON t (a)",
  "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)",
  "DROP INDEX CONCURRENTLY i",
  "DROP INDEX CONCURRENTLY IF EXISTS i",
  "REINDEX INDEX CONCURRENTLY i",
  "REINDEX (CONCURRENTLY) TABLE t",
  "REINDEX (VERBOSE, CONCURRENTLY TRUE) TABLE t",
  "REINDEX TABLE CONCURRENTLY t",
  "REINDEX SCHEMA public",
  "REINDEX DATABASE",
  "REINDEX SYSTEM",
  "REINDEX SCHEMA CONCURRENTLY public",
  "CLUSTER",
  "CLUSTER (VERBOSE)",
  "DISCARD ALL",
  "ALTER TABLE parted DETACH PARTITION part CONCURRENTLY",
  "CREATE SUBSCRIPTION s CONNECTION 'dbname=nowhere' PUBLICATION p",
];

/** The first version of PostgreSQL that takes a statement. */
const SINCE: Readonly<Record<string, number>> = {
  "REINDEX DATABASE": 16,
  "REINDEX SYSTEM": 16,
  "CLUSTER (VERBOSE)": 17,
};

/** Refused only where the subscription is enabled, which asks for a second server. */
const ALONE_IF_ENABLED = [
  "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
  "ALTER SUBSCRIPTION s SET PUBLICATION p",
  "ALTER SUBSCRIPTION s ADD PUBLICATION p",
  "ALTER SUBSCRIPTION s DROP PUBLICATION p",
  "ALTER SUBSCRIPTION s SET (failover = true)",
  "DROP SUBSCRIPTION IF EXISTS s",
];

const TOGETHER = [
  "CREATE TABLE other (a int)",
  "CREATE INDEX ON t (a)",
  "DROP INDEX i",
  "DROP TABLE t",
  "REINDEX INDEX i",
  "REINDEX TABLE t",
  "REINDEX (VERBOSE) TABLE t",
  "CLUSTER t USING i",
  "ANALYZE",
  "ANALYZE t",
  "DISCARD PLANS",
  "DISCARD TEMP",
  "DISCARD SEQUENCES",
  "ALTER TABLE parted DETACH PARTITION part",
  "ALTER TABLE parted DETACH PARTITION part FINALIZE",
  "ALTER TABLE t ADD COLUMN b int, ALTER COLUMN a SET NOT NULL",
  "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
  "ALTER TYPE mood RENAME TO temper",
  "ALTER DATABASE postgres SET work_mem = '4MB'",
  "ALTER DATABASE postgres CONNECTION LIMIT 5",
  "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
  "ALTER SUBSCRIPTION s DISABLE",
  "ALTER SUBSCRIPTION s SET (synchronous_commit = off)",
  "ALTER SUBSCRIPTION s RENAME TO s2",
  "CREATE EXTENSION IF NOT EXISTS plpgsql",
  "TRUNCATE t",
  "LOCK TABLE t",
  "CHECKPOINT",
  "GRANT SELECT ON t TO PUBLIC",
  "DO $$ BEGIN PERFORM 1; END $$",
  "SET LOCAL work_mem = '4MB'",
  "COMMENT ON TABLE t IS 'CREATE INDEX CONCURRENTLY'",
];

const SETUP = `
  create table t (a int not null);
  create unique index i on t (a);
  create table parted (a int) partition by list (a);
  create table part partition of parted for values in (1);
  create type mood as enum ('ok');
  create materialized view v as select a from t;
  create unique index on v (a);
  create publication p;
  create subscription s connection 'dbname=nowhere' publication p with (connect = false, slot_name = none);
`;

test("a statement is not transactional just when PostgreSQL refuses it inside a transaction block", async ({ sql }) => {
  await sql(SETUP);
  const [server] = await sql<{ major: number }>("select current_setting('server_version_num')::int / 10000 as major");
  for (const statement of [...ALONE, ...TOGETHER].filter((each) => (SINCE[each] ?? 0) <= server!.major)) {
    await sql("begin");
    const error: unknown = await sql(statement).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    await sql("rollback");
    const isRefused = (error as { code?: string } | undefined)?.code === ACTIVE_TRANSACTION;
    expect([statement, isRefused]).toEqual([statement, ALONE.includes(statement)]);
    const [parsed] = await parseStatements(statement);
    expect([statement, parsed!.transactional]).toEqual([statement, !isRefused]);
  }
  await sql("alter subscription s disable; drop subscription s");
});

test("what a transaction takes and only later statements choke on runs alone too", async ({ sql }) => {
  await sql("create type mood as enum ('ok')");
  const statement = "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'new' BEFORE 'ok'";
  expect(await parseStatements(statement)).toMatchObject([{ transactional: false }]);
  await sql(`begin; ${statement}`);
  await expect(sql("select 'new'::mood")).rejects.toMatchObject({ code: "55P04" });
});

test("a block that commits or rolls back runs alone, however it is written", async ({ sql }) => {
  const alone = [
    "DO $$ BEGIN COMMIT; END $$",
    "DO LANGUAGE plpgsql 'begin rollback ; end'",
    "DO $$ BEGIN FOR i IN 1..2 LOOP COMMIT AND CHAIN; END LOOP; END $$",
    "DO 'BEGIN /* so */ COMMIT /* it is */ ; END'",
  ];
  const together = [
    "DO $$ BEGIN PERFORM 'commit;'; END $$",
    'DO $$ DECLARE "rollback;" int; BEGIN NULL; END $$',
    "DO $$ BEGIN NULL; -- COMMIT;\n END $$",
    "DO $$ BEGIN NULL; /* ROLLBACK; */ END $$",
    "DO $$ BEGIN PERFORM $x$ commit; $x$; END $$",
    "DO $$ DECLARE commits int; BEGIN commits := 1; END $$",
  ];
  const INVALID_TERMINATION = "2D000";
  for (const statement of [...alone, ...together]) {
    await sql("begin");
    const error: unknown = await sql(statement).catch((thrown: unknown) => thrown);
    await sql("rollback");
    const isRefused = (error as { code?: string }).code === INVALID_TERMINATION;
    expect([statement, isRefused]).toEqual([statement, alone.includes(statement)]);
    expect([statement, await parseStatements(statement)]).toMatchObject([statement, [{ transactional: !isRefused }]]);
  }
});

test("what may have to tell the publisher runs alone", async () => {
  const statements = await parseStatements(ALONE_IF_ENABLED.join(";"));
  expect(statements.map(({ transactional }) => transactional)).toEqual(ALONE_IF_ENABLED.map(() => false));
});
