import type { ListedRevision } from "../commands/history.ts";
import type { RevisionSummary } from "../commands/summary.ts";
import type { HistoryEntry } from "../runner/read-history.ts";
import type { View } from "./command.ts";
import { appliedText } from "./history-entry.ts";

type Listed = RevisionSummary | ListedRevision;

/** A revision as `heads` and `current` list it: `<id> (<labels>) (head)`; all of it with -v. */
export function revisionLine(revision: Listed, view: View, wanted: readonly Mark[] = ["head"]): string {
  if (view.verbose) return revisionEntry(revision, view);
  return [view.paint.id(revision.revision), ...marks(revision, view, wanted)].join(" ");
}

/** A revision as `history` lists it: `<down> -> <id> (<labels>) (head) (current) (branchpoint) (mergepoint), message`. */
export function historyLine(revision: Listed, view: View): string {
  if (view.verbose) return revisionEntry(revision, view);
  const dependencies = revision.dependsOn.length === 0 ? "" : ` (${revision.dependsOn.join(", ")})`;
  const title = [view.paint.id(revision.revision), ...marks(revision, view)].join(" ");
  const when =
    applied(revision)?.status === "done" ? view.paint.dim(`  [applied ${applied(revision)!.startedAt}]`) : "";
  return `${parents(revision)}${dependencies} -> ${title}${revision.message === "" ? "" : `, ${revision.message}`}${when}`;
}

/** The step by which the database came to have the revision, when it was asked for and is known. */
function applied(revision: Listed): HistoryEntry | undefined {
  return ("applied" in revision && revision.applied) || undefined;
}

/** A revision in full, with its file and its description. */
export function revisionEntry(revision: Listed, view: View): string {
  const { downRevision, dependsOn, children, branchLabels, description } = revision;
  const lines = [
    `Rev: ${[view.paint.id(revision.revision), ...marks(revision, view, ["head", "current", "branchpoint", "mergepoint"], false)].join(" ")}`,
    `${downRevision.length > 1 ? "Merges" : "Parent"}: ${parents(revision)}`,
    ...(dependsOn.length === 0 ? [] : [`Also depends on: ${dependsOn.join(", ")}`]),
    ...(children.length > 1 ? [`Branches into: ${children.join(", ")}`] : []),
    ...(branchLabels.length === 0 ? [] : [`Branch names: ${branchLabels.join(", ")}`]),
    `Path: ${view.path(revision.path)}`,
    ...(applied(revision) === undefined ? [] : [`Applied: ${appliedText(applied(revision)!)}`]),
  ];
  const text = description === "" ? revision.message : description;
  if (text !== "") lines.push("", ...text.split("\n").map((line) => `    ${line}`.trimEnd()));
  return `${lines.join("\n")}\n`;
}

function parents({ downRevision }: Listed): string {
  return downRevision.length === 0 ? "<base>" : downRevision.join(", ");
}

type Mark = "head" | "current" | "branchpoint" | "mergepoint";

const ALL_MARKS: readonly Mark[] = ["head", "current", "branchpoint", "mergepoint"];

function marks(revision: Listed, { paint }: View, wanted = ALL_MARKS, withLabels = true): string[] {
  const has: Record<Mark, boolean> = {
    head: revision.isHead,
    current: "isCurrent" in revision && (revision.isCurrent ?? false),
    branchpoint: revision.isBranchPoint,
    mergepoint: revision.isMergePoint,
  };
  const labels =
    withLabels && revision.branchLabels.length > 0 ? [paint.mark(`(${revision.branchLabels.join(", ")})`)] : [];
  const texts = wanted.filter((mark) => has[mark]).map((mark) => paint.mark(`(${markText(mark, revision)})`));
  return [...labels, ...texts];
}

function markText(mark: Mark, { isImpliedHead }: Listed): string {
  return mark === "head" && isImpliedHead ? "effective head" : mark;
}
