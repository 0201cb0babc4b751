import type { Limits } from "./dateparts.ts";

/** A pipeline that is made up. */
export interface DemoPipeline extends Limits {
  readonly name: string;
  readonly type: string;
  readonly owner: string;
  readonly everyHours: number;
  readonly minutes: number;
  readonly rows: number;
  /** Out of a thousand runs. */
  readonly failures: number;
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  /** The pipeline whose runs start this one. */
  readonly parent?: string;
}

const hourly = {
  freshness_number: 3,
  freshness_datepart: "hour",
  timeliness_number: 30,
  timeliness_datepart: "minute",
} as const;
const daily = {
  freshness_number: 26,
  freshness_datepart: "hour",
  timeliness_number: 2,
  timeliness_datepart: "hour",
} as const;

/** A shop's pipelines: from its databases into a lake, from there into a warehouse, and reports out of that. */
export const demoPipelines: readonly DemoPipeline[] = [
  {
    name: "ingest orders",
    type: "ingest",
    owner: "sales",
    everyHours: 1,
    minutes: 4,
    rows: 12_000,
    failures: 8,
    ...hourly,
    sources: ["shop.public.orders"],
    targets: ["lake.raw.orders"],
  },
  {
    name: "ingest customers",
    type: "ingest",
    owner: "sales",
    everyHours: 4,
    minutes: 6,
    rows: 3_000,
    failures: 5,
    ...daily,
    sources: ["shop.public.customers"],
    targets: ["lake.raw.customers"],
  },
  {
    name: "ingest payments",
    type: "ingest",
    owner: "finance",
    everyHours: 2,
    minutes: 9,
    rows: 8_000,
    failures: 30,
    ...hourly,
    sources: ["billing.public.payments"],
    targets: ["lake.raw.payments"],
  },
  {
    name: "ingest web events",
    type: "ingest",
    owner: "marketing",
    everyHours: 1,
    minutes: 11,
    rows: 240_000,
    failures: 12,
    ...hourly,
    sources: ["tracker.events.page_view"],
    targets: ["lake.raw.page_view"],
  },
  {
    name: "nightly warehouse",
    type: "orchestration",
    owner: "platform",
    everyHours: 24,
    minutes: 95,
    rows: 0,
    failures: 20,
    ...daily,
    sources: [],
    targets: [],
  },
  {
    name: "build dim customer",
    type: "transform",
    owner: "platform",
    everyHours: 24,
    minutes: 14,
    rows: 52_000,
    failures: 10,
    ...daily,
    sources: ["lake.raw.customers"],
    targets: ["warehouse.core.dim_customer"],
    parent: "nightly warehouse",
  },
  {
    name: "build fact sales",
    type: "transform",
    owner: "platform",
    everyHours: 24,
    minutes: 38,
    rows: 290_000,
    failures: 15,
    ...daily,
    sources: ["lake.raw.orders", "lake.raw.payments", "warehouse.core.dim_customer"],
    targets: ["warehouse.core.fact_sales"],
    parent: "nightly warehouse",
  },
  {
    name: "build sessions",
    type: "transform",
    owner: "marketing",
    everyHours: 24,
    minutes: 27,
    rows: 410_000,
    failures: 15,
    ...daily,
    sources: ["lake.raw.page_view"],
    targets: ["warehouse.core.fact_session"],
    parent: "nightly warehouse",
  },
  {
    name: "daily revenue report",
    type: "report",
    owner: "finance",
    everyHours: 24,
    minutes: 3,
    rows: 400,
    failures: 10,
    ...daily,
    sources: ["warehouse.core.fact_sales"],
    targets: ["warehouse.mart.revenue"],
  },
  {
    name: "marketing attribution",
    type: "report",
    owner: "marketing",
    everyHours: 24,
    minutes: 18,
    rows: 9_000,
    failures: 60,
    ...daily,
    sources: ["warehouse.core.fact_session", "warehouse.core.fact_sales"],
    targets: ["warehouse.mart.attribution"],
  },
];
