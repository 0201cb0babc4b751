import { Limbeck } from "limbeck";
import { expect, test as base, type Sql } from "testkit";
import { describe } from "vitest";

const config = new URL("../limbeck.config.ts", import.meta.url).pathname;

const test = base.extend("limbeck", async ({ databaseUrl }, { onCleanup }) => {
  const limbeck = await Limbeck.open({ config, url: databaseUrl });
  onCleanup(() => limbeck.close());
  return limbeck;
});

const [initial, second, third] = ["20250909185058", "20250927222116", "20251021195850"] as const;
const [graph, indexes, measures, alerts, report] = [
  "20261122154711",
  "20261122154714",
  "20261122154716",
  "20261122154719",
  "20261122154722",
] as const;

/** Everything that a revision can change, as lines of text. limbeck's own records are left out. */
async function catalog(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }>(`
    SELECT concat_ws(' ', 'column', table_name, column_name, udt_name, character_maximum_length, numeric_precision,
      numeric_scale, is_nullable, column_default) AS line
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'limbeck_history'
    UNION ALL
    SELECT concat_ws(' ', 'index', indexdef) FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'limbeck_history'
    UNION ALL
    SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'limbeck_history'
    UNION ALL
    SELECT concat_ws(' ', 'enum', enumtypid::regtype, enumsortorder, enumlabel) FROM pg_enum
    UNION ALL
    SELECT concat_ws(' ', 'sequence', sequencename, data_type) FROM pg_sequences WHERE sequencename NOT LIKE 'limbeck%'
    ORDER BY line`);
  return rows.map(({ line }) => line);
}

async function counts(sql: Sql) {
  const lines = (await catalog(sql)).filter((line) => !line.includes("alembic_version"));
  const columns = lines.filter((line) => line.startsWith("column"));
  return {
    tables: new Set(columns.map((line) => line.split(" ")[1])).size,
    columns: columns.length,
    indexes: lines.filter((line) => line.startsWith("index")).length,
  };
}

describe("the chain", () => {
  test("has the tables, columns and indexes of the original's own history", async ({ limbeck, sql }) => {
    await limbeck.upgrade(initial);
    expect(await counts(sql)).toMatchObject({ tables: 8, columns: 66 });
    await limbeck.upgrade(second);
    expect(await counts(sql)).toMatchObject({ tables: 11, columns: 106 });
    await limbeck.upgrade(third);
    // With the version table's own: 113 columns and 32 indexes.
    expect(await counts(sql)).toEqual({ tables: 12, columns: 112, indexes: 31 });
  });

  test("ends in the target schema, to the letter", async ({ limbeck }) => {
    await limbeck.upgrade("head");
    expect(await limbeck.check()).toMatchObject({ ok: true, drift: { ok: true, differences: [] } });
  });

  test("each downgrade leaves what was there before the upgrade, to the letter", async ({ limbeck, sql }) => {
    const chain = [initial, second, third, graph, indexes, measures, alerts, report];
    const before = [];
    for (const revision of chain) {
      before.push(await catalog(sql));
      await limbeck.upgrade(revision);
    }
    const head = await catalog(sql);
    for (const [index] of [...chain.entries()].toReversed()) {
      await limbeck.downgrade(chain[index - 1] ?? "base");
      expect(withoutVersionTable(await catalog(sql))).toEqual(withoutVersionTable(before[index] ?? []));
    }
    await limbeck.upgrade("head");
    expect(await catalog(sql)).toEqual(head);
  });

  test("there, one back and there again is there", async ({ limbeck, sql }) => {
    await limbeck.upgrade("head");
    const head = await catalog(sql);
    await limbeck.downgrade("-1");
    await limbeck.upgrade("head");
    expect(await catalog(sql)).toEqual(head);
  });

  const withoutVersionTable = (lines: readonly string[]) => lines.filter((line) => !line.includes("alembic_version"));
});

