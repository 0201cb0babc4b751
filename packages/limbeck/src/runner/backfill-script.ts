import type { Backfill } from "../operations/backfill.ts";
import { batchLimits, changedSql, MOST_PASSES, WALK_SETTINGS, walkSql } from "../operations/language/batch.ts";
import { dollarQuoted } from "../operations/language/dollar-quote.ts";
import { qualified } from "../operations/language/identifiers.ts";
import { keysetSql, wantedKey } from "../operations/language/keyset.ts";
import { quote } from "../operations/language/literals.ts";
import type { Template } from "../operations/language/template.ts";
import { fingerprintOf, noteStateSql, walkOf } from "./backfill-progress.ts";
import type { StepRecord } from "./history.ts";
import type { VersionTable } from "./version-table.ts";

/** How many rows the first batch has. */
const FIRST_ROWS = 500;

/**
 * The batches as one DO statement for psql, which commits after each (PostgreSQL manual, "Transaction Management" of
 * PL/pgSQL: allowed outside a transaction block), with the notes of a run: what is cut off, the next run goes on with. A
 * row that somebody holds is waited for in small helpings. `text`: the one statement that the batches come to.
 */
export function backfillScript(table: VersionTable, record: StepRecord, op: Backfill, text: string): string {
  const { where, batch } = op;
  const { timeMs, rows, pauseMs } = batchLimits(batch);
  const most = Number.isFinite(rows) ? rows : 1_000_000;
  const changing = qualified(op.schema, op.table);
  const settings = {
    row_security: "off",
    lock_timeout: `${Math.ceil(timeMs / 2)}ms`,
    ...Object.fromEntries(WALK_SETTINGS.map((name) => [name, "off"])),
  };
  const pause = pauseMs === undefined ? "took / 10" : `${pauseMs / 1000}`;
  const oncePerRow = where === undefined ? "true" : "again > 0";
  return `DO ${dollarQuoted(`
DECLARE
  keyset record;
  walk record;
  noted text[];
  behind_sql text;
  up_to_sql text;
  size bigint := ${Math.min(FIRST_ROWS, most)};
  done bigint := 0;
  seen bigint;
  changed bigint;
  still bigint;
  again bigint := 0;
  pass_changed bigint;
  changed_before bigint;
  began timestamptz;
  took double precision;
BEGIN
  ${keysetSql(walkOf(op))}
  INTO keyset;
  IF NOT FOUND THEN
    RAISE EXCEPTION '% has no index to walk along', ${quote(changing)} USING HINT = ${quote(`Create ${wantedKey(op.key)}.`)};
  END IF;
  FOR pass IN 1..${MOST_PASSES + 1} LOOP
    IF pass > ${MOST_PASSES} THEN
      RAISE EXCEPTION 'rows of % were still to be changed in pass %', ${quote(changing)}, pass - 1;
    END IF;
    behind_sql := 'true';
    seen := 0;
    pass_changed := 0;
    LOOP
${Object.entries(settings)
  .map(([name, value]) => `      PERFORM set_config(${quote(name)}, ${quote(value)}, true);`)
  .join("\n")}
      began := clock_timestamp();
      EXECUTE ${concatenated(walkSql(op))} INTO walk;
      up_to_sql := CASE WHEN walk."upTo" IS NULL THEN 'true' ELSE format(keyset."upTo", VARIADIC walk."upTo") END;
      changed := NULL;
      BEGIN
        EXECUTE ${concatenated(["WITH ", ...changedSql(op), " SELECT count(*), count(*) FILTER (WHERE still) FROM changed"])} INTO changed, still;
      EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
        size := greatest(size / 2, 1);
      END;
      IF changed IS NOT NULL THEN
        noted := walk."upTo";
        done := done + changed;
        pass_changed := pass_changed + changed;
        again := again + still;
        seen := seen + coalesce(walk.seen, 0);
        ${noteStateSql(table, record, stateAfterBatch(text))};
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the record of the running step is gone';
        END IF;
      END IF;
      COMMIT;
      took := extract(epoch FROM clock_timestamp() - began);
      IF changed IS NULL THEN
        PERFORM pg_sleep(0.1);
        CONTINUE;
      END IF;
      EXIT WHEN noted IS NULL;
      behind_sql := format(keyset.behind, VARIADIC noted);
      size := least(greatest((size * least(greatest(${timeMs / 1000} * 0.7 / took, 0.25), 2))::bigint, 1), ${most});
      PERFORM pg_sleep(${pause});
    END LOOP;
    changed_before := pass_changed;
    EXIT WHEN pass_changed = 0 OR ${oncePerRow};
  END LOOP;
END
`)}`;
}

/** The BackfillState after a batch, as an expression of PL/pgSQL. */
function stateAfterBatch(text: string): string {
  return `jsonb_build_object('fingerprint', ${quote(fingerprintOf(text))}, 'key', keyset.key, 'pass', pass + (noted IS NULL)::integer,
          'after', noted, 'seen', CASE WHEN noted IS NULL THEN 0 ELSE seen END, 'changed', done, 'again', again,
          'changedInPass', CASE WHEN noted IS NULL THEN 0 ELSE pass_changed END,
          'changedBefore', CASE WHEN noted IS NULL THEN pass_changed ELSE changed_before END)`;
}

const VARIABLES: Readonly<Record<string, string>> = {
  behind: "behind_sql",
  upTo: "up_to_sql",
  rows: "size",
  scan: "(size * 20)",
  texts: "keyset.texts",
  columns: "keyset.columns",
  order: 'keyset."order"',
};

/** A template as an expression of PL/pgSQL. */
function concatenated(sql: Template): string {
  return sql.map((part) => (typeof part === "string" ? quote(part) : VARIABLES[part.slot]!)).join(" || ");
}
