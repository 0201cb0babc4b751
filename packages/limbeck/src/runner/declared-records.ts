import { readFileSync } from "node:fs";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Direction } from "../revisions/revision.ts";
import { fileChecksum } from "../scripts/file-checksum.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Runner, StepRecord } from "./history.ts";

/** The records of revisions that a stamp declares applied, or not applied any more, in the order of a run. */
export function stampRecords(
  graph: RevisionGraph<RevisionFile>,
  before: readonly string[],
  after: readonly string[],
  runner: Runner,
): StepRecord[] {
  const [was, is] = [appliedAt(graph, before), appliedAt(graph, after)];
  return [
    ...[...was].filter((id) => !is.has(id)).map((id) => declaredRecord(graph, id, "downgrade", runner)),
    ...[...is].filter((id) => !was.has(id)).map((id) => declaredRecord(graph, id, "upgrade", runner)),
  ];
}

/** The record of a revision as its file is now. */
export function declaredRecord(
  graph: RevisionGraph<RevisionFile>,
  revision: string,
  direction: Direction,
  runner: Runner,
): StepRecord {
  const checksum = fileChecksum(readFileSync(graph.get(revision)!.source.path, "utf8"));
  return { revision, direction, checksum, ...runner };
}

/** Of rows that no file has, nothing is known. */
function appliedAt(graph: RevisionGraph<RevisionFile>, rows: readonly string[]): ReadonlySet<string> {
  return graph.applied(rows.filter((row) => graph.get(row) !== undefined));
}
