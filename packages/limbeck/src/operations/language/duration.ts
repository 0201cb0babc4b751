/** A length of time: milliseconds, or a text such as "500ms", "2s", "5min". */
export type Duration = number | string;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A length of time in milliseconds, or undefined when it is none. */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? value : undefined;
  const [, amount, unit = "ms"] =
    /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)?\s*$/.exec(typeof value === "string" ? value : "") ?? [];
  const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}
