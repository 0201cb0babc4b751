import { duration } from "./format.ts";

const locale = "en-GB";
const clock = { hour: "2-digit", minute: "2-digit" } as const;
const sameYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", ...clock });
const otherYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", ...clock });
const utc = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const hours = new Intl.DateTimeFormat(locale, clock);
const dates = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

/** The zone that moments are shown in. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** 22 Nov, 19:08; in the zone of whoever looks. */
export function local(at: string, now: number): string {
  const moment = new Date(at);
  return (moment.getFullYear() === new Date(now).getFullYear() ? sameYear : otherYear).format(moment);
}

/** 22 Nov 2026, 18:08:17 UTC. */
export function inUtc(at: string): string {
  return `${utc.format(new Date(at))} UTC`;
}

/** just now, 4 min ago, in 2 h: one unit is enough. */
export function ago(at: string, now: number): string {
  const seconds = (now - Date.parse(at)) / 1_000;
  if (Math.abs(seconds) < 10) return "just now";
  const [amount, unit] = duration(Math.abs(seconds)).split(" ");
  return seconds > 0 ? `${amount} ${unit} ago` : `in ${amount} ${unit}`;
}

export function secondsSince(at: string, now: number): number {
  return Math.max(0, (now - Date.parse(at)) / 1_000);
}

/** What an axis of time says at a moment: the day at midnight, or where only days are shown, and else the hour. */
export function tick(milliseconds: number, onlyDays: boolean): string {
  return (onlyDays ? days : hours).format(new Date(milliseconds));
}

export function hour(at: string): string {
  return hours.format(new Date(at));
}

/** Sun 22 Nov: a day of the report, which is one of UTC. */
export function day(date: string): string {
  return dates.format(new Date(`${date}T00:00:00Z`));
}
