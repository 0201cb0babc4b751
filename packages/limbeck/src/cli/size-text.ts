import { duration } from "./duration.ts";

/** As in `1.2 GB, about 4,000,000 rows, roughly 12 s`. */
export function humanSize(size: {
  readonly rows: number;
  readonly bytes: number;
  readonly roughSeconds: number | null;
}): string {
  const parts = [bytesText(size.bytes)];
  if (size.rows > 0) parts.push(`about ${Math.round(size.rows).toLocaleString("en-US")} rows`);
  if (size.roughSeconds !== null && size.roughSeconds >= 0.1)
    parts.push(`roughly ${duration(size.roughSeconds * 1000)}`);
  return parts.join(", ");
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** In PostgreSQL's units, of 1024 each. */
export function bytesText(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
  const value = bytes / 1024 ** unit;
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}
