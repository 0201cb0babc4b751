import { lookAside } from "../database/look-aside.ts";
import { isPostgresError, type Session } from "../database/session.ts";
import type { Catalog } from "../lint/catalog.ts";
import type { LintedStatement } from "../lint/lint.ts";
import { locksOf } from "../lint/locks.ts";
import { worksOf, type StatementWork } from "../lint/works.ts";
import type { LookContext } from "../runner/look-at.ts";
import type { LookedPlan, PlannedWork, Weighed } from "../runner/planned.ts";
import { catalogOf } from "./lint-sql.ts";
import { readLooked } from "./step-statements.ts";

/** What the statements of a plan lock, rewrite, scan and index, by the catalogs of the database as it is before them. */
export async function planWork(
  context: Pick<LookContext, "graph"> & { readonly session: Session },
  plan: LookedPlan,
): Promise<Weighed> {
  const statements: LintedStatement[] = [];
  for (const { step, looked } of plan) {
    statements.push(...(await readLooked(context, step.revision, looked)).statements);
  }
  const catalog = await patientCatalog(context.session, statements);
  const left = [...worksOf(statements, catalog)].map(([{ revision, text, node, tree }, work]) => ({
    revision,
    text,
    weight: { work: work.map(planned), locks: locksOf(node, tree, catalog) ?? null },
  }));
  return (revision, text) => {
    const index = left.findIndex((each) => each.revision === revision && each.text === text.trim());
    return index === -1 ? undefined : left.splice(index, 1)[0]!.weight;
  };
}

function planned({ work, relation, isCertain }: StatementWork): PlannedWork {
  return { work, relation: relation ?? null, certain: isCertain };
}

/** What lint asks of the database; undefined while somebody has a table locked, which holds up the reading. */
export async function patientCatalog(
  session: Session,
  statements: readonly LintedStatement[],
  isInTransaction = false,
): Promise<Catalog | undefined> {
  if (statements.length === 0) return undefined;
  try {
    return await lookAside(session, isInTransaction, () => catalogOf(statements, session));
  } catch (error) {
    if (!isPostgresError(error) || error.code !== "55P03") throw error;
    return undefined;
  }
}
