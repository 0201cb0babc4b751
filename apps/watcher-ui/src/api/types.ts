/** A page of a list; the cursor says where the next one begins. */
export interface Page<Row> {
  readonly data: readonly Row[];
  readonly next_cursor: string | null;
}

export interface Named {
  readonly id: number;
  readonly pipeline_id: number;
  readonly pipeline_name: string;
}

export interface RunningExecution extends Named {
  readonly parent_id: number | null;
  readonly start_date: string;
  readonly usual_seconds: number | null;
}

export interface FailedExecution extends Named {
  readonly start_date: string;
  readonly end_date: string;
  readonly duration_seconds: number | null;
  readonly recovered: boolean;
}

export interface Alert extends Named {
  readonly kind: "freshness" | "timeliness" | "anomaly" | "queue";
  readonly level: "warning" | "critical";
  readonly pipeline_execution_id: number | null;
  readonly summary: string;
  // Each kind has its own.
  readonly details: unknown;
  readonly opened_at: string;
}

export interface Overview {
  readonly now: string;
  readonly pipelines: number;
  readonly running_count: number;
  readonly running: readonly RunningExecution[];
  readonly failed_count: number;
  readonly failed: readonly FailedExecution[];
  readonly alert_counts: Readonly<Record<string, number>>;
  readonly late: readonly Alert[];
  readonly anomalies: readonly Alert[];
}

export interface Activity {
  readonly hours: readonly {
    readonly hour: string;
    readonly succeeded: number;
    readonly failed: number;
    readonly running: number;
  }[];
}

export interface Run {
  readonly id: number;
  readonly start_date: string;
  readonly duration_seconds: number | null;
  readonly completed_successfully: boolean | null;
  readonly total_rows: number | null;
}

export interface PipelineOverview {
  readonly id: number;
  readonly name: string;
  readonly pipeline_type_name: string;
  readonly active: boolean;
  readonly watermark: string | null;
  /** The latest first. */
  readonly runs: readonly Run[];
  readonly alerts: readonly string[];
}

export interface Pipeline {
  readonly id: number;
  readonly name: string;
  readonly pipeline_type_id: number;
  readonly watermark: string | null;
  readonly next_watermark: string | null;
  readonly pipeline_metadata: object | null;
  readonly last_target_insert: string | null;
  readonly last_target_update: string | null;
  readonly last_target_soft_delete: string | null;
  readonly freshness_number: number | null;
  readonly freshness_datepart: string | null;
  readonly mute_freshness_check: boolean;
  readonly timeliness_number: number | null;
  readonly timeliness_datepart: string | null;
  readonly mute_timeliness_check: boolean;
  readonly active: boolean;
}

export interface PipelineType {
  readonly name: string;
  readonly freshness_number: number | null;
  readonly freshness_datepart: string | null;
  readonly timeliness_number: number | null;
  readonly timeliness_datepart: string | null;
}

export interface Execution extends Run {
  readonly parent_id: number | null;
  readonly pipeline_id: number;
  readonly end_date: string | null;
  readonly inserts: number | null;
  readonly updates: number | null;
  readonly soft_deletes: number | null;
  readonly watermark: string | null;
  readonly next_watermark: string | null;
  readonly execution_metadata: object | null;
  readonly anomaly_flags: Readonly<Record<string, boolean>> | null;
  readonly throughput: number | null;
}

export interface History {
  readonly rule: {
    readonly z_threshold: number;
    readonly lookback_days: number;
    readonly minimum_executions: number;
  } | null;
  readonly data: readonly {
    readonly id: number;
    readonly start_date: string;
    readonly completed_successfully: boolean | null;
    readonly value: number | null;
    readonly anomalous: boolean;
    readonly lowest: number | null;
    readonly highest: number | null;
  }[];
}

export interface TreeExecution extends Run, Named {
  readonly parent_id: number | null;
  readonly end_date: string | null;
  readonly anomalous: boolean;
}

export interface ExecutionTree {
  readonly root: number;
  readonly truncated: boolean;
  readonly executions: readonly TreeExecution[];
}

export interface Anomaly {
  readonly rule_id: number;
  readonly metric_field: string;
  readonly violation_value: number | null;
  readonly z_score: number | null;
  readonly threshold_min_value: number | null;
  readonly threshold_max_value: number | null;
}

export interface LineageNode {
  readonly id: number;
  readonly name: string;
  readonly address_type_name: string;
  readonly address_type_group_name: string;
}

export interface LineageEdge {
  readonly source_address_id: number;
  readonly target_address_id: number;
  readonly pipeline_id: number;
  readonly pipeline_name: string;
  readonly pipeline_active: boolean;
}

export interface Lineage {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
  readonly truncated?: boolean;
}

export interface ReportRow {
  readonly date_recorded: string;
  readonly pipeline_name: string;
  readonly pipeline_type_name: string;
  readonly total_executions: number;
  readonly failed_executions: number;
  readonly error_percentage: number;
  readonly daily_inserts: number;
  readonly daily_updates: number;
  readonly daily_soft_deletes: number;
  readonly daily_total_rows: number;
  readonly avg_duration_seconds: number;
  readonly daily_throughput: number;
}

export interface Report {
  readonly data: readonly ReportRow[];
  readonly pagination: {
    readonly page: number;
    readonly total_records: number;
    readonly total_pages: number;
    readonly has_next: boolean;
    readonly has_prev: boolean;
  };
}

export interface DayTotal {
  readonly date_recorded: string;
  readonly total_executions: number;
  readonly failed_executions: number;
  readonly daily_total_rows: number;
}

export interface Check {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: "ms" | "s" | "count" | "%";
  readonly ok: boolean;
}

export interface Diagnostics {
  readonly status: "ok" | "attention";
  readonly connection: {
    readonly checks: readonly Check[];
    readonly database: string;
    readonly server_version: string;
  };
  readonly schema: {
    readonly checks: readonly Check[];
    readonly current: readonly string[];
    readonly heads: readonly string[];
    readonly tables: readonly { readonly name: string; readonly rows: number | null; readonly bytes: number }[];
  };
  readonly performance: {
    readonly checks: readonly Check[];
    readonly deadlocks_since_reset: number;
    readonly active_queries: readonly {
      readonly pid: number;
      readonly seconds: number;
      readonly waits_for: string | null;
      readonly query: string;
    }[];
  };
  readonly queue: { readonly checks: readonly Check[] };
}

export interface Revision {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly message: string;
  readonly createDate: string | null;
  readonly state: "applied" | "pending";
  readonly head: boolean;
}

/** Why something could not be found out. */
export interface Trouble {
  readonly error: { readonly code: string; readonly message: string };
}

/** A part that takes long to find out, or why it could not be. */
export type Part<Found> = Found | Trouble;

export interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly revision: string | null;
  readonly message: string;
  readonly statement: string | null;
  readonly line: number | null;
}

export interface Migrations {
  readonly head: readonly string[];
  readonly current: readonly string[];
  /** The newest first. */
  readonly revisions: readonly Revision[];
  readonly runs: readonly {
    readonly revision: string;
    readonly direction: string;
    readonly status: string;
    readonly startedAt: string;
    readonly durationMs: number | null;
    readonly user: string | null;
    readonly host: string | null;
    readonly applicationVersion: string | null;
    readonly error: string | null;
  }[];
  readonly pendingSql: Part<string>;
  readonly findings: Part<readonly Finding[]>;
  readonly drift: Part<readonly { readonly kind: string; readonly object: string; readonly message: string }[]>;
  readonly checkedAt: string;
}
