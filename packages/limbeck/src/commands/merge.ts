import { LimbeckError } from "../errors/limbeck-error.ts";
import type { Context } from "./context.ts";
import { writeNewRevision, type NewRevisionOptions, type NewRevisionResult } from "./new-revision.ts";

/** Writes a revision that joins others: all heads, if none are named. */
export async function merge(
  context: Context,
  revisions: readonly string[],
  options: NewRevisionOptions = {},
): Promise<NewRevisionResult> {
  const graph = context.graph();
  const identifiers = revisions.length === 0 ? ["heads"] : revisions;
  const parents = [...new Set(identifiers.flatMap((identifier) => graph.resolve(identifier)))];
  if (parents.length < 2) throw nothingToMerge(parents, revisions.length > 0);
  return await writeNewRevision(context, graph, parents, options);
}

function nothingToMerge(parents: readonly string[], named: boolean): LimbeckError {
  const [only] = parents;
  return new LimbeckError("TARGET_INVALID", {
    message: named
      ? `A merge joins at least two revisions, and only ${only ?? "the base"} is named.`
      : `There is nothing to merge: ${only === undefined ? "there is no revision yet" : `${only} is the only head`}.`,
    hint: named ? "Name two heads, or none to join all of them." : "`limbeck heads` shows the heads.",
  });
}
