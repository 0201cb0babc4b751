/** The units of freshness and timeliness, as the API says them. */
export const dateParts = ["minute", "hour", "day", "week", "month", "year"] as const;

export type DatePart = (typeof dateParts)[number];

/** What pipelines and their types say about how old their data and how long their executions may get. */
export interface Limits {
  readonly freshness_number?: number | null;
  readonly freshness_datepart?: DatePart | null;
  readonly timeliness_number?: number | null;
  readonly timeliness_datepart?: DatePart | null;
}

/** The limits with their units as the database has them, which is in capitals. */
export function storedLimits(input: Limits): object {
  const { freshness_datepart: freshness, timeliness_datepart: timeliness } = input;
  return {
    ...input,
    ...(freshness && { freshness_datepart: freshness.toUpperCase() }),
    ...(timeliness && { timeliness_datepart: timeliness.toUpperCase() }),
  };
}

/**
 * SQL for the moment that lies a number of units after another, by the calendar of UTC. What is beyond the reach of
 * PostgreSQL's moments is 100,000 years away, which is never as well.
 */
export function laterSql(moment: string, number: string, datepart: string): string {
  const most = `CASE ${datepart} WHEN 'DAY' THEN 36500000 WHEN 'WEEK' THEN 5200000 WHEN 'MONTH' THEN 1200000
    WHEN 'YEAR' THEN 100000 ELSE 2147483647 END`;
  return `((${moment} AT TIME ZONE 'UTC' + least(${number}, ${most}) * ('1 ' || ${datepart}::text)::interval)
    AT TIME ZONE 'UTC')`;
}
