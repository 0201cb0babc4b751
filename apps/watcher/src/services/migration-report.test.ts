import { expect, test } from "vitest";
import { migrationReports, type MigrationFindings, type MigrationState } from "./migration-report.ts";

const state: MigrationState = { head: ["b"], current: ["a"], revisions: [], runs: [] };

/** A reader whose findings wait until they are given, and a clock that stands. */
function setUp(patienceMs = 5_000) {
  const clock = { now: 0 };
  const stands = { current: ["a"] };
  const waiting: Asked[] = [];
  const read = migrationReports(
    {
      state: async () => ({ ...state, ...stands }),
      findings: () => {
        const asked = findingsLater();
        waiting.push(asked);
        return asked.promise;
      },
    },
    { keepMs: 60, patienceMs, now: () => clock.now },
  );
  return { clock, stands, waiting, read };
}

interface Asked {
  readonly promise: Promise<MigrationFindings>;
  resolve(findings: MigrationFindings): void;
  reject(error: Error): void;
}

function findingsLater(): Asked {
  const asked: Partial<Asked> = {};
  const promise = new Promise<MigrationFindings>((resolve, reject) => Object.assign(asked, { resolve, reject }));
  return { ...(asked as Asked), promise };
}

const found = (pendingSql: string): MigrationFindings => ({ pendingSql, findings: [], drift: [] });

test("callers at the same time share one search", async () => {
  const { read, waiting } = setUp();
  const reports = Promise.all([read(), read(), read()]);
  await expect.poll(() => waiting.length).toBe(1);
  waiting[0]?.resolve(found("one"));
  expect((await reports).map(({ pendingSql }) => pendingSql)).toEqual(["one", "one", "one"]);
  expect(waiting).toHaveLength(1);
});

test("what was found holds for a while; afterwards the old is told while the new is looked for", async () => {
  const { read, waiting, clock } = setUp();
  const first = read();
  await expect.poll(() => waiting.length).toBe(1);
  waiting[0]?.resolve(found("one"));
  expect(await first).toMatchObject({ pendingSql: "one", checkedAt: "1970-01-01T00:00:00.000Z" });
  clock.now = 59;
  await read();
  expect(waiting).toHaveLength(1);
  clock.now = 60;
  expect(await read()).toMatchObject({ pendingSql: "one", checkedAt: "1970-01-01T00:00:00.000Z" });
  expect(await read()).toMatchObject({ pendingSql: "one" });
  expect(waiting).toHaveLength(2);
  waiting[1]?.resolve(found("two"));
  await waiting[1]?.promise;
  expect(await read()).toMatchObject({ pendingSql: "two", checkedAt: "1970-01-01T00:00:00.060Z" });
});

test("a migration ends what was found before it", async () => {
  const { read, waiting, stands } = setUp();
  const first = read();
  await expect.poll(() => waiting.length).toBe(1);
  waiting[0]?.resolve(found("one"));
  await first;
  stands.current = ["b"];
  const second = read();
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.resolve(found("two"));
  expect(await second).toMatchObject({ current: ["b"], pendingSql: "two" });
});

test("nobody waits longer than patience lasts, and a search that fails says why", async () => {
  const { read, waiting } = setUp(0);
  expect(await read()).toMatchObject({ current: ["a"], drift: { error: { code: "IN_PROGRESS" } } });
  waiting[0]?.reject(new Error("no more room"));
  await waiting[0]?.promise.catch(() => {});
  await expect.poll(read).toMatchObject({ findings: { error: { code: "INTERNAL", message: "no more room" } } });
});
