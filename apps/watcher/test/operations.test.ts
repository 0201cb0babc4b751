import { describe } from "vitest";
import { createToken, revokeToken } from "../src/services/access.ts";
import { fillWithDemo } from "../src/services/demo.ts";
import { asking, expect, openWatcher, test as base, type Ask } from "./watcher.ts";

const test = base.extend("pipeline", async ({ ask }): Promise<number> => {
  return (await ask("POST", "/pipeline", { name: "p", pipeline_type_name: "t" })).body.id;
});

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

async function execute(ask: Ask, body: object, counts: object = {}): Promise<number> {
  const { body: started } = await ask("POST", "/start_pipeline_execution", body);
  const start = Date.parse((await ask("GET", `/pipeline_execution/${started.id}`)).body.start_date);
  const end_date = new Date(start + 10_000).toISOString();
  await ask("POST", "/end_pipeline_execution", { id: started.id, end_date, completed_successfully: true, ...counts });
  return started.id;
}

describe("POST /log_cleanup", () => {
  test("deletes what is older, by date, with all that belongs to it", async ({ ask, sql, pipeline }) => {
    await ask("POST", "/anomaly_detection_rule", { pipeline_id: pipeline, metric_field: "inserts" });
    const late = await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(50) });
    const old = await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(200) });
    const child = await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(199), parent_id: old });
    const young = await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(10), parent_id: old });
    await sql(`
      INSERT INTO anomaly_detection_result (pipeline_execution_id, rule_id) VALUES (${old}, 1), (${young}, 1);
      INSERT INTO timeliness_pipeline_execution_log (pipeline_execution_id, pipeline_id, duration_seconds, seconds_threshold,
        execution_status, timely_number, timely_datepart, used_child_config)
        VALUES (${child}, ${pipeline}, 1, 1, 'completed', 1, 'DAY', true);
      INSERT INTO freshness_pipeline_log (pipeline_id, last_dml_timestamp, freshness_number, freshness_datepart, used_child_config)
        VALUES (${pipeline}, now() - interval '200 days', 1, 'DAY', true), (${pipeline}, now(), 1, 'DAY', true);
      INSERT INTO alert (kind, subject, level, summary, pipeline_execution_id)
        VALUES ('anomaly', 'a', 'warning', 's', ${old}), ('anomaly', 'b', 'warning', 's', ${young})`);
    expect(await ask("POST", "/log_cleanup", { retention_days: 90, batch_size: 1 })).toMatchObject({
      status: 200,
      body: {
        total_pipeline_executions_deleted: 2,
        total_timeliness_pipeline_execution_logs_deleted: 1,
        total_anomaly_detection_results_deleted: 1,
        total_pipeline_execution_closure_parent_deleted: 0,
        total_pipeline_execution_closure_child_deleted: 0,
        total_freshness_pipeline_logs_deleted: 1,
      },
    });
    const left = (await ask("GET", "/pipeline_execution")).body.data;
    expect(left.map(({ id, parent_id: parent }: { id: number; parent_id: number }) => [id, parent])).toEqual([
      [young, null],
      [late, null],
    ]);
    expect(await sql("SELECT subject FROM alert")).toEqual([{ subject: "b" }]);
    expect(await ask("POST", "/log_cleanup", { retention_days: 2 ** 31 - 1 })).toMatchObject({ status: 200 });
  });

  test.for([{}, { retention_days: 89 }, { retention_days: 90, batch_size: 0 }, { retention_days: 2 ** 31 }])(
    "%j is refused",
    async (body, { ask }) => {
      expect(await ask("POST", "/log_cleanup", body)).toMatchObject({ status: 422 });
    },
  );
});

