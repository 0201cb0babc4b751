import { expect, startProxy, until } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions, type TestRevision } from "./project.ts";
import { collect, test } from "./sessions.ts";

const FIRST = {
  id: "a1",
  up: `  op.execute("create table t (n integer unique deferrable initially deferred); create sequence s");`,
};

/** What a transaction that is rolled back leaves behind nevertheless. */
const TRACE = `  op.execute("select nextval('s')");`;

/** A step that waits until nobody holds this lock, and then does this. */
const waits = (then: string): TestRevision => ({
  id: "b2",
  down: "a1",
  up: `  op.execute("insert into t select 1 from pg_advisory_xact_lock(7)");\n  op.execute("${then}");`,
});

const THIRD: TestRevision = { id: "c3", down: "b2", up: TRACE };

/** More of the kind, and what the last of them sends. */
const MORE: readonly TestRevision[] = [
  { id: "d4", down: "c3", up: TRACE },
  { id: "e5", down: "d4", up: `${TRACE}\n  op.execute("select 'e5'");` },
];
const LAST = "select 'e5'";

const waiting = test.extend("upgradeUntilSent", ({ databaseUrl, folder, connect }, { onCleanup }) => {
  const opened: { close: () => Promise<void> }[] = [];
  onCleanup(async () => void (await Promise.all(opened.map((one) => one.close()))));
  return async (revisions: readonly TestRevision[], sent: string, signal?: AbortSignal) => {
    const holder = await connect("holder");
    await holder.query("select pg_advisory_lock(7)");
    writeRevisions(folder, revisions);
    const texts: string[] = [];
    const proxy = await startProxy(databaseUrl, (_, text) => void texts.push(text));
    const started = collect("stepStart");
    const options = { cwd: folder, ...(signal === undefined ? {} : { signal }), onEvent: started.onEvent };
    const limbeck = await Limbeck.open({ ...options, url: proxy.url, lock: { timeout: "50ms" } });
    opened.push(limbeck, proxy);
    const upgrade = limbeck.upgrade();
    upgrade.catch(() => undefined);
    await until(() => texts.some((text) => text.includes(sent)));
    const release = async (): Promise<void> => void (await holder.query("select pg_advisory_unlock(7)"));
    return { limbeck, upgrade, release, texts, started: () => started.events.map(({ step }) => step.revision) };
  };
});

const STATE = `select (select version_num from alembic_version) as at, (select is_called from s) as ran,
  (select string_agg(revision || ' ' || status, ', ' order by id) from limbeck_history) as history`;

waiting(
  "steps are on their way while the one before them waits, and are told of in their turn",
  async ({ upgradeUntilSent, sql }) => {
    const ids = ["c3", "d4", "e5", "f6", "g7", "h8"];
    const rest = ids.map((id, index) => ({
      id,
      down: ids[index - 1] ?? "b2",
      up: `${index === 0 ? TRACE : ""}\n  op.execute("select '${id}'");`,
    }));
    const { upgrade, release, texts, started } = await upgradeUntilSent(
      [FIRST, waits("select 1"), ...rest],
      "select 'f6'",
    );
    await until(() => started().length === 2);
    // Four steps ahead, and no more.
    expect(texts.some((text) => text.includes("select 'g7'"))).toBe(false);
    await release();
    await expect(upgrade).resolves.toMatchObject({ heads: ["h8"] });
    expect(started()).toEqual(["a1", "b2", ...ids]);
    const history = ["a1", "b2", ...ids].map((id) => `${id} done`).join(", ");
    expect(await sql(STATE)).toEqual([{ at: "h8", ran: true, history }]);
  },
);

for (const [mistake, statement] of [
  ["a mistake", "select 1 / 0"],
  ["what is found when it commits", "insert into t values (1)"],
] as const) {
  waiting(
    `nothing runs of the steps that were sent behind one that fails by ${mistake}`,
    async ({ upgradeUntilSent, sql }) => {
      const { limbeck, upgrade, release } = await upgradeUntilSent([FIRST, waits(statement), THIRD, ...MORE], LAST);
      await release();
      await expect(upgrade).rejects.toMatchObject({ code: "STATEMENT_FAILED", details: { revision: "b2" } });
      expect(await sql(STATE)).toEqual([{ at: "a1", ran: false, history: "a1 done, b2 failed" }]);
      expect(await limbeck.current()).toMatchObject({ current: [{ revision: "a1" }] });
    },
  );
}

waiting(
  "nothing runs behind a step that fails and was sent behind another one itself",
  async ({ upgradeUntilSent, sql }) => {
    const fails = { ...THIRD, up: `  op.execute("insert into t select n from t");` };
    const { upgrade, release } = await upgradeUntilSent([FIRST, waits("select 1"), fails, ...MORE], LAST);
    await release();
    await expect(upgrade).rejects.toMatchObject({ code: "STATEMENT_FAILED", details: { revision: "c3" } });
    expect(await sql(STATE)).toEqual([{ at: "b2", ran: false, history: "a1 done, b2 done, c3 failed" }]);
  },
);

waiting(
  "steps that were sent behind one that is tried again run once, behind the try that succeeds",
  async ({ upgradeUntilSent, sql }) => {
    const strong = {
      ...waits("select 1"),
      up: `  op.execute("do $$ begin perform pg_advisory_xact_lock(7); end $$");`,
    };
    const { upgrade, release, texts } = await upgradeUntilSent([FIRST, strong, THIRD, ...MORE], LAST);
    await until(() => texts.filter((text) => text.includes("pg_advisory_xact_lock")).length > 1);
    await release();
    await expect(upgrade).resolves.toMatchObject({ heads: ["e5"] });
    const history = "a1 done, b2 done, c3 done, d4 done, e5 done";
    expect(await sql(STATE)).toEqual([{ at: "e5", ran: true, history }]);
    expect(await sql("select last_value::int as value from s")).toEqual([{ value: 3 }]);
  },
);

waiting("an interrupt ends them all", async ({ upgradeUntilSent, sql }) => {
  const controller = new AbortController();
  const { upgrade, started } = await upgradeUntilSent(
    [FIRST, waits("select 1"), THIRD, ...MORE],
    LAST,
    controller.signal,
  );
  await until(() => started().length === 2);
  controller.abort();
  await expect(upgrade).rejects.toMatchObject({ code: "INTERRUPTED", details: { done: ["a1"], revision: "b2" } });
  expect(await sql(STATE)).toEqual([{ at: "a1", ran: false, history: "a1 done, b2 interrupted" }]);
});

waiting(
  "what comes behind a step that has the client in its hands is sent in its turn",
  async ({ upgradeUntilSent, sql }) => {
    const lent = { ...waits("select 1"), up: `  await op.connection();\n${waits("select 1").up}` };
    const { upgrade, release, texts } = await upgradeUntilSent([FIRST, lent, THIRD], "pg_advisory_xact_lock");
    await release();
    await expect(upgrade).resolves.toMatchObject({ heads: ["c3"] });
    expect(texts.filter((text) => text.includes("BEGIN\n;\nWITH change_0"))).toEqual([]);
    expect(await sql(STATE)).toEqual([{ at: "c3", ran: true, history: "a1 done, b2 done, c3 done" }]);
  },
);
