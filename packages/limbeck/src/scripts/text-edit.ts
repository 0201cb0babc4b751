import { renameSync, writeFileSync } from "node:fs";

/** A part of a text, by its characters, and what stands there instead. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with its edits, which do not overlap. Of two at the same place the first one's text comes first. */
export function edited(source: string, edits: readonly TextEdit[]): string {
  return edits
    .toReversed()
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((text, { start, end, text: instead }) => text.slice(0, start) + instead + text.slice(end), source);
}

/** Writes a file that is there anew, as a whole or not at all. */
export function rewriteFile(path: string, content: string): void {
  const beside = `${path}.${process.pid}.new`;
  writeFileSync(beside, content);
  renameSync(beside, path);
}

/** Lines around a change that a difference shows. */
const AROUND = 2;

/** What differs between two texts, line by line, as `diff -u` shows it. `path` is the file's name in it. */
export function lineDifference(path: string, before: string, after: string): string {
  const [old, next] = [before.split("\n"), after.split("\n")];
  const marked = markedLines(old, next);
  const shown = marked.map((_, at) =>
    marked.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(([mark]) => mark !== " "),
  );
  const lines = [`--- ${path}`, `+++ ${path}`];
  let [oldLine, newLine] = [1, 1];
  for (const [at, [mark, text]] of marked.entries()) {
    if (shown[at] && !shown[at - 1]) lines.push(`@@ -${oldLine} +${newLine} @@`);
    if (shown[at]) lines.push(`${mark}${text}`);
    if (mark !== "+") oldLine++;
    if (mark !== "-") newLine++;
  }
  return lines.join("\n");
}

type Marked = readonly [mark: " " | "-" | "+", text: string];

/** The lines of both, those that both have once: by their longest common subsequence. */
function markedLines(old: readonly string[], next: readonly string[]): Marked[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(next.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        old[i] === next[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const marked: Marked[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      marked.push([" ", old[i++]!]);
      j++;
    } else if (j === next.length || (i < old.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      marked.push(["-", old[i++]!]);
    } else {
      marked.push(["+", next[j++]!]);
    }
  }
  return marked;
}