describe("the daily report", () => {
  test("sums up the days before today, newest first", async ({ ask, pipeline }) => {
    const other = (await ask("POST", "/pipeline", { name: "q", pipeline_type_name: "u" })).body.id;
    await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(1) }, { inserts: 5, total_rows: 25 });
    await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(1) }, { completed_successfully: false });
    await execute(ask, { pipeline_id: other, start_date: daysAgo(2) });
    await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(0) });
    await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(40) });
    expect(await ask("POST", "/reporting/refresh")).toMatchObject({ status: 200, body: { status: "success" } });

    const { body } = await ask("GET", "/reporting/daily-pipeline-metrics?page_size=1");
    expect(body).toEqual({
      data: [
        {
          date_recorded: daysAgo(1).slice(0, 10),
          pipeline_name: "p",
          pipeline_type_name: "t",
          total_executions: 2,
          failed_executions: 1,
          error_percentage: 50,
          daily_inserts: 5,
          daily_updates: 0,
          daily_soft_deletes: 0,
          daily_total_rows: 25,
          avg_duration_seconds: 10,
          daily_throughput: 1.25,
        },
      ],
      pagination: { page: 1, page_size: 1, total_records: 2, total_pages: 2, has_next: true, has_prev: false },
    });
    const names = async (query: string) =>
      (await ask("GET", `/reporting/daily-pipeline-metrics?${query}`)).body.data.map(
        (row: { pipeline_name: string }) => row.pipeline_name,
      );
    expect(await names("page=2&page_size=1")).toEqual(["q"]);
    expect(await names("days=1")).toEqual(["p"]);
    expect(await names("pipeline_name=q")).toEqual(["q"]);
    expect(await names("pipeline_type_name=t&pipeline_name=")).toEqual(["p"]);
    expect((await ask("GET", "/reporting/pipeline-names")).body).toEqual({ pipeline_names: ["p", "q"] });
    expect((await ask("GET", "/reporting/pipeline-names?pipeline_type_name=u")).body).toEqual({
      pipeline_names: ["q"],
    });
    expect((await ask("GET", "/reporting/pipeline-type-names")).body).toEqual({ pipeline_type_names: ["t", "u"] });
  });

  test.for(["page=0", "page=x", "page_size=1001", "days=31", "days=0", "pipeline_name=%00"])(
    "%s is refused",
    async (query, { ask }) => {
      const { status, body } = await ask("GET", `/reporting/daily-pipeline-metrics?${query}`);
      expect({ status, body }).toMatchObject({
        status: 422,
        body: { detail: [{ loc: ["query", query.split("=")[0]] }] },
      });
    },
  );
});

