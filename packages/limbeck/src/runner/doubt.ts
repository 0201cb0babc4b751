import { quote } from "../operations/language/literals.ts";
import type { Session } from "../database/session.ts";
import type { Effect } from "./effect.ts";
import { isRunningSql, historySql } from "./history.ts";
import type { Step } from "../revisions/revision.ts";
import type { VersionTable } from "./version-table.ts";

/** What somebody has found out of a statement at which a run was cut off. */
export type CutOff = "done" | "again";

/** Thrown for a statement of which nobody knows whether it was done. */
export class InDoubt extends Error {
  override readonly name = "InDoubt";
}

/**
 * A statement outside a transaction whose effect no catalog shows: a procedure that commits, rows changed on purpose
 * without a transaction. What is noted of it is that it was begun; a refusal of the server's takes that back.
 */
export const DOUBT: Effect = {
  state: `'"begun"'::jsonb`,
  isForgottenOnFailure: true,
  settle: (_, before) => {
    if (before === "begun") return Promise.reject(new InDoubt());
    return Promise.resolve(before === "done");
  },
};

const IN_DOUBT = `progress_before->>'of' = md5(${quote(DOUBT.state)}) AND progress_before->>'is' = 'begun'`;

/** The step of a revision that was cut off at a statement of that kind. */
export async function stepInDoubt(
  session: Session,
  table: VersionTable,
  revision: string,
): Promise<(Step & { readonly done: number }) | undefined> {
  const [step] = await session.query<Step & { readonly done: number }>(
    `SELECT revision, direction, progress_done AS done FROM ${historySql(table)} ` +
      `WHERE status = 'running' AND revision = ${quote(revision)} AND ${IN_DOUBT}`,
  );
  return step;
}

/** Notes what somebody says of that statement, for the run that goes on there. */
export function cutOffSql(table: VersionTable, step: Step, cutOff: CutOff): string {
  const before = cutOff === "again" ? "NULL" : `jsonb_set(progress_before, '{is}', '"done"')`;
  return `UPDATE ${historySql(table)} SET progress_before = ${before} WHERE ${isRunningSql(step)} AND ${IN_DOUBT}`;
}
