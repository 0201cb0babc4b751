import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { DatabaseState, VersionTable } from "../runner/version-table.ts";
import type { CheckFinding } from "./checks/check.ts";

/** What is wrong with the rows of the version table: one that says what another says already. */
export function versionRowFindings(
  graph: RevisionGraph<RevisionFile>,
  table: VersionTable,
  { rows }: DatabaseState,
): CheckFinding[] {
  return rows.flatMap((row) => {
    const above = rows.find((other) => other !== row && graph.applied([other]).has(row));
    if (above === undefined) return [];
    const message = `the row ${row} is below the row ${above}, which says it already: limbeck stamp --purge ${above}`;
    return [{ severity: "error", object: `${table.schema}.${table.name}`, message, rows: null }];
  });
}
