import { changedBack } from "./existing.ts";
import type { Reversal } from "./definition.ts";
import { identifier } from "./identifiers.ts";
import { quote } from "./literals.ts";

/** What a foreign data wrapper is told, as in `{ host: "db2", port: 5432 }`. Which options there are, it says. */
export type ForeignOptions = Readonly<Record<string, string | number | boolean>>;

/** What a foreign data wrapper is told otherwise; null takes an option away. */
export type ForeignOptionChanges = Readonly<Record<string, string | number | boolean | null>>;

/** Options as they stand in CREATE. */
export function foreignOptionsSql(options: ForeignOptions = {}): string {
  const list = Object.entries(options).map(([name, value]) => `${identifier(name)} ${quote(String(value))}`);
  return list.length === 0 ? "" : `OPTIONS (${list.join(", ")})`;
}

/**
 * Options as they stand in ALTER. PostgreSQL tells an option that is new from one that changes: one that `existing`
 * says is null is new.
 */
export function foreignChangesSql(changes: ForeignOptionChanges = {}, existing: ForeignOptionChanges = {}): string {
  const list = Object.entries(changes).map(([name, value]) => {
    if (value === null) return `DROP ${identifier(name)}`;
    return `${existing[name] === null ? "ADD" : "SET"} ${identifier(name)} ${quote(String(value))}`;
  });
  return list.length === 0 ? "" : `OPTIONS (${list.join(", ")})`;
}

/** What changes options back, and what they are before that; or why they cannot be. */
export function foreignChangesBack(
  changes: ForeignOptionChanges,
  existing: ForeignOptionChanges = {},
  subject: string,
) {
  return changedBack<ForeignOptionChanges>(changes, existing, subject) as
    | { readonly back: ForeignOptionChanges; readonly existing: ForeignOptionChanges }
    | Extract<Reversal, { notReversible: string }>;
}
