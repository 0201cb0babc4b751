import type { Session } from "../database/session.ts";

/** Flushed WAL, of which alone replicas hear, and replayed WAL, in bytes; none replayed where no replica is to be seen. */
const POSITIONS = `SELECT (pg_current_wal_flush_lsn() - '0/0')::float8 AS flushed, (min(replay_lsn) - '0/0')::float8 AS replayed
  FROM pg_stat_replication`;

interface Position {
  readonly at: number;
  readonly flushed: number;
}

/**
 * How far the slowest replica is behind, by positions in the WAL that are noted as time goes by: pg_stat_replication's
 * own replay_lag stands still while a replica replays nothing (PostgreSQL manual, "pg_stat_replication").
 */
export class ReplicaLag {
  readonly #session: Session;
  #positions: Position[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Milliseconds; 0 when no replica is to be seen. */
  async ms(now: number): Promise<number> {
    // What a managed server does not show cannot be waited for.
    const [row] = await this.#session
      .query<{ flushed: number; replayed: number | null }>(POSITIONS)
      .catch(() => [undefined]);
    if (row === undefined || row.replayed === null) return 0;
    const { flushed, replayed } = row;
    this.#positions = [...this.#positions, { at: now, flushed }].filter((position) => position.flushed > replayed);
    return now - (this.#positions[0]?.at ?? now);
  }
}
