import { identifier } from "./identifiers.ts";
import { sqlText, type Sql } from "./sql-text.ts";
import { clauses } from "./statement.ts";

/** A condition on the values of a domain. */
export interface DomainCheck {
  /** The constraint's name; PostgreSQL chooses one when it is left out. */
  readonly name?: string;
  /** The condition as SQL, in which VALUE is the value. */
  readonly condition: string | Sql;
}

/** A condition as it stands in CREATE DOMAIN and after ADD. */
export function domainCheckSql({ name, condition }: DomainCheck): string {
  return clauses(name !== undefined && `CONSTRAINT ${identifier(name)}`, `CHECK (${sqlText(condition)})`);
}
