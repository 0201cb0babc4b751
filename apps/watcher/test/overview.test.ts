import { describe } from "vitest";
import { expect, sharing as base, type Ask } from "./watcher.ts";

const test = base.extend("day", { scope: "file" }, async ({ ask, watcher }) => {
  const create = async (name: string) =>
    (await ask("POST", "/pipeline", { name, pipeline_type_name: "t" })).body.id as number;
  const [fine, broken, hanging, idle] = [
    await create("fine"),
    await create("broken"),
    await create("hanging"),
    await create("idle"),
  ];
  const run = async (pipeline: number, hoursAgo: number, ok?: boolean, parent?: number) => {
    const start = Date.now() - hoursAgo * 3_600_000;
    const body = { pipeline_id: pipeline, start_date: new Date(start).toISOString(), parent_id: parent ?? null };
    const { id } = (await ask("POST", "/start_pipeline_execution", body)).body;
    if (ok !== undefined) {
      const end = { id, end_date: new Date(start + 60_000).toISOString(), completed_successfully: ok, total_rows: 600 };
      expect((await ask("POST", "/end_pipeline_execution", end)).status).toBe(204);
    }
    return id as number;
  };
  const old = await run(broken, 30, false);
  const overcome = await run(fine, 20, false);
  const root = await run(fine, 3, true);
  const failed = await run(broken, 2.9, false, root);
  const child = await run(hanging, 2.8, true, root);
  const grandchild = await run(hanging, 2.7, undefined, child);
  await watcher.database.query(
    `INSERT INTO alert (kind, subject, level, pipeline_id, summary) VALUES
      ('freshness', 'a', 'warning', $1, 'late'), ('anomaly', 'b', 'warning', $1, 'strange')`,
    [broken],
  );
  return { fine, broken, hanging, idle, old, overcome, root, failed, child, grandchild };
});

describe("GET /overview", () => {
  test("says what runs, what failed within a day and whether it has succeeded since, and what is late", async ({
    ask,
    day,
  }) => {
    const { status, body } = await ask("GET", "/overview");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      pipelines: 4,
      running_count: 1,
      running: [{ id: day.grandchild, pipeline_name: "hanging", usual_seconds: 60 }],
      failed_count: 2,
      failed: [
        { id: day.failed, pipeline_name: "broken", recovered: false },
        { id: day.overcome, pipeline_name: "fine", recovered: true },
      ],
      alert_counts: { freshness: 1, anomaly: 1 },
      late: [{ kind: "freshness", pipeline_name: "broken" }],
      anomalies: [{ kind: "anomaly" }],
    });
  });

  test("counts the executions of each of the last 24 hours", async ({ ask, day }) => {
    const { body } = await ask("GET", "/overview/activity");
    expect(day.root).toBeGreaterThan(0);
    expect(body.hours).toHaveLength(24);
    const sums = body.hours.reduce(
      (sum: number[], hour: Record<string, number>) =>
        ["succeeded", "failed", "running"].map((part, index) => sum[index]! + hour[part]!),
      [0, 0, 0],
    );
    expect(sums).toEqual([2, 2, 1]);
  });
});

describe("GET /overview/pipelines", () => {
  const names = async (ask: Ask, query: string) =>
    (await ask("GET", `/overview/pipelines${query}`)).body.data.map(({ name }: { name: string }) => name);

  test("lists by name, a page at a time", async ({ ask, day }) => {
    const first = await ask("GET", "/overview/pipelines?limit=2");
    expect(first.body).toMatchObject({
      data: [
        {
          id: day.broken,
          name: "broken",
          alerts: ["anomaly", "freshness"],
          runs: [{ id: day.failed }, { id: day.old }],
        },
        { name: "fine", pipeline_type_name: "t", alerts: [] },
      ],
      next_cursor: "fine",
    });
    expect((await ask("GET", "/overview/pipelines?limit=2&cursor=fine")).body).toMatchObject({
      data: [{ name: "hanging" }, { name: "idle", runs: [] }],
      next_cursor: null,
    });
  });

  test.for([
    ["?search=IN", ["fine", "hanging"]],
    ["?status=failed", ["broken"]],
    ["?status=running", ["hanging"]],
    ["?status=succeeded&search=n", ["fine"]],
    ["?search=%25", []],
  ] as const)("narrowed by %s", async ([query, expected], { ask, day }) => {
    expect(day.idle).toBeGreaterThan(0);
    expect(await names(ask, query)).toEqual(expected);
  });

  test("refuses what it does not know", async ({ ask }) => {
    expect((await ask("GET", "/overview/pipelines?status=odd")).status).toBe(422);
  });
});

