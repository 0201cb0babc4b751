import { edgesAmong, marksOf, oneLine, type DrawnRevision } from "./drawn-revision.ts";

/** The revisions as a Graphviz document, the oldest on top: heads are bold, dependencies dashed. */
export function dot(revisions: readonly DrawnRevision[]): string {
  const oldestFirst = revisions.toReversed();
  return [
    "digraph revisions {",
    "  node [shape=box];",
    ...oldestFirst.map((revision) => {
      const style = revision.isHead ? ", style=bold" : "";
      return `  ${quoted(revision.revision)} [label="${labelOf(revision)}"${style}];`;
    }),
    ...edgesAmong(oldestFirst).map(({ child, parent, isDependency }) => {
      const style = isDependency ? " [style=dashed]" : "";
      return `  ${quoted(parent)} -> ${quoted(child)}${style};`;
    }),
    "}",
  ].join("\n");
}

function labelOf(revision: DrawnRevision): string {
  const title = [revision.revision, ...marksOf(revision)].join(" ");
  const message = oneLine(revision.message);
  return (message === "" ? [title] : [title, message]).map(escaped).join("\\n");
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** In labels Graphviz also reads character references, such as `&amp;`. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replace(/["\\]/g, "\\$&");
}