describe("data", () => {
  test("goes up with its meaning", async ({ limbeck, sql }) => {
    await limbeck.upgrade(initial);
    await sql(oldData);
    await limbeck.upgrade(third);

    expect(
      await sql(
        "SELECT pipeline_metadata, freshness_number, freshness_datepart, mute_freshness_check, input_hash FROM pipeline",
      ),
    ).toEqual([
      {
        pipeline_metadata: { a: 1 },
        freshness_number: 3,
        freshness_datepart: "HOUR",
        mute_freshness_check: true,
        input_hash: "",
      },
    ]);
    expect(await sql("SELECT id, address_metadata FROM address WHERE address_metadata IS NOT NULL")).toEqual([
      { id: 2, address_metadata: { deprecated: true } },
    ]);
    expect(
      await sql(
        "SELECT source_address_id || '-' || target_address_id AS pair, lineage_path FROM address_lineage_closure ORDER BY 1",
      ),
    ).toEqual([
      { pair: "1-1", lineage_path: [1] },
      { pair: "1-2", lineage_path: [1, 2] },
      { pair: "1-3", lineage_path: [1, 2, 3] },
      { pair: "1-4", lineage_path: [1, 2, 3, 4] },
      { pair: "2-3", lineage_path: [2, 3] },
      { pair: "2-4", lineage_path: [2, 3, 4] },
      { pair: "3-4", lineage_path: [3, 4] },
    ]);
    expect(
      await sql(`SELECT parent_id, date_recorded::text, hour_recorded, completed_successfully, execution_metadata, end_date > start_date AS in_order
        FROM pipeline_execution ORDER BY id`),
    ).toEqual([
      {
        parent_id: null,
        date_recorded: "2025-01-02",
        hour_recorded: 4,
        completed_successfully: true,
        execution_metadata: { full_load: true },
        in_order: true,
      },
      {
        parent_id: null,
        date_recorded: "2025-01-01",
        hour_recorded: 23,
        completed_successfully: null,
        execution_metadata: null,
        in_order: null,
      },
      {
        parent_id: 1,
        date_recorded: "2025-01-01",
        hour_recorded: 23,
        completed_successfully: true,
        execution_metadata: { full_load: false },
        in_order: true,
      },
    ]);
    expect(
      await sql(
        "SELECT execution_status, timely_number, timely_datepart, used_child_config FROM timeliness_pipeline_execution_log",
      ),
    ).toEqual([
      { execution_status: "completed", timely_number: 31, timely_datepart: "MINUTE", used_child_config: false },
    ]);
  });

  test("comes down with what the older schema has room for", async ({ limbeck, sql }) => {
    await limbeck.upgrade(initial);
    await sql(oldData);
    await limbeck.upgrade(third);
    await limbeck.downgrade(initial);

    expect(await sql("SELECT name, group_name FROM pipeline_type")).toEqual([{ name: "t", group_name: "t" }]);
    expect(
      await sql("SELECT pipeline_args, timely_number, timely_datepart, mute_timely_check, load_lineage FROM pipeline"),
    ).toEqual([
      {
        pipeline_args: { a: 1 },
        timely_number: 3,
        timely_datepart: "HOUR",
        mute_timely_check: true,
        load_lineage: true,
      },
    ]);
    expect(await sql("SELECT id FROM address WHERE deprecated")).toEqual([{ id: 2 }]);
    expect(await sql("SELECT full_load, completed_successfully FROM pipeline_execution ORDER BY id")).toEqual([
      { full_load: true, completed_successfully: true },
      { full_load: null, completed_successfully: false },
      { full_load: false, completed_successfully: true },
    ]);
    expect(await sql("SELECT count(*)::int FROM address_lineage_closure")).toEqual([{ count: 7 }]);
    expect(await sql("SELECT id, pipeline_execution_id FROM timeliness_pipeline_execution_log")).toEqual([
      { id: "1", pipeline_execution_id: 1 },
    ]);
  });

  test("a longer path beside a shorter one gives way when the key loses the distance", async ({ limbeck, sql }) => {
    await limbeck.upgrade(third);
    await sql(`
      INSERT INTO address_type (name, group_name) VALUES ('t', 'g');
      INSERT INTO address (name, address_type_id, input_hash) SELECT 'a' || n, 1, '' FROM generate_series(1, 3) AS n;
      INSERT INTO address_lineage_closure VALUES (1, 3, 1, '{1,3}'), (1, 3, 2, '{1,2,3}');`);
    await limbeck.downgrade("-1");
    expect(await sql("SELECT depth FROM address_lineage_closure")).toEqual([{ depth: 1 }]);
  });
});