describe("GET /pipeline_execution/{id}/tree", () => {
  test("shows the whole family, whoever of it is asked for", async ({ ask, day }) => {
    const family = [day.root, day.failed, day.child, day.grandchild];
    for (const id of family) {
      const { body } = await ask("GET", `/pipeline_execution/${id}/tree`);
      expect(body).toMatchObject({ root: day.root, truncated: false });
      expect(body.executions.map((each: { id: number }) => each.id)).toEqual(family);
    }
    expect((await ask("GET", "/pipeline_execution/999999/tree")).status).toBe(404);
  });

  test("ends where parents go in a circle, and where one is gone", async ({ ask, day, watcher }) => {
    const insert = (parent: number | null) =>
      watcher.database.query<{ id: number }>(
        `INSERT INTO pipeline_execution (pipeline_id, parent_id, start_date, date_recorded, hour_recorded)
        VALUES ($1, $2, '2020-01-01', '2020-01-01', 0) RETURNING id`,
        [day.idle, parent],
      );
    const [a] = await insert(null);
    const [b] = await insert(a!.id);
    await watcher.database.query("UPDATE pipeline_execution SET parent_id = $1 WHERE id = $2", [b!.id, a!.id]);
    const [orphan] = await insert(2_000_000_000);
    expect((await ask("GET", `/pipeline_execution/${a!.id}/tree`)).body.executions).toHaveLength(2);
    expect((await ask("GET", `/pipeline_execution/${orphan!.id}/tree`)).body).toMatchObject({ root: orphan!.id });
    await watcher.database.query(
      "UPDATE pipeline_execution SET end_date = now(), completed_successfully = true WHERE pipeline_id = $1",
      [day.idle],
    );
  });
});

describe("GET /pipeline/{id}/history", () => {
  test("has the limits that the check records, where there are enough executions of the hour", async ({
    ask,
    watcher,
  }) => {
    const { id } = (await ask("POST", "/pipeline", { name: "measured", pipeline_type_name: "t" })).body;
    const rule = { pipeline_id: id, metric_field: "duration_seconds", minimum_executions: 5, lookback_days: 9 };
    await ask("POST", "/anomaly_detection_rule", rule);
    // The last one is the stray; the first is older than the lookback, and the one of day 8 is flagged.
    await watcher.database.query(
      `INSERT INTO pipeline_execution (pipeline_id, start_date, date_recorded, hour_recorded, end_date, duration_seconds,
        completed_successfully, anomaly_flags)
      SELECT $1, start, start::date, extract(hour FROM start AT TIME ZONE 'UTC'), start + interval '1 hour',
        CASE WHEN ago IN (0, 8, 11) THEN 9000 ELSE 3600 + ago * 7 END, true,
        CASE WHEN ago = 8 THEN '{"duration_seconds": true}'::jsonb END
      FROM generate_series(11, 0, -1) AS ago CROSS JOIN LATERAL (SELECT date_trunc('hour', now()) - interval '90 minutes' - ago * interval '1 day 1 second' AS start) AS s`,
      [id],
    );
    await watcher.database.query(
      "INSERT INTO anomaly_check (pipeline_execution_id) SELECT max(id) FROM pipeline_execution WHERE pipeline_id = $1",
      [id],
    );
    const { detectAnomalies } = await import("../src/services/anomaly-detection.ts");
    expect((await detectAnomalies(watcher.database, [])).flagged).toBe(1);

    const { body } = await ask("GET", `/pipeline/${id}/history?metric=duration_seconds`);
    expect(body.rule).toMatchObject({ z_threshold: 3, minimum_executions: 5 });
    expect(body.data).toHaveLength(12);
    const [recorded] = (await ask("GET", `/anomaly_detection_result?pipeline_id=${id}`)).body.data;
    const stray = body.data.at(-1);
    expect(stray).toMatchObject({ value: 9000, anomalous: true });
    expect(stray.lowest).toBeCloseTo(recorded.threshold_min_value, 3);
    expect(stray.highest).toBeCloseTo(recorded.threshold_max_value, 3);
    expect(body.data.slice(0, 5).map(({ highest }: { highest: number | null }) => highest)).toEqual(
      Array(5).fill(null),
    );
    expect(body.data.filter(({ anomalous }: { anomalous: boolean }) => anomalous)).toHaveLength(2);

    const unruled = await ask("GET", `/pipeline/${id}/history?metric=inserts&limit=3`);
    expect(unruled.body).toMatchObject({ rule: null, data: [{ value: null, highest: null }, {}, {}] });
    expect((await ask("GET", `/pipeline/${id}/history`)).status).toBe(422);
    expect((await ask("GET", "/pipeline/999999/history?metric=inserts")).status).toBe(404);
  });
});

