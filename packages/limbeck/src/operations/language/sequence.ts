import { identifier, qualified } from "./identifiers.ts";
import { clauses } from "./statement.ts";

export interface SequenceOptions {
  readonly start?: number | bigint;
  readonly increment?: number | bigint;
  readonly minValue?: number | bigint;
  readonly maxValue?: number | bigint;
  readonly cache?: number | bigint;
  readonly cycle?: boolean;
}

/** The column with which a sequence is dropped; in the sequence's own schema. */
export interface SequenceOwner {
  readonly table: string;
  readonly column: string;
}

/** The column with which a sequence is dropped, as it stands behind the other options; null for none. */
export function ownedBySql(schema: string | undefined, owner: SequenceOwner | null | undefined): string {
  if (owner === undefined) return "";
  return owner === null ? "OWNED BY NONE" : `OWNED BY ${qualified(schema, owner.table)}.${identifier(owner.column)}`;
}

/** Only a sequence that exists can be told to count anew, and to have no bounds any more. */
interface Altered {
  readonly minValue?: number | bigint | null;
  readonly maxValue?: number | bigint | null;
  readonly restart?: number | bigint | true;
}

/** The options of a sequence, in the order of PostgreSQL's manual. */
export function sequenceOptionsSql(options: Omit<SequenceOptions, keyof Altered> & Altered): string {
  const { minValue, maxValue, restart } = options;
  return clauses(
    options.increment !== undefined && `INCREMENT BY ${options.increment}`,
    minValue !== undefined && (minValue === null ? "NO MINVALUE" : `MINVALUE ${minValue}`),
    maxValue !== undefined && (maxValue === null ? "NO MAXVALUE" : `MAXVALUE ${maxValue}`),
    options.start !== undefined && `START WITH ${options.start}`,
    restart !== undefined && (restart === true ? "RESTART" : `RESTART WITH ${restart}`),
    options.cache !== undefined && `CACHE ${options.cache}`,
    options.cycle !== undefined && (options.cycle ? "CYCLE" : "NO CYCLE"),
  );
}
