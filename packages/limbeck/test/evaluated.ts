import { column } from "../src/operations/language/column.ts";
import { check, exclude, foreignKey, primaryKey, unique } from "../src/operations/language/constraint.ts";
import type { NamingConvention } from "../src/operations/language/naming.ts";
import { sql } from "../src/operations/language/sql.ts";
import type { Operation } from "../src/operations/operation.ts";
import { operationsFor } from "../src/operations/recorder.ts";

/** What a revision file has at hand beside `op`. */
const LANGUAGE = { column, primaryKey, unique, check, foreignKey, exclude, sql };

/** The one operation that a call records, the call given as TypeScript that is JavaScript too. */
export function evaluated(call: string): Operation {
  return recordedWith(undefined, call);
}

/** The one operation that a call records where names follow a convention. */
export function recordedWith(namingConvention: NamingConvention | undefined, call: string): Operation {
  const recorded: Operation[] = [];
  const op = operationsFor({
    isOffline: true,
    arguments: {},
    namingConvention,
    record: (operation) => void recorded.push(operation),
    query: () => Promise.reject(new Error("no database here")),
    connection: () => Promise.reject(new Error("no database here")),
  });
  valueOf(call, { op });
  if (recorded.length !== 1) throw new Error(`${recorded.length} operations recorded by: ${call}`);
  return recorded[0]!;
}

/** The value of an expression, or of a statement, in the language of revision files. */
export function valueOf(source: string, names: Readonly<Record<string, unknown>> = {}): unknown {
  const scope = { ...LANGUAGE, ...names };
  // oxlint-disable-next-line typescript/no-implied-eval -- generated source is tested by running it
  const evaluate = new Function(...Object.keys(scope), `return ${source}`) as (...values: unknown[]) => unknown;
  return evaluate(...Object.values(scope));
}
