/** What a statement was seen to do, on PostgreSQL 13 to 18, on the tables of `tables.sql` with rows in them. */
export interface Fact {
  readonly sql: string;
  /** The strongest lock on each relation that was there before, but for indexes. */
  readonly locks: readonly string[];
  readonly work: readonly string[];
  readonly since?: number;
  readonly until?: number;
  /** What has to be done in front of it. */
  readonly before?: readonly string[];
}