describe("lineage", () => {
  test("of a pipeline and of everything", async ({ ask }) => {
    const address = (name: string) => ({ name, address_type_name: "table", address_type_group_name: "g" });
    const link = async (name: string, source: string, target: string) => {
      const { id } = (await ask("POST", "/pipeline", { name, pipeline_type_name: "t" })).body;
      await ask("POST", "/address_lineage", {
        pipeline_id: id,
        source_addresses: [address(source)],
        target_addresses: [address(target)],
      });
      return id as number;
    };
    await link("one", "a", "b");
    const two = await link("two", "b", "c");
    await link("back", "c", "a");
    await link("apart", "x", "y");
    const writers = (body: { edges: { pipeline_name: string }[] }) =>
      body.edges.map((edge) => edge.pipeline_name).toSorted();
    expect(writers((await ask("GET", `/pipeline/${two}/lineage`)).body)).toEqual(["back", "one", "two"]);
    expect((await ask("GET", "/pipeline/999999/lineage")).body).toEqual({ nodes: [], edges: [] });
    const all = (await ask("GET", "/lineage-graph/all")).body;
    expect(writers(all)).toEqual(["apart", "back", "one", "two"]);
    expect(all).toMatchObject({ truncated: false });
    expect((await ask("GET", "/lineage-graph/all?limit=1")).body).toMatchObject({
      edges: [{ pipeline_name: "apart" }],
      truncated: true,
    });
  });
});

test("GET /reporting/daily-totals adds the pipelines of a day up", async ({ ask, watcher }) => {
  for (const name of ["good", "bad"]) await ask("POST", "/pipeline", { name, pipeline_type_name: "reported" });
  await watcher.database.query(
    `INSERT INTO pipeline_execution (pipeline_id, start_date, date_recorded, hour_recorded, end_date, completed_successfully, total_rows)
    SELECT id, at, at::date, 0, at + interval '1 minute', name = 'good', 10
    FROM pipeline CROSS JOIN generate_series(5, 6) AS ago
    CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE 'UTC')::date - ago + time '01:00' AS at) AS moment
    WHERE name IN ('good', 'bad')`,
  );
  await ask("POST", "/reporting/refresh");
  const totals = async (query: string) => (await ask("GET", `/reporting/daily-totals${query}`)).body;
  const day = { total_executions: 2, failed_executions: 1, daily_total_rows: 20 };
  expect(await totals("?pipeline_type_name=reported&pipeline_name=")).toMatchObject([day, day]);
  expect(await totals("?pipeline_type_name=reported&days=5")).toMatchObject([day]);
  expect(await totals("?pipeline_name=good&days=5")).toMatchObject([{ total_executions: 1, failed_executions: 0 }]);
});
