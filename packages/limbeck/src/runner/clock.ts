/** Milliseconds for differences between two moments. Node 20 loads a dozen modules when `performance` is named. */
export function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
