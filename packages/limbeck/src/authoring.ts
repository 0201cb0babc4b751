/** What revision files and configuration files import from `limbeck`. Small on purpose: it is loaded with each of them. */
export { defineConfig, type Config, type EnvironmentConfig } from "./config/define-config.ts";
export { column, type ColumnOptions, type ColumnType } from "./operations/language/column.ts";
export { check, exclude, foreignKey, primaryKey, unique } from "./operations/language/constraint.ts";
export { sql } from "./operations/language/sql.ts";
export type { Sql } from "./operations/language/sql-text.ts";
export type { Operations } from "./operations/recorder.ts";