describe("lists", () => {
  test("page through executions by filters", async ({ ask, sql, pipeline }) => {
    const other = (await ask("POST", "/pipeline", { name: "q", pipeline_type_name: "t" })).body.id;
    const ids: number[] = [];
    for (let index = 0; index < 7; index++)
      ids.push(await execute(ask, { pipeline_id: pipeline, start_date: daysAgo(index) }));
    const { body: running } = await ask("POST", "/start_pipeline_execution", { pipeline_id: other, parent_id: ids[0] });
    await sql("UPDATE pipeline_execution SET completed_successfully = false WHERE id = $1", [ids[1]]);
    await sql(`UPDATE pipeline_execution SET anomaly_flags = '{"inserts": true}' WHERE id = $1`, [ids[2]]);

    const list = async (query: string): Promise<number[]> =>
      (await ask("GET", `/pipeline_execution?${query}`)).body.data.map(({ id }: { id: number }) => id);
    expect(await list("")).toEqual([running.id, ...ids.toReversed()]);
    expect(await list("status=running")).toEqual([running.id]);
    expect(await list("status=failed")).toEqual([ids[1]]);
    expect(await list(`status=succeeded&pipeline_id=${pipeline}`)).toHaveLength(6);
    expect(await list("anomalous=true")).toEqual([ids[2]]);
    expect(await list(`parent_id=${ids[0]}`)).toEqual([running.id]);
    expect(await list(`started_from=${daysAgo(2.5)}&started_before=${daysAgo(0.5)}`)).toEqual([ids[2], ids[1]]);

    const seen: number[] = [];
    let cursor = "";
    for (;;) {
      const { body } = await ask("GET", `/pipeline_execution?limit=3${cursor}`);
      seen.push(...body.data.map(({ id }: { id: number }) => id));
      if (body.next_cursor === null) break;
      cursor = `&cursor=${body.next_cursor}`;
    }
    expect(seen).toEqual([running.id, ...ids.toReversed()]);
    for (const query of ["limit=0", "limit=1001", "cursor=x", "status=lost", "started_from=soon"]) {
      expect(await ask("GET", `/pipeline_execution?${query}`)).toMatchObject({ status: 422 });
    }
  });

  test("page through anomalies, whose order is of two ids", async ({ ask, sql, pipeline }) => {
    for (const metric of ["inserts", "updates", "total_rows"]) {
      await ask("POST", "/anomaly_detection_rule", { pipeline_id: pipeline, metric_field: metric });
    }
    for (let index = 0; index < 3; index++) await execute(ask, { pipeline_id: pipeline });
    await sql(`INSERT INTO anomaly_detection_result (pipeline_execution_id, rule_id)
      SELECT e.id, r.id FROM pipeline_execution AS e CROSS JOIN anomaly_detection_rule AS r`);
    const all = (await ask("GET", "/anomaly_detection_result")).body.data;
    expect(all).toHaveLength(9);
    const seen = [];
    let cursor = "";
    for (;;) {
      const { body } = await ask("GET", `/anomaly_detection_result?limit=2${cursor}`);
      seen.push(...body.data);
      if (body.next_cursor === null) break;
      cursor = `&cursor=${body.next_cursor}`;
    }
    expect(seen).toEqual(all);
    expect(await ask("GET", "/anomaly_detection_result?cursor=5")).toMatchObject({ status: 422 });
  });

  test("search pipelines", async ({ ask }) => {
    for (const name of ["orders daily", "orders hourly", "customers"]) {
      await ask("POST", "/pipeline", { name, pipeline_type_name: "t" });
    }
    const names = async (query: string) =>
      (await ask("GET", `/pipeline?${query}`)).body.map(({ name }: { name: string }) => name);
    expect(await names("search=ORDERS")).toEqual(["orders daily", "orders hourly"]);
    expect(await names("limit=1&after=1")).toEqual(["orders hourly"]);
    expect(await names("active=false")).toEqual([]);
  });
});

describe("access", () => {
  test("needs a token that allows what is asked", async ({ databaseUrl, watcher: { database } }) => {
    const guarded = await openWatcher(databaseUrl, { tokens: true, corsOrigins: ["https://ui.example.com"] });
    const askGuarded = asking(guarded.app);
    const tokens = {
      read: await createToken(database, "reader", "read"),
      write: await createToken(database, "writer", "write"),
      admin: await createToken(database, "boss", "admin"),
    };
    const status = async (method: "GET" | "POST", url: string, token?: string, body?: object) =>
      (await askGuarded(method, url, body, token === undefined ? {} : { authorization: `Bearer ${token}` })).status;

    for (const url of ["/", "/health", "/ready", "/openapi.json", "/scalar/"])
      expect(await status("GET", url)).toBe(200);
    expect(await status("GET", "/nowhere")).toBe(404);
    expect(await status("GET", "/pipeline")).toBe(401);
    expect(await status("GET", "/pipeline", "watcher_wrong")).toBe(401);
    expect(await status("GET", "/pipeline", tokens.read)).toBe(200);
    const body = { name: "p", pipeline_type_name: "t" };
    expect(await status("POST", "/pipeline", tokens.read, body)).toBe(403);
    expect(await status("POST", "/pipeline", tokens.write, body)).toBe(201);
    expect(await status("POST", "/log_cleanup", tokens.write, { retention_days: 90 })).toBe(403);
    expect(await status("POST", "/log_cleanup", tokens.admin, { retention_days: 90 })).toBe(200);
    const refused = await askGuarded("GET", "/pipeline");
    expect(refused).toMatchObject({ body: { detail: "A bearer token is required", code: "UNAUTHENTICATED" } });
    expect(refused.headers["www-authenticate"]).toBe("Bearer");

    const preflight = { origin: "https://ui.example.com", "access-control-request-method": "POST" };
    const { headers } = await guarded.app.inject({ method: "OPTIONS", url: "/pipeline", headers: preflight });
    expect(headers["access-control-allow-origin"]).toBe("https://ui.example.com");
    await guarded.close();
  });

  test("a token is stored as a hash, and ends when it is revoked", async ({
    sql,
    databaseUrl,
    watcher: { database },
  }) => {
    const token = await createToken(database, "ci", "write");
    const [row] = await sql<{ id: number; token_hash: string }>("SELECT * FROM access_token");
    expect(JSON.stringify(row)).not.toContain(token.slice(8));
    expect(row!.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await revokeToken(database, row!.id)).toBe(true);
    expect(await revokeToken(database, row!.id)).toBe(false);
    const guarded = await openWatcher(databaseUrl, { tokens: true });
    const headers = { authorization: `Bearer ${token}` };
    expect(await guarded.app.inject({ url: "/pipeline", headers })).toMatchObject({ statusCode: 401 });
    await guarded.close();
  });

  test("too many requests and too large bodies are refused", async ({ databaseUrl }) => {
    const limited = await openWatcher(databaseUrl, { rateLimit: 3, bodyLimitBytes: 1024 });
    const askLimited = asking(limited.app);
    expect(await askLimited("POST", "/pipeline", { name: "x".repeat(2000) })).toMatchObject({ status: 413 });
    for (let index = 0; index < 2; index++) await askLimited("GET", "/pipeline");
    expect(await askLimited("GET", "/pipeline")).toMatchObject({
      status: 429,
      body: { code: "RATE_LIMITED", detail: expect.any(String) },
    });
    await limited.close();
  });

  test("every answer tells browsers to run nothing in it", async ({ ask }) => {
    const { headers } = await ask("GET", "/pipeline");
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
  });
});

