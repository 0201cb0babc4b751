/** A piece of SQL, as plain data. Made by the `sql` template, `sql.raw` and their kin. */
export interface Sql {
  readonly $sql: string;
}

export function isSql(value: unknown): value is Sql {
  return typeof value === "object" && value !== null && "$sql" in value && typeof value.$sql === "string";
}

/** The text of a piece of SQL, however it was given. */
export function sqlText(value: string | Sql): string {
  return isSql(value) ? value.$sql : value;
}
