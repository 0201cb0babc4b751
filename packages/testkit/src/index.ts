export { startCluster, type Cluster, type ClusterOptions } from "./cluster.ts";
export { createDatabase, expect, test, type Sql, type TestDatabase } from "./database.ts";
export { findPgbouncer, startPgbouncer, type Pgbouncer, type PgbouncerOptions } from "./pgbouncer.ts";
export { startProxy, type Break, type Proxy } from "./proxy.ts";
export { run, type RunOptions, type RunResult } from "./process.ts";
export { checkTranscript, replay, type CommandRunner, type ReplayOptions } from "./transcript.ts";
export { until } from "./until.ts";
