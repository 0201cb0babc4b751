import type { Built } from "../database/scratch.ts";
import type { Session } from "../database/session.ts";
import type { Operation } from "../operations/operation.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Direction } from "../revisions/revision.ts";
import type { Schema } from "../schema/fact.ts";
import type { Notes, Remarks } from "../schema/revision-text.ts";
import type { ScriptStatement } from "../schema/script.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { writeNewRevision, type NewRevisionOptions, type NewRevisionResult } from "./new-revision.ts";
import { exclusionOf } from "./schemas.ts";

/** A half of a revision that was made of a difference. */
export interface GeneratedHalf {
  readonly operations: readonly Operation[];
  readonly notes: Notes;
  readonly remarks?: Remarks;
}

export interface GeneratedRevision {
  readonly upgrade: GeneratedHalf;
  readonly downgrade: GeneratedHalf;
  /** What the revision is held to before its file counts; undefined to take it as it is. */
  readonly proof: Proof | undefined;
}

export interface Proof {
  readonly session: Session;
  /** The URL of another server to try the file on. */
  readonly scratch?: string;
  readonly live: Schema;
  readonly target: Schema | undefined;
  /** Where the target stands already, to be walked from. */
  readonly built?: Built | undefined;
}

/** Writes a revision that was made of a difference, and proves it from its file. Throws PROOF_FAILED, and leaves no file then. */
export async function writeGeneratedRevision(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  parents: readonly string[],
  options: NewRevisionOptions,
  { upgrade, downgrade, proof }: GeneratedRevision,
): Promise<NewRevisionResult> {
  const { halfText } = await import("../schema/revision-text.ts");
  const format = options.format ?? context.config.format;
  const content = {
    upgrade: halfText(upgrade.operations, upgrade.notes, format, upgrade.remarks),
    downgrade: halfText(downgrade.operations, downgrade.notes, format),
  };
  if (proof === undefined) return await writeNewRevision(context, graph, parents, options, { content });
  const scrutiny = async ({ revision }: NewRevisionResult): Promise<void> => {
    const { proveArrival } = await import("../proof/arrival.ts");
    const { session, scratch, live, target, built } = proof;
    const { folder, env } = context.config;
    await proveArrival(session, scratch === undefined ? { folder, env } : { scratch, folder, env }, {
      live,
      target,
      built,
      upgrade: await recorded(context, revision, "upgrade", parents),
      downgrade: await recorded(context, revision, "downgrade", parents),
      options: exclusionOf(context),
    });
  };
  return await writeNewRevision(context, graph, parents, options, { content, scrutiny });
}

/** What the file that was written does, as it will be run. */
async function recorded(
  context: Context,
  revision: string,
  direction: Direction,
  parents: readonly string[],
): Promise<ScriptStatement[]> {
  const { offlineSteps } = await import("../runner/offline-steps.ts");
  const graph = context.graph();
  const { authoring, who, arguments: given, config } = context;
  const from = direction === "upgrade" ? parents : [revision];
  const plan = { from: [...from], steps: [{ revision, direction }], heads: [] };
  const author = { authoring, who, arguments: given, namingConvention: config.namingConvention };
  const steps = await offlineSteps(graph, plan, author, { lockMs: 0, retryForMs: 0, statementMs: 0, transactionMs: 0 });
  return steps.flatMap(({ pieces }) => pieces.map(({ text, transactional }) => ({ sql: text, transactional })));
}
