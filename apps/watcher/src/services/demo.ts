import type { Database } from "../store/database.ts";
import { detectAnomalies } from "./anomaly-detection.ts";
import type { AddressInput } from "./addresses.ts";
import { demoPipelines, type DemoPipeline } from "./demo-pipelines.ts";
import { checkFreshness } from "./freshness.ts";
import { replaceLineage } from "./lineage.ts";
import { getOrCreatePipeline } from "./pipelines.ts";
import { refreshReport } from "./reports.ts";
import { Refusal } from "./refusal.ts";
import { checkTimeliness } from "./timeliness.ts";

/** Fills a database with a month that looks lived in. Refuses one in which these pipelines have run already. */
export async function fillWithDemo(database: Database): Promise<{ pipelines: number; executions: number }> {
  const ids = new Map<string, number>();
  for (const demo of demoPipelines) ids.set(demo.name, await createPipeline(database, demo));
  const [found] = await database.query(
    "SELECT FROM pipeline_execution WHERE pipeline_id IN (SELECT value::integer FROM jsonb_array_elements_text($1::jsonb)) LIMIT 1",
    [JSON.stringify([...ids.values()])],
  );
  if (found !== undefined) throw new Refusal("conflict", "DEMO_EXISTS", "The demo's pipelines have run here already.");

  const [inserted] = await database.query<{ count: number }>(insertRuns, [JSON.stringify(runs(ids, Date.now()))]);
  await database.query(touchPipelines);
  // A month has thirty of each hour at most.
  await database.query(
    "UPDATE anomaly_detection_rule SET minimum_executions = 10 WHERE pipeline_id IN (SELECT value::integer FROM jsonb_array_elements_text($1::jsonb))",
    [JSON.stringify([...ids.values()])],
  );
  await detectAnomalies(database, []);
  await checkFreshness(database, []);
  await checkTimeliness(database, 24 * 60, []);
  await refreshReport(database);
  return { pipelines: demoPipelines.length, executions: inserted?.count ?? 0 };
}

async function createPipeline(database: Database, demo: DemoPipeline): Promise<number> {
  const { name, type, owner, sources, targets, everyHours, minutes, rows, failures, parent, ...limits } = demo;
  const input = { name, pipeline_type_name: type, pipeline_metadata: { owner }, next_watermark: "0", ...limits };
  const { pipeline } = await getOrCreatePipeline(database, input, { anomalyRules: true });
  await replaceLineage(database, {
    pipeline_id: String(pipeline.id),
    source_addresses: sources.map(address),
    target_addresses: targets.map(address),
  });
  return pipeline.id;
}

function address(name: string): AddressInput {
  const isLake = name.startsWith("lake.");
  return {
    name,
    address_type_name: isLake ? "iceberg" : name.startsWith("warehouse.") ? "snowflake" : "postgres",
    address_type_group_name: isLake ? "lake" : "database",
  };
}

interface Run {
  readonly number: number;
  readonly parent: number | null;
  readonly pipeline_id: number;
  readonly start: string;
  readonly end: string | null;
  readonly ok: boolean | null;
  readonly rows: number | null;
  /** The moments from which and up to which it read its sources. */
  readonly from: string;
  readonly to: string;
}

const day = 86_400_000;
const hour = 3_600_000;

function runs(ids: ReadonlyMap<string, number>, now: number): Run[] {
  const random = generator(42);
  const made: Run[] = [];
  const parents = new Map<string, number>();
  for (const { name, everyHours, minutes, rows, failures, parent } of demoPipelines) {
    const first = Math.floor((now - 30 * day) / day) * day + (everyHours === 24 ? 2 * hour : 0);
    for (let due = first; due < now; due += everyHours * hour) {
      const start = due + random() * 90_000;
      const event = eventOf(name, Math.floor((now - due) / hour));
      const strange = random() < 0.004 || event === "strange";
      const length = minutes * 60_000 * (0.8 + random() * 0.4) * (strange ? 4 : 1);
      const ok = random() * 1000 >= failures ? event !== "failed" : event === "strange";
      const running = start + length > now || event === "hanging";
      // People buy less at night and more at the end of the week.
      const season = 1 + 0.3 * Math.sin(((due % day) / day) * 2 * Math.PI) + (new Date(due).getUTCDay() >= 5 ? 0.2 : 0);
      const at = new Date(due).toISOString();
      const from = new Date(due - everyHours * hour).toISOString();
      if (start >= now) continue;
      made.push({
        number: made.length,
        parent: parent === undefined ? null : (parents.get(`${parent} ${at}`) ?? null),
        pipeline_id: ids.get(name) as number,
        start: new Date(start).toISOString(),
        end: running ? null : new Date(start + length).toISOString(),
        ok: running ? null : ok,
        rows: running || !ok ? null : Math.round(rows * season * (0.9 + random() * 0.2) * (strange ? 0.1 : 1)),
        from,
        to: at,
      });
      parents.set(`${name} ${at}`, made.length - 1);
    }
  }
  return made;
}

/** What happened on the last day for certain, so that there is something to see. */
function eventOf(name: string, hoursAgo: number): "strange" | "failed" | "hanging" | undefined {
  if (name === "ingest orders" && hoursAgo === 20) return "strange";
  if (name === "marketing attribution" && hoursAgo < 24) return "failed";
  if (name === "ingest web events" && hoursAgo === 9) return "failed";
  if (name === "ingest payments" && (hoursAgo === 2 || hoursAgo === 3)) return "hanging";
  return undefined;
}

/** The same numbers for everybody: mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const insertRuns = `
  WITH run AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('pipeline_execution', 'id')) AS id, run.*
    FROM (
      SELECT * FROM jsonb_to_recordset($1::jsonb) AS run (
        number integer, parent integer, pipeline_id integer, start timestamptz, "end" timestamptz, ok boolean, rows integer,
        "from" text, "to" text
      ) ORDER BY start
    ) AS run
  ), inserted AS (
    INSERT INTO pipeline_execution (id, parent_id, pipeline_id, start_date, date_recorded, hour_recorded, end_date,
      duration_seconds, completed_successfully, inserts, updates, soft_deletes, total_rows, throughput,
      watermark, next_watermark, execution_metadata)
    SELECT run.id, parent.id, run.pipeline_id, run.start, (run.start AT TIME ZONE 'UTC')::date,
      extract(hour FROM run.start AT TIME ZONE 'UTC'), run.end, round(extract(epoch FROM run.end - run.start)), run.ok,
      round(run.rows * 0.8), round(run.rows * 0.2), 0, run.rows,
      run.rows / nullif(round(extract(epoch FROM run.end - run.start)), 0), run.from, run.to,
      CASE WHEN NOT run.ok THEN jsonb_build_object('error', 'connection to the source was lost') END
    FROM run LEFT JOIN run AS parent ON parent.number = run.parent
    RETURNING id, pipeline_id, completed_successfully, end_date
  ), queued AS (
    INSERT INTO anomaly_check (pipeline_execution_id)
    SELECT id FROM inserted WHERE completed_successfully AND end_date > now() - interval '3 days'
  )
  SELECT count(*) FROM inserted`;

const touchPipelines = `
  UPDATE pipeline SET
    watermark = last.next_watermark, next_watermark = last.next_watermark, load_lineage = false,
    last_target_insert = last.end_date, last_target_update = last.end_date
  FROM (
    SELECT DISTINCT ON (pipeline_id) pipeline_id, next_watermark, end_date FROM pipeline_execution
    WHERE completed_successfully ORDER BY pipeline_id, end_date DESC
  ) AS last
  WHERE last.pipeline_id = pipeline.id`;
