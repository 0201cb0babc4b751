import { clauses } from "./statement.ts";

export interface SequenceOptions {
  readonly start?: number | bigint;
  readonly increment?: number | bigint;
  readonly minValue?: number | bigint;
  readonly maxValue?: number | bigint;
  readonly cache?: number | bigint;
  readonly cycle?: boolean;
}

/** The options of a sequence, in the order of PostgreSQL's manual. */
export function sequenceOptionsSql(options: SequenceOptions): string {
  return clauses(
    options.increment !== undefined && `INCREMENT BY ${options.increment}`,
    options.minValue !== undefined && `MINVALUE ${options.minValue}`,
    options.maxValue !== undefined && `MAXVALUE ${options.maxValue}`,
    options.start !== undefined && `START WITH ${options.start}`,
    options.cache !== undefined && `CACHE ${options.cache}`,
    options.cycle !== undefined && (options.cycle ? "CYCLE" : "NO CYCLE"),
  );
}
