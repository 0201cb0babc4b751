import { LimbeckError } from "../errors/limbeck-error.ts";
import { sourceOf } from "../operations/catalogue.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import type { Context } from "./context.ts";
import { databaseState } from "./database-state.ts";
import { changesBetween, type Changes } from "./changes.ts";
import { writeGeneratedRevision } from "./generated-revision.ts";
import { graphOrEmpty, parentsOf, type RevisionOptions } from "./revision.ts";
import { configuredTarget, once, readLive, withSources } from "./schemas.ts";

export interface AutogenerateOptions extends RevisionOptions {
  /** What has another name now: `city.name=title`, `table:town=place`. The configuration's `renames` are known besides. */
  readonly renames?: readonly string[];
  /** Asked whether something was renamed that may have been. Without it, it is dropped and created. */
  readonly isRename?: (candidate: RenameCandidate) => Promise<boolean>;
  /** Plain forms for every table, and safe ones for none. */
  readonly plain?: boolean;
  /** Safe forms for every table that is there, and not for the large ones only. */
  readonly safe?: boolean;
  /** Whether the file is tried in a scratch database before it counts. Default: true. */
  readonly proof?: boolean;
  /** The server to make scratch databases on; the live one, or in memory, when left out. */
  readonly scratch?: string;
}

export interface RenameCandidate {
  readonly kind: string;
  /** The old name, with its relation and its schema where that is not `public`. */
  readonly from: string;
  readonly to: string;
  /** How to say that it was renamed: the value of `--rename`. */
  readonly rename: string;
}

export interface AutogenerateResult {
  /** Null when there was nothing to write: the database is as the target schema says. */
  readonly revision: string | null;
  readonly downRevision: readonly string[];
  readonly path: string | null;
  /** What the upgrade does, as calls. */
  readonly operations: readonly string[];
  readonly dataLoss: readonly string[];
  /** What may have been renamed and is dropped and created. */
  readonly renameCandidates: readonly RenameCandidate[];
  /** Things that only one side has, and that limbeck neither makes nor takes away. */
  readonly notExpressed: readonly string[];
  /** Whether the file was seen to lead to the target schema and back. */
  readonly proven: boolean;
}

/**
 * Writes a revision that makes the target schema out of the live one, unless they are the same. Throws
 * DATABASE_NOT_UP_TO_DATE, MULTIPLE_HEADS, SCHEMA_SOURCE_INVALID and PROOF_FAILED.
 */
export async function autogenerate(context: Context, options: AutogenerateOptions = {}): Promise<AutogenerateResult> {
  const graph = graphOrEmpty(context);
  const parents = parentsOf(graph, options.head);
  const sources = configuredTarget(context);
  await refusePending(context, graph);
  const session = await context.session();
  const at = options.scratch === undefined ? {} : { scratch: options.scratch };
  const read = once(() => readLive(context, session));
  return await withSources(context, sources, { session, live: read, ...at }, async (target, built) => {
    const live = await read();
    const changes = await changesBetween(context, live, target, options);
    const { operations } = changes.upgrade;
    const result = {
      downRevision: parents,
      operations: operations.map((operation) => `${sourceOf(operation)};`),
      dataLoss: changes.dataLoss,
      renameCandidates: changes.renameCandidates,
      notExpressed: changes.notExpressed,
    };
    if (operations.length === 0) return { ...result, revision: null, path: null, proven: false };
    const isProven = options.proof !== false;
    const proof = isProven ? { session, ...at, live, target: expected(changes), built } : undefined;
    const written = await writeGeneratedRevision(context, graph, parents, options, { ...changes, proof });
    return { ...result, ...written, proven: isProven };
  });
}

/** Where the project's own code changed the operations, only that they run can be held against them. */
function expected({ target, isProcessed }: Changes): Changes["target"] | undefined {
  return isProcessed ? undefined : target;
}

/** What pending revisions do would be written once more. */
async function refusePending(context: Context, graph: RevisionGraph<RevisionFile>): Promise<void> {
  const { rows } = await databaseState(context, graph);
  const pending = graph.size === 0 ? [] : graph.plan("upgrade", "heads", [...rows]).steps;
  if (pending.length === 0) return;
  const ids = pending.map(({ revision }) => revision);
  throw new LimbeckError("DATABASE_NOT_UP_TO_DATE", {
    message: `The database is not up to date: ${ids.length} ${ids.length === 1 ? "revision is" : "revisions are"} not applied (${ids.join(", ")}).`,
    hint: "Run `limbeck upgrade heads` first: what is not applied would be generated again.",
    details: { pending: ids },
  });
}
