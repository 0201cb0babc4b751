import { edgesAmong, marksOf, oneLine, type DrawnRevision } from "./drawn-revision.ts";

/**
 * The revisions as a Mermaid flowchart, the oldest on top: heads have a thick border, dependencies are dashed.
 * The same revision has the same node id in every document.
 */
export function mermaid(revisions: readonly DrawnRevision[]): string {
  const oldestFirst = revisions.toReversed();
  const heads = oldestFirst.filter(({ isHead }) => isHead).map(({ revision }) => nodeId(revision));
  return [
    "flowchart TB",
    ...oldestFirst.map((revision) => `  ${nodeId(revision.revision)}["${labelOf(revision)}"]`),
    ...edgesAmong(oldestFirst).map(
      ({ child, parent, isDependency }) => `  ${nodeId(parent)} ${isDependency ? "-.->" : "-->"} ${nodeId(child)}`,
    ),
    ...(heads.length === 0 ? [] : ["  classDef head stroke-width:3px", `  class ${heads.join(",")} head`]),
  ].join("\n");
}

/** Letters and digits with an `r` before them: no word of Mermaid's own, and different for different revisions. */
function nodeId(revision: string): string {
  return `r${revision.replace(/[^A-Za-z0-9]/gu, (character) => `_${character.codePointAt(0)!.toString(16)}_`)}`;
}

function labelOf(revision: DrawnRevision): string {
  const title = [revision.revision, ...marksOf(revision)].join(" ");
  const message = oneLine(revision.message);
  return (message === "" ? [title] : [title, message]).map(escaped).join("<br/>");
}

/**
 * Everything as a character reference but letters, digits and what is harmless where it stands: Mermaid looks for its
 * own directives in quoted text too, and takes it for Markdown, where `_a_` is emphasis and `1.` begins a list.
 */
function escaped(text: string): string {
  const harmful = /(?<=^\p{N}+)[.)]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|[^\p{L}\p{N} ()_,.]/gu;
  return text.replace(harmful, (character) => `#${character.codePointAt(0)};`);
}
