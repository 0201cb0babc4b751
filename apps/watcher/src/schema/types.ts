import { sql } from "drizzle-orm";
import { numeric, pgEnum, timestamp } from "drizzle-orm/pg-core";

/** The units that freshness and timeliness are measured in. The API speaks them in lower case. */
export const datePart = pgEnum("datepartenum", ["MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR"]);

/** The measures of an execution that an anomaly rule can watch. The API speaks them in lower case. */
export const anomalyMetric = pgEnum("anomalymetricfieldenum", [
  "DURATION_SECONDS",
  "INSERTS",
  "UPDATES",
  "SOFT_DELETES",
  "TOTAL_ROWS",
  "THROUGHPUT",
]);

/** A moment. A string, since a JavaScript Date would lose the microseconds. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/** The moment a row was made, set by the database. */
export const madeAt = (name: string) =>
  moment(name)
    .notNull()
    .default(sql`CURRENT_TIMESTAMP`);

/** A measure of an execution, or what is computed from many of them. */
export const measure = (name: string) => numeric(name, { precision: 24, scale: 4 });
