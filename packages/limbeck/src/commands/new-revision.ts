import { rmSync } from "node:fs";
import { resolve, sep } from "node:path";
import { LimbeckError } from "../errors/limbeck-error.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { fileNameOf } from "../scripts/file-name.ts";
import { nextRevisionId } from "../scripts/revision-id.ts";
import type { RevisionFile } from "../scripts/revision-file.ts";
import { writeRevisionFile, type NewRevision } from "../scripts/write.ts";
import { runWriteHooks } from "../scripts/write-hooks.ts";
import type { Context } from "./context.ts";
import { updateHeadsFile } from "./heads-file.ts";

export interface NewRevisionOptions {
  readonly message?: string;
  readonly revisionId?: string;
  readonly branchLabels?: readonly string[];
  /** Revision ids or labels. */
  readonly dependsOn?: readonly string[];
  /** The folder to write into, one of the configuration's. */
  readonly versionPath?: string;
  readonly format?: "ts" | "sql";
  /** Parents need not be heads. */
  readonly splice?: boolean;
}

/** What a revision does that was not left to its author. */
export type RevisionContent = Pick<NewRevision, "upgrade" | "downgrade">;

/** Looks at the file that was written, before it counts. What it throws takes the file away again. */
export type Scrutiny = (written: NewRevisionResult) => Promise<void>;

export interface NewRevisionResult {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly path: string;
}

/**
 * Writes a new revision on top of these parents. The graph with the new revision in it is built first, so that a
 * file that would break it is never written.
 */
export async function writeNewRevision(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  parents: readonly string[],
  options: NewRevisionOptions,
  { content = {}, scrutiny }: { readonly content?: RevisionContent; readonly scrutiny?: Scrutiny } = {},
): Promise<NewRevisionResult> {
  if (!options.splice) refuseNonHeads(graph, parents);
  if (options.revisionId !== undefined) refuseTaken(graph, options.revisionId);
  const revision: NewRevision = {
    revision: options.revisionId ?? nextRevisionId(context.now(), (id) => graph.get(id) !== undefined),
    downRevision: parents,
    branchLabels: options.branchLabels ?? [],
    dependsOn: dependencies(graph, options.dependsOn ?? []),
    message: options.message ?? "",
    format: options.format ?? context.config.format,
    ...content,
  };
  const changed = RevisionGraph.from([
    ...Array.from(graph, (known) => known.source),
    { ...revision, downRevision: parents.length === 0 ? null : parents },
  ]);
  const { config } = context;
  const name = fileNameOf(config.naming, revision.revision, revision.message, context.now());
  const path = writeRevisionFile(folderFor(context, graph, parents, options.versionPath), name, revision);
  const written = { revision: revision.revision, downRevision: parents, path };
  if (scrutiny === undefined) updateHeadsFile(config, changed);
  await runWriteHooks(path, config.writeHooks, config.folder);
  if (scrutiny === undefined) return written;
  await scrutiny(written).catch((error: unknown) => {
    rmSync(path, { force: true });
    throw error;
  });
  updateHeadsFile(config, changed);
  return written;
}

function refuseNonHeads(graph: RevisionGraph<RevisionFile>, parents: readonly string[]): void {
  const heads = new Set(graph.heads());
  const other = parents.find((parent) => !heads.has(parent));
  if (other === undefined) return;
  throw new LimbeckError("NOT_A_HEAD", {
    message: `Revision ${other} is no head: ${graph.children(other).join(", ")} stands on it already.`,
    hint: "Start from a head, or say --splice to begin a new branch there.",
    details: { revision: other },
  });
}

function refuseTaken(graph: RevisionGraph<RevisionFile>, revision: string): void {
  const taken = graph.get(revision);
  if (taken === undefined) return;
  throw new LimbeckError("REVISION_DUPLICATE", {
    message: `There is a revision ${revision} already.`,
    hint: "Choose another id, or leave --rev-id out.",
    where: taken.source.where,
    details: { revision },
  });
}

/** A shortened id is written out; a label stays one. */
function dependencies(graph: RevisionGraph<RevisionFile>, given: readonly string[]): string[] {
  return given.flatMap((identifier) => {
    const isLabel = Array.from(graph).some(({ branchLabels }) => branchLabels.includes(identifier));
    return isLabel ? [identifier] : graph.resolve(identifier);
  });
}

/** A revision's file stays with its parent's, unless a folder is named. */
function folderFor(
  context: Context,
  graph: RevisionGraph<RevisionFile>,
  parents: readonly string[],
  versionPath: string | undefined,
): string {
  const { locations, folder } = context.config;
  if (versionPath !== undefined) {
    const path = resolve(folder, versionPath);
    const found = locations.find((location) => location === path || location.endsWith(sep + versionPath));
    if (found !== undefined) return found;
    throw new LimbeckError("USAGE", {
      message: `${versionPath} is none of the migrations folders.`,
      hint: `Use one of ${locations.join(", ")}, or add it to \`migrations\` in the configuration.`,
    });
  }
  const parentPath = parents[0] === undefined ? undefined : graph.get(parents[0])!.source.path;
  const home = locations.find((location) => parentPath?.startsWith(location + sep));
  if (home === undefined && locations.length > 1) {
    throw new LimbeckError("USAGE", {
      message: "There are several migrations folders, and a new base belongs to none of them yet.",
      hint: `Say which with --version-path: ${locations.join(", ")}.`,
    });
  }
  return home ?? locations[0]!;
}
