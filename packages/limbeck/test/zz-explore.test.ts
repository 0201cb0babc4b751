import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "testkit";
import { openSession } from "../src/database/open.ts";
import { lintStatements, sqlStatements } from "../src/proof/lint-sql.ts";
import { measurementOf, takeSnapshot } from "../src/proof/relation-snapshot.ts";
import { measuredWork, stopping } from "../src/lint/measurement.ts";
import { seedRows } from "../src/proof/seed-rows.ts";
import { FORMS } from "./lint/forms.ts";
import { NEIGHBOURS } from "./lint/neighbours.ts";
const tables = readFileSync(join(import.meta.dirname, "lint/tables.sql"), "utf8");
test("explore", async ({ databaseUrl }) => {
  const session = await openSession(databaseUrl, "/", {});
  await session.script([tables]);
  await session.script(["set timezone = 'UTC'"]);
  const filled = await seedRows(session, []);
  await session.script(["refresh materialized view mv"]);
  console.log("filled", filled.join(" "));
  const out: string[] = [];
  let t1 = 0, t2 = 0;
  for (const [sql, ...rules] of [...FORMS, ...NEIGHBOURS]) {
    const statements = await sqlStatements(sql, { mode: "autocommit" });
    let s = performance.now();
    const cat = (await lintStatements(statements, session, {})) ;
    const stat = (await lintStatements(statements, undefined, {}));
    t1 += performance.now() - s; s = performance.now();
    const want = rules.toSorted().join(",");
    const got = cat.map((f) => f.rule).toSorted().join(",");
    const gotS = stat.map((f) => f.rule).toSorted().join(",");
    const inBlock = statements[0]!.node === "TransactionStmt";
    let truth = "";
    if (statements.some((x) => x.node==="VacuumStmt" || !/./.test(x.text)) || /concurrently/i.test(sql) && !/refresh/i.test(sql)) truth = "n/a";
    else {
      await session.script(["begin"]);
      const existing = new Set(Object.keys((await takeSnapshot(session)).relations));
      try {
        for (const st of statements) {
          if (st.node === "TransactionStmt") continue;
          const before = await takeSnapshot(session);
          await session.script([st.text]);
          const after = await takeSnapshot(session);
          const m = measurementOf({ before, after, existing, inTransaction: true, isUtility: !["UpdateStmt","DeleteStmt","SelectStmt","InsertStmt"].includes(st.node) });
          const work = measuredWork(m);
          const locks = stopping(inBlock ? [...m.held, ...m.locks] : m.locks);
          if (work && locks.length) truth += work.work + "(" + work.relations.map(r=>r.name) + ") ";
        }
      } catch (e) { truth = "ERR " + (e as Error).message; }
      await session.script(["rollback"]);
    }
    t2 += performance.now() - s;
    const work = cat.filter((f) => f.work && f.rule !== "backfill-whole-table").length > 0;
    const flags = [got !== want ? "CAT" : "", gotS !== want ? "STAT" : "", truth.startsWith("ERR") ? "ERR" : truth !== "n/a" && (truth !== "") !== work ? "TRUTH" : ""].filter(Boolean).join("+");
    if (flags) out.push(`${flags.padEnd(12)} ${sql}\n      want=${want} cat=${got} stat=${gotS} truth=${truth}`);
  }
  console.log(out.join("\n"));
  console.log("lint", t1, "trace", t2);
  await session.close();
}, 120000);
