import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "testkit";
import { goOn, limbeck, randomOf, seeds, UPGRADE } from "./fault-run.ts";
import { writeRevisions } from "./project.ts";

test.for(seeds(0.05))(
  "an embedded database whose process is killed while it writes is gone on with (seed %i)",
  { timeout: 240_000 },
  async (seed, { folder }) => {
    const log = (text: string): string => `  op.execute("insert into log values ('${text}')");\n`;
    const backfill = `  op.backfill("t", { set: { n: sql\`n + 1\` }, batch: { rows: 100, pause: 5 } });\n`;
    writeRevisions(folder, [
      {
        id: "a1",
        up: `  op.execute("create table log (text text); create table t (id integer primary key, n integer not null default 0)");
  op.execute("insert into t select generate_series(1, 2000)");\n${log("made")}`,
      },
      { id: "b2", down: "a1", up: `${log("before")}${backfill}${log("after")}` },
      {
        id: "c3",
        down: "b2",
        up: `${log("before the index")}  op.createIndex("ix_t", "t", ["n"], { concurrently: true });\n${log("behind it")}`,
      },
    ]);
    const data = join(folder, "data");
    const place = { folder, url: `pglite://${data}`, command: UPGRADE };
    const random = randomOf(seed + 4000);
    let timer: NodeJS.Timeout | undefined;
    await limbeck(place, (child) => {
      // It is made, and opened, with the first words; the rest is the run.
      child.stderr!.once("data", () => (timer = setTimeout(() => child.kill("SIGKILL"), random() * 1500)));
    });
    clearTimeout(timer);
    await goOn(place);
    const database = await PGlite.create(data);
    const texts = await database.query<{ text: string }>("select text from log");
    expect(texts.rows.map(({ text }) => text)).toEqual(["made", "before", "after", "before the index", "behind it"]);
    expect((await database.query("select n, count(*)::int as rows from t group by n")).rows).toEqual([
      { n: 1, rows: 2000 },
    ]);
    expect((await database.query("select revision, status from limbeck_history order by id")).rows).toEqual(
      ["a1", "b2", "c3"].map((revision) => ({ revision, status: "done" })),
    );
    await database.close();
  },
);
