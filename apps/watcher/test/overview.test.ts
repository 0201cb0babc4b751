import { describe } from "vitest";
import { fillWithDemo } from "../src/services/demo.ts";
import { expect, sharing } from "./watcher.ts";

const test = sharing.extend("demo", { scope: "file" }, async ({ watcher }) => fillWithDemo(watcher.database));

test("x", async ({ ask, demo }) => {
  console.log(demo);
  for (const url of [
    "/overview",
    "/overview/activity",
    "/overview/pipelines?limit=2",
    "/overview/pipelines?status=failed",
    "/pipeline/1/history?metric=duration_seconds&limit=3",
    "/pipeline/1/lineage",
    "/lineage-graph/all?limit=3",
    "/pipeline_execution/100/tree",
    "/reporting/daily-totals?days=3",
    "/reporting/daily-totals?pipeline_type_name=ingest",
  ]) {
    const t = performance.now();
    const { status, body } = await ask("GET", url);
    console.log(url, status, Math.round(performance.now() - t), JSON.stringify(body).slice(0, 900));
  }
});