describe("the description of the API", () => {
  test("has every route, with what it reads and answers", async ({ ask }) => {
    const { status, body } = await ask("GET", "/openapi.json");
    expect({ status, version: body.openapi }).toEqual({ status: 200, version: "3.1.0" });
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        "/pipeline",
        "/pipeline/{id}",
        "/lineage-graph/",
        "/anomaly_detection_rule",
        "/log_cleanup",
      ]),
    );
    const start = body.paths["/start_pipeline_execution"].post;
    expect(start.requestBody.content["application/json"].schema).toMatchObject({ required: ["pipeline_id"] });
    expect(Object.keys(start.responses)).toEqual(["201", "422", "default"]);
    expect(body.paths["/pipeline"]).not.toHaveProperty("delete");
  });

  test("can be browsed without anything from elsewhere", async ({ watcher: { app } }) => {
    for (const prefix of ["/scalar", "/docs"]) {
      const page = await app.inject(`${prefix}/`);
      expect(page).toMatchObject({ statusCode: 200 });
      expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect(await app.inject(`${prefix}/js/scalar.js`)).toMatchObject({ statusCode: 200 });
    }
  });

  test("the original's diagnostics are text in HTML", async ({ ask }) => {
    for (const kind of ["connection-performance", "schema-health", "performance", "redis", "celery"]) {
      expect(await ask("GET", `/diagnostics/${kind}`)).toMatchObject({
        status: 200,
        body: { status: "success", type: kind.replaceAll("-", "_"), output: expect.stringMatching(/^<pre>✓/) },
      });
    }
    expect(await ask("GET", "/diagnostics/other")).toMatchObject({ status: 422 });
  });
});

test("the demo fills a month, once", async ({ ask, watcher: { database } }) => {
  const { pipelines, executions } = await fillWithDemo(database);
  expect(pipelines).toBe(10);
  expect(executions).toBeGreaterThan(2000);
  expect((await ask("GET", "/reporting/daily-pipeline-metrics")).body.pagination.total_records).toBeGreaterThan(250);
  expect((await ask("GET", "/pipeline_execution?anomalous=true")).body.data.length).toBeGreaterThan(0);
  const { body: address } = await ask("GET", "/lineage-graph/addresses");
  expect(address.length).toBeGreaterThan(8);
  await expect(fillWithDemo(database)).rejects.toThrow("have run here already");
});
