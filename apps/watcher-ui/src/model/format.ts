const locale = "en-GB";

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const precise = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

const none = "–";

/** 12,000; small fractions keep two digits. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  return Math.abs(value) < 100 ? precise.format(value) : whole.format(value);
}

/** 12K, 3.4M: where there is little room. */
export function compact(value: number | null | undefined): string {
  return value === null || value === undefined ? none : short.format(value);
}

export function percent(value: number): string {
  return `${precise.format(value)} %`;
}

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** 45 s, 4 min 12 s, 1 h 35 min, 3 d 4 h: the two largest units. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return none;
  if (seconds < 1) return seconds <= 0 ? "0 s" : `${precise.format(seconds)} s`;
  let rest = Math.round(seconds);
  const words: string[] = [];
  for (const [unit, size] of units) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) words.push(`${whole.format(amount)} ${unit}`);
    if (words.length === 2 || (words.length === 1 && amount === 0)) break;
  }
  return words.join(" ");
}

export function milliseconds(value: number): string {
  if (value < 1_000) return `${precise.format(value)} ms`;
  return value < 60_000 ? `${precise.format(value / 1_000)} s` : duration(value / 1_000);
}

export function bytes(value: number): string {
  const steps = ["B", "kB", "MB", "GB", "TB", "PB"];
  const step = Math.min(steps.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  return `${new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(value / 1_000 ** step)} ${steps[step]}`;
}

const segmenter = new Intl.Segmenter(locale);

/** A name that does not fit, shortened in the middle: both ends tell names apart. */
export function elided(text: string, most: number): string {
  if (text.length <= most) return text;
  const signs = Array.from(segmenter.segment(text), ({ segment }) => segment);
  if (signs.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  return `${signs.slice(0, head).join("")}…${signs.slice(signs.length - (most - 1 - head)).join("")}`;
}

/** one run, two runs. */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}
