import type { Direction, Plan } from "../revisions/revision.ts";
import type { RunContext } from "./run-context.ts";
import { refuseUnknownRows } from "./unknown-rows.ts";
import { readState, type DatabaseState } from "./version-table.ts";

/** What a run means to do, before it has the lock. */
export interface Intention {
  readonly state: DatabaseState;
  readonly plan: Plan;
}

/**
 * Reads where the database stands, and plans the way from there. Writes nothing. Throws what the two throw, and
 * REVISION_UNKNOWN_TO_FILES.
 */
export async function intend(context: RunContext, direction: Direction, target: string): Promise<Intention> {
  const { session, table, graph } = context;
  const state = await readState(session, table);
  await refuseUnknownRows(session, table, graph, state);
  return { state, plan: graph.plan(direction, target, [...state.rows]) };
}
