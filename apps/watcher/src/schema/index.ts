// The target schema, together with extra.sql beside this file: what `limbeck check` holds the database to.
export * from "./access.ts";
export * from "./addresses.ts";
export * from "./alerts.ts";
export * from "./checks.ts";
export * from "./executions.ts";
export * from "./pipelines.ts";
export { anomalyMetric, datePart } from "./types.ts";
