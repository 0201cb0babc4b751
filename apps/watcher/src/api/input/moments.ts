const form =
  /^(\d{4})-(\d\d)-(\d\d)(?:[t _](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:z|([+\-\u2212])(\d\d):?(\d\d))?)?$/;
const unixForm = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/** A Unix time above this is in milliseconds: in seconds it would be the year 2603. */
const largestSeconds = 20_000_000_000;
const firstSecond = Date.parse("0001-01-01T00:00:00Z") / 1000;
const lastSecond = Date.parse("9999-12-31T23:59:59Z") / 1000;

/**
 * Reads a moment from RFC 3339 in lower case (a blank for the T, no seconds or no time at all, no zone for UTC) or
 * from Unix seconds or milliseconds, and writes it as `YYYY-MM-DDTHH:MM:SS.ffffffZ`. Gives nothing for anything else.
 */
export function parseMoment(input: string | number): string | undefined {
  if (typeof input === "number" || unixForm.test(input)) return unixMoment(Number(input));
  const parts = form.exec(input);
  return parts === null ? undefined : calendarMoment(parts);
}

function unixMoment(time: number): string | undefined {
  const perSecond = Math.abs(time) > largestSeconds ? 1000 : 1;
  const whole = Math.floor(time);
  const seconds = Math.floor(whole / perSecond);
  const fraction = (whole - seconds * perSecond + (time - whole)) / perSecond;
  const micros = Math.round(fraction * 1_000_000);
  return micros === 1_000_000 ? written(seconds + 1, "0") : written(seconds, String(micros).padStart(6, "0"));
}

function calendarMoment(parts: RegExpExecArray): string | undefined {
  const number = (index: number) => Number(parts[index] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [zoneHours, zoneMinutes] = [number(9), number(10)];
  if (hour > 23 || minute > 59 || second > 59 || zoneHours > 23 || zoneMinutes > 59) return undefined;

  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;

  const offset = (zoneHours * 60 + zoneMinutes) * 60 * (parts[8] === "+" ? 1 : -1);
  const seconds = date.getTime() / 1000 + (hour * 60 + minute) * 60 + second - offset;
  return written(seconds, (parts[7] ?? "").slice(0, 6));
}

function written(seconds: number, fraction: string): string | undefined {
  // Written this way round, a time that is no number is refused too.
  if (!(seconds >= firstSecond && seconds <= lastSecond)) return undefined;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${fraction.padEnd(6, "0")}Z`;
}
