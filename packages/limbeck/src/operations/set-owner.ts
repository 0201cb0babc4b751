import { define, notReversible, reversedBy, type Reversal } from "./language/definition.ts";
import { frozen } from "./language/freeze.ts";
import { nameSql } from "./language/identifiers.ts";
import { objectSql, relationLocks, type NameOf } from "./language/object-name.ts";
import type { Sql } from "./language/sql-text.ts";
import { statement, type Statement } from "./language/statement.ts";

/** An object of which somebody is the owner. */
export type OwnedName = NameOf<
  | "aggregate"
  | "collation"
  | "conversion"
  | "domain"
  | "enum"
  | "event trigger"
  | "foreign data wrapper"
  | "foreign table"
  | "function"
  | "language"
  | "materialized view"
  | "operator"
  | "operator class"
  | "operator family"
  | "procedure"
  | "publication"
  | "routine"
  | "schema"
  | "sequence"
  | "server"
  | "statistics"
  | "table"
  | "text search configuration"
  | "text search dictionary"
  | "type"
  | "view"
>;

export interface SetOwnerOptions {
  /** The owner before: with it the operation can be reversed. */
  readonly existing?: string | Sql;
}

export interface SetOwner extends SetOwnerOptions {
  readonly kind: "setOwner";
  readonly object: OwnedName;
  /** A role's name, or sql`CURRENT_USER`. */
  readonly role: string | Sql;
}

/**
 * Gives an object to another owner.
 *
 * @example
 * op.setOwner({ kind: "table", name: "city" }, "cartographer");
 * // ALTER TABLE city OWNER TO cartographer;
 */
export function setOwner(object: OwnedName, role: string | Sql, options: SetOwnerOptions = {}): SetOwner {
  return frozen({ kind: "setOwner", object, role, ...options });
}

function statements({ object, role }: SetOwner): Statement[] {
  const text = `ALTER ${objectSql(object)} OWNER TO ${nameSql(role)}`;
  return [statement(text, ...relationLocks("ACCESS EXCLUSIVE", object))];
}

function reverse({ object, role, existing }: SetOwner): Reversal {
  return existing === undefined
    ? notReversible("Who the owner is before, `existing: …` would have to say.")
    : reversedBy(setOwner(object, existing, { existing: role }));
}

export const setOwnerDefinition = define({
  build: setOwner,
  statements,
  reverse,
  args: ({ object, role, ...options }) => [object, role, options],
  fields: { object: true, role: true, existing: true },
  docs: {
    summary: "Gives an object to another owner.",
    examples: [
      {
        call: `op.setOwner({ kind: "table", name: "city" }, "cartographer");`,
        sql: "ALTER TABLE city OWNER TO cartographer;",
      },
      {
        call: 'op.setOwner({ kind: "schema", name: "atlas" }, sql`CURRENT_USER`, { existing: "cartographer" });',
        sql: "ALTER SCHEMA atlas OWNER TO CURRENT_USER;",
      },
      {
        call: `op.setOwner({ kind: "function", schema: "atlas", name: "area", signature: "integer" }, "cartographer");`,
        sql: "ALTER FUNCTION atlas.area(integer) OWNER TO cartographer;",
      },
    ],
    manual: ["sql-altertable", "sql-alterschema", "sql-alterfunction", "sql-altertype"],
  },
});