describe("lineage and hierarchy without closure tables", () => {
  const edges = (pipelines: string) => `
    INSERT INTO pipeline_type (name) VALUES ('t');
    INSERT INTO pipeline (name, pipeline_type_id, input_hash) SELECT 'p' || n, 1, '' FROM generate_series(1, 2) AS n;
    INSERT INTO address_type (name, group_name) VALUES ('t', 'g');
    INSERT INTO address (name, address_type_id, input_hash) SELECT 'a' || n, 1, '' FROM generate_series(1, 4) AS n;
    INSERT INTO address_lineage (pipeline_id, source_address_id, target_address_id) VALUES ${pipelines};`;

  test("come down to closure tables that say the same", async ({ limbeck, sql }) => {
    await limbeck.upgrade("head");
    // A diamond, a cycle, and a pair that two pipelines write.
    await sql(edges("(1,1,2), (1,1,3), (1,2,4), (1,3,4), (1,4,1), (2,1,2)"));
    await sql(`INSERT INTO pipeline_execution (pipeline_id, parent_id, start_date, date_recorded, hour_recorded)
      SELECT 1, parent, now(), now(), 1 FROM (VALUES (NULL::int), (1), (2), (NULL)) AS given (parent)`);
    await limbeck.downgrade(third);
    const paths =
      "SELECT source_address_id || '-' || target_address_id || ':' || depth AS path FROM address_lineage_closure";
    const found = (await sql<{ path: string }>(`${paths} WHERE source_address_id = 1 ORDER BY 1`)).map(
      ({ path }) => path,
    );
    expect(found).toEqual(["1-1:0", "1-2:1", "1-3:1", "1-4:2"]);
    expect(await sql("SELECT count(*)::int FROM address_lineage")).toEqual([{ count: 5 }]);
    const closure =
      "SELECT parent_execution_id || '-' || child_execution_id AS pair FROM pipeline_execution_closure ORDER BY 1";
    expect((await sql<{ pair: string }>(closure)).map(({ pair }) => pair)).toEqual([
      "1-1",
      "1-2",
      "1-3",
      "2-2",
      "2-3",
      "3-3",
    ]);
    await limbeck.upgrade("head");
    expect(await limbeck.check()).toMatchObject({ ok: true });
  });

  test("replace the views that the original makes whenever it starts", async ({ limbeck, sql }) => {
    await limbeck.upgrade(third);
    await sql(`CREATE MATERIALIZED VIEW lineage_graph_report AS SELECT * FROM address_lineage_closure;
      CREATE MATERIALIZED VIEW daily_pipeline_report AS SELECT date_recorded FROM pipeline_execution`);
    await limbeck.upgrade("head");
    expect(await limbeck.check()).toMatchObject({ ok: true });
  });

  test("large measures come down as nothing, and JSON nulls go up as SQL's", async ({ limbeck, sql }) => {
    await limbeck.upgrade(indexes);
    await sql(edges("(1,1,2)"));
    await sql("UPDATE pipeline SET pipeline_metadata = 'null'");
    await limbeck.upgrade("head");
    expect(await sql("SELECT count(*)::int FROM pipeline WHERE pipeline_metadata IS NULL")).toEqual([{ count: 2 }]);
    await sql(`INSERT INTO pipeline_execution (pipeline_id, start_date, date_recorded, hour_recorded, throughput)
      VALUES (1, now(), now(), 1, 2000000000), (1, now(), now(), 1, 5)`);
    await limbeck.downgrade(indexes);
    expect(await sql("SELECT throughput FROM pipeline_execution ORDER BY id")).toEqual([
      { throughput: null },
      { throughput: "5.0000" },
    ]);
  });
});

/** Rows of the first schema; the last of the closure is of a lineage that has been replaced since. */
const oldData = `
  INSERT INTO pipeline_type (name, group_name) VALUES ('t', 'g');
  INSERT INTO pipeline (name, pipeline_type_id, pipeline_args, timely_number, timely_datepart, mute_timely_check, load_lineage)
    VALUES ('p', 1, '{"a": 1}', 3, 'HOUR', true, true);
  INSERT INTO address_type (name, group_name) VALUES ('t', 'database');
  INSERT INTO address (name, address_type_id, deprecated) SELECT 'a' || n, 1, n = 2 FROM generate_series(1, 5) AS n;
  INSERT INTO address_lineage_closure
    VALUES (1, 1, 0), (1, 2, 1), (2, 3, 1), (1, 3, 2), (3, 4, 1), (1, 4, 3), (2, 4, 2), (5, 1, 4);
  INSERT INTO pipeline_execution (pipeline_id, start_date, end_date, completed_successfully, full_load, parent_id) VALUES
    (1, '2025-01-01 23:30-05', '2025-01-02 05:00Z', true, true, 1),
    (1, '2025-01-01 23:30Z', NULL, false, NULL, NULL),
    (1, '2025-01-01 23:30Z', '2025-01-01 23:30Z', true, false, 1);
  INSERT INTO timeliness_pipeline_execution_log (pipeline_execution_id, pipeline_id, duration_seconds, seconds_threshold)
    VALUES (1, 1, 2000, 1801);`;
