/** The mark of SQL, which no data has, and which copies of this library in one process share. */
const MARK: unique symbol = Symbol.for("limbeck.sql");

/**
 * A piece of SQL. Made by the `sql` template, `sql.raw` and their kin alone: an object of the same shape, as a row or
 * a JSON default may have one in it, is a value like any other.
 */
export class Sql {
  readonly $sql: string;

  constructor(text: string) {
    this.$sql = text;
    Object.freeze(this);
  }

  get [MARK](): true {
    return true;
  }
}

export function isSql(value: unknown): value is Sql {
  return typeof value === "object" && value !== null && MARK in value;
}

/** The text of a piece of SQL, however it was given. */
export function sqlText(value: string | Sql): string {
  return isSql(value) ? value.$sql : value;
}
