import { LimbeckError } from "../errors/limbeck-error.ts";
import type { NamingConvention } from "../operations/language/naming.ts";
import type { Operation } from "../operations/operation.ts";
import { operationsFor, type OperationsHost } from "../operations/recorder.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { OfflinePlan, RowChange } from "../revisions/revision.ts";
import type { Authoring } from "../scripts/load.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { RevisionSettings } from "../scripts/revision-settings.ts";
import type { StepInfo } from "./events.ts";
import type { Runner, StepRecord } from "./history.ts";
import { stepPieces, type Piece, type Recorded } from "./pieces.ts";
import { stepInfo } from "./run-context.ts";
import { stepLimits, type StepLimits } from "./run-transaction.ts";
import { stepError, withHint } from "./step-error.ts";
import { placeInFile } from "../errors/place-in-file.ts";
import { loadStep, type StepSource } from "./step-source.ts";

/** One revision in one direction, with all that it does without a database. */
export interface OfflineStep {
  readonly step: StepInfo;
  readonly record: StepRecord;
  readonly changes: RowChange;
  readonly settings: RevisionSettings;
  readonly pieces: readonly Piece[];
  readonly limits: StepLimits;
}

interface Author {
  readonly authoring: Authoring;
  readonly who: Runner;
  /** The values given as `-x key=value`. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Names what revisions give no name. */
  readonly namingConvention: NamingConvention | undefined;
}

/**
 * Lets the steps of a plan record what they do, for the script that does it elsewhere. `limits` hold where the
 * revisions say nothing else. Throws OFFLINE_NEEDS_DATABASE, and what the files deserve.
 */
export async function offlineSteps(
  graph: RevisionGraph<RevisionFile>,
  plan: OfflinePlan,
  author: Author,
  limits: StepLimits,
): Promise<OfflineStep[]> {
  const changes = graph.rowChanges(plan.from, plan.steps);
  const steps: OfflineStep[] = [];
  for (const [index, planned] of plan.steps.entries()) {
    const { source: file } = graph.get(planned.revision)!;
    const source = await loadStep(file, planned.direction, author.authoring);
    const step = stepInfo(graph, planned);
    steps.push({
      step,
      record: { revision: step.revision, direction: step.direction, checksum: source.checksum, ...author.who },
      changes: changes[index]!,
      settings: source.settings,
      pieces: await stepPieces(
        await recordStep(step, source, file.path, author),
        source.settings.transaction === "none",
      ),
      limits: stepLimits(source.settings, limits),
    });
  }
  return steps;
}

async function recordStep(step: StepInfo, source: StepSource, path: string, author: Author): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const host: OperationsHost = {
    isOffline: true,
    arguments: author.arguments,
    namingConvention: author.namingConvention,
    record: (operation: Operation, call: Error) => {
      recorded.push({ operation, where: (line) => source.place(call, line) });
    },
    query: () => Promise.reject(needsDatabase(step, path)),
    connection: () => Promise.reject(needsDatabase(step, path)),
  };
  try {
    await source.run(operationsFor(host));
  } catch (error) {
    const reported = stepError({ step, error, sent: [], where: placeInFile(error, path) });
    throw reported.code === "REVISION_FAILED" ? withHint(reported, "No script was printed.") : reported;
  }
  return recorded;
}

function needsDatabase({ revision, direction }: StepInfo, file: string): LimbeckError {
  return new LimbeckError("OFFLINE_NEEDS_DATABASE", {
    message: `The ${direction} of ${revision} looks at the database, which --sql does not have.`,
    hint: "Write it without op.query and op.connection, or with `if (!op.isOffline)` around them; or run it online.",
    where: placeInFile(new Error("here"), file) ?? { file },
    details: { revision, direction },
  });
}
