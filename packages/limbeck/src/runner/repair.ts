import type { Step } from "../revisions/revision.ts";
import { declaredRecord } from "./declared-records.ts";
import { cutOffSql, stepInDoubt, type CutOff } from "./doubt.ts";
import { editedRevisions, type EditedRevision } from "./edited.ts";
import { declaredSql, historyTableSql } from "./history.ts";
import { withLock, writeTables } from "./run.ts";
import type { RunContext } from "./run-context.ts";
import { refuseUnknownRows } from "./unknown-rows.ts";
import { readState } from "./version-table.ts";

/**
 * Declares the files of edited revisions right as they are, under the runner's lock: all of them, or those that are
 * wanted. What the history says of the run itself stays.
 */
export async function repairHistory(
  context: RunContext,
  wanted: ReadonlySet<string> | undefined,
): Promise<EditedRevision[]> {
  const { session, table, graph, who } = context;
  const find = async (): Promise<EditedRevision[]> => {
    const found = await editedRevisions(session, table, graph, await readState(session, table));
    return wanted === undefined ? found : found.filter(({ revision }) => wanted.has(revision));
  };
  await refuseUnknownRows(session, table, graph, await readState(session, table));
  if ((await find()).length === 0) return [];
  return await withLock(context, async () => {
    const found = await find();
    const records = found.map(({ revision }) => declaredRecord(graph, revision, "upgrade", who));
    const state = await readState(session, table);
    await writeTables(session, [...historyTableSql(table, state), ...declaredSql(table, "repaired", records)]);
    return found;
  });
}

/** Notes what somebody says of the statement at which a revision's step was cut off. Undefined when there is none in doubt. */
export async function answerInDoubt(
  context: RunContext,
  revision: string,
  cutOff: CutOff,
): Promise<(Step & { readonly statement: number }) | undefined> {
  const { session, table } = context;
  return await withLock(context, async () => {
    const { historyExists, historyLacks } = await readState(session, table);
    if (!historyExists || historyLacks.includes("progress_before")) return undefined;
    const step = await stepInDoubt(session, table, revision);
    if (step === undefined) return undefined;
    const { done, direction } = step;
    await writeTables(session, [cutOffSql(table, { revision, direction }, cutOff)]);
    return { revision, direction, statement: done + 1 };
  });
}
