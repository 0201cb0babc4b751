/** Round numbers from 0 to at least `most`, about `wanted` of them. */
export function ticks(most: number, wanted = 4): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => power * factor >= rough) ?? 10);
  const steps = Math.ceil(most / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const durations = [
  1,
  2,
  5,
  10,
  15,
  30,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  4 * day,
  7 * day,
  14 * day,
  30 * day,
  90 * day,
  365 * day,
];

/** The same for seconds: numbers that are round as a duration. */
export function durationTicks(most: number, wanted = 4): number[] {
  const step = durations.find((size) => most / size <= wanted);
  if (step === undefined || most < 1) return ticks(most, wanted);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

/** Moments between two others that are a round number of local hours or days apart, about `wanted` of them. */
export function timeTicks(from: number, to: number, wanted: number): { at: number; onlyDays: boolean }[] {
  const span = (to - from) / 1_000;
  const step = durations.filter((size) => size >= hour).find((size) => span / size <= wanted) ?? 365 * day;
  const start = new Date(from);
  start.setHours(0, 0, 0, 0);
  const found: { at: number; onlyDays: boolean }[] = [];
  // Days are added to the calendar: some have 23 or 25 hours.
  for (let index = 0; index < 10_000; index++) {
    const at = new Date(start);
    if (step >= day) at.setDate(at.getDate() + index * Math.round(step / day));
    else at.setHours(at.getHours() + index * Math.round(step / hour));
    if (at.getTime() > to) break;
    if (at.getTime() >= from) found.push({ at: at.getTime(), onlyDays: at.getHours() === 0 });
  }
  return found;
}
