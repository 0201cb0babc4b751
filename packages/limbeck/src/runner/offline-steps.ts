import type { RevisionGraph } from "../revisions/graph.ts";
import type { OfflinePlan } from "../revisions/revision.ts";
import type { Authoring } from "../scripts/load.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Runner } from "./history.ts";
import type { OfflineStep } from "./offline.ts";
import { stepInfo } from "./run-context.ts";
import { loadStep } from "./step-source.ts";

interface Author {
  readonly authoring: Authoring;
  readonly who: Runner;
}

/** Loads the steps of a plan for the script that runs them elsewhere. */
export async function offlineSteps(
  graph: RevisionGraph<RevisionFile>,
  plan: OfflinePlan,
  { authoring, who }: Author,
): Promise<OfflineStep[]> {
  const changes = graph.rowChanges(plan.from, plan.steps);
  const steps: OfflineStep[] = [];
  for (const [index, step] of plan.steps.entries()) {
    const { source: file } = graph.get(step.revision)!;
    const source = await loadStep(file, step.direction, authoring);
    const record = { revision: step.revision, direction: step.direction, checksum: source.checksum, ...who };
    steps.push({ step: stepInfo(graph, step), source, record, changes: changes[index]!, path: file.path });
  }
  return steps;
}
