import { rolesSql } from "./roles.ts";
import { sqlText, type Sql } from "./sql-text.ts";
import { clauses } from "./statement.ts";

export interface PolicyAttributes {
  /** The roles that it is for; "public", all of them, by default. */
  readonly to?: readonly string[];
  /** Which of the rows that are there can be seen or written, as SQL. */
  readonly using?: string | Sql;
  /** Which rows may come to be, as SQL; `using` by default. */
  readonly withCheck?: string | Sql;
}

/** The end of CREATE POLICY and of ALTER POLICY. */
export function policySql({ to = [], using, withCheck }: PolicyAttributes): string {
  return clauses(
    to.length > 0 && `TO ${rolesSql(to)}`,
    using !== undefined && `USING (${sqlText(using)})`,
    withCheck !== undefined && `WITH CHECK (${sqlText(withCheck)})`,
  );
}
