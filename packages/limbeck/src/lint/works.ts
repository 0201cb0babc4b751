import type { Catalog } from "./catalog.ts";
import { displayName, type ObjectName } from "./names.ts";
import { lint, type LintedStatement } from "./lint.ts";
import type { Rule, Work } from "./rule.ts";
import type { Action } from "./action.ts";
import { subjectOf } from "./subject.ts";

/** What a statement does that takes as long as a relation is large. */
export interface StatementWork {
  readonly work: Work;
  /** The relation's name; undefined for more than one. */
  readonly relation: string | undefined;
  /** False where no catalog knows the relation, so that it may turn out to be free. */
  readonly isCertain: boolean;
}

/** What statements that run one after another do of that, whether it stands in anybody's way or not. */
export function worksOf(
  statements: readonly LintedStatement[],
  catalog: Catalog | undefined,
): ReadonlyMap<LintedStatement, readonly StatementWork[]> {
  // What is allowed is done all the same.
  const asked = statements.map((statement) => ({ ...statement, where: undefined, allowed: [] }));
  const findings = lint(asked, { catalog, more: [QUIET] });
  return new Map(
    statements.map((statement, index) => {
      const works: StatementWork[] = findings.flatMap(({ linted, work, relation, evidence }) =>
        linted === asked[index] && work !== undefined ? [{ work, relation, isCertain: evidence !== "static" }] : [],
      );
      const certainFirst = works.toSorted((a, b) => Number(b.isCertain) - Number(a.isCertain));
      return [
        statement,
        certainFirst.filter((each, place) => certainFirst.findIndex((one) => isSame(one, each)) === place),
      ];
    }),
  );
}

function isSame(a: StatementWork, b: StatementWork): boolean {
  return a.work === b.work && a.relation === b.relation;
}

/** The forms that let the application work meanwhile, which no rule is about. */
const QUIET: Rule = {
  name: "quiet-work",
  group: "blocking",
  severity: "info",
  summary: "Work beside the application.",
  docs: { problem: "", instead: [], use: [], operations: [], locks: "" },
  check(action, context) {
    const quiet = quietWork(action);
    if (quiet === undefined) return undefined;
    const { isNew, evidence } = subjectOf(quiet.relation, context);
    // Which form it has, the statement says by itself.
    const known = evidence === "static" ? "catalog" : evidence;
    return isNew ? undefined : { message: displayName(quiet.relation), evidence: known, ...quiet };
  },
};

function quietWork(action: Action): { readonly work: Work; readonly relation: ObjectName } | undefined {
  switch (action.kind) {
    case "create index":
      return action.concurrently ? { work: "index build", relation: action.table } : undefined;
    case "reindex":
    case "reindex many":
      return action.concurrently ? { work: "index build", relation: action.object } : undefined;
    case "validate constraint":
      return { work: "scan", relation: action.table };
    default:
      return undefined;
  }
}
