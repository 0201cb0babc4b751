import type { ComparedAttribute, ComparedObject } from "../commands/diff.ts";
import type { View } from "./command.ts";

const BETWEEN = " | ";
const INDENT = "  ";
const NARROWEST = 16;

/** Every object that differs, with what the old side says of it on the left and the new one on the right. */
export function sideBySide(
  objects: readonly ComparedObject[],
  [from, to]: readonly [from: string, to: string],
  { paint, width }: View,
): string {
  const column = Math.max(NARROWEST, Math.floor((width - BETWEEN.length) / 2));
  const row = (left: string, right: string, isSame = false): string => {
    const [one, two] = isSame ? [paint.dim, paint.dim] : [paint.bad, paint.good];
    return `${one(left.padEnd(column))}${paint.dim(BETWEEN)}${two(right)}`.trimEnd();
  };
  const cut = (text: string): string => (text.length > column ? `${text.slice(0, column - 1)}…` : text);
  const lines = [row(cut(from), cut(to)), paint.dim("-".repeat(column * 2 + BETWEEN.length))];
  for (const { kind, name, change, attributes } of objects) {
    lines.push(`${MARKS[change]} ${paint.strong(`${kind} ${name}`)}`);
    for (const attribute of attributes) {
      for (const [left, right, isSame] of rowsOf(attribute)) {
        const [here, there] = [folded(left, column), folded(right, column)];
        for (let at = 0; at < Math.max(here.length, there.length); at++) {
          lines.push(row(here[at] ?? "", there[at] ?? "", isSame));
        }
      }
    }
  }
  return lines.join("\n");
}

const MARKS = { added: "+", removed: "-", changed: "~" };

type Row = readonly [left: string | undefined, right: string | undefined, isSame: boolean];

/** A short value stands behind its name; a text of several lines below it, with the lines that are the same in one row. */
function rowsOf({ name, from, to }: ComparedAttribute): Row[] {
  const lines = (text: string | null): string[] => text?.replace(/\n$/, "").split("\n") ?? [];
  const [here, there] = [lines(from), lines(to)];
  const titled = (side: string | null, value: string): string | undefined =>
    side === null ? undefined : `${INDENT}${value === "" ? name : `${name}: ${value}`}`;
  if (here.length <= 1 && there.length <= 1) return [[titled(from, here[0] ?? ""), titled(to, there[0] ?? ""), false]];
  const inner = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : `${INDENT}${INDENT}${text}`;
  return [
    [from === null ? undefined : `${INDENT}${name}:`, to === null ? undefined : `${INDENT}${name}:`, true],
    ...aligned(here, there).map(([left, right]): Row => [inner(left), inner(right), left === right]),
  ];
}

/** The lines of two texts in rows, those that both have in the same row. */
function aligned(
  here: readonly string[],
  there: readonly string[],
): (readonly [string | undefined, string | undefined])[] {
  const common = commonLengths(here, there);
  const rows: [string | undefined, string | undefined][] = [];
  let [a, b] = [0, 0];
  while (a < here.length || b < there.length) {
    if (a < here.length && here[a] === there[b]) rows.push([here[a++], there[b++]]);
    else if (b >= there.length || (a < here.length && common[a + 1]![b]! >= common[a]![b + 1]!))
      rows.push([here[a++], undefined]);
    else rows.push([undefined, there[b++]]);
  }
  return paired(rows);
}

/** How many lines in order the two have in common behind each place. */
function commonLengths(here: readonly string[], there: readonly string[]): number[][] {
  const lengths = Array.from({ length: here.length + 1 }, () => Array.from({ length: there.length + 1 }, () => 0));
  for (let a = here.length - 1; a >= 0; a--) {
    for (let b = there.length - 1; b >= 0; b--) {
      lengths[a]![b] =
        here[a] === there[b] ? lengths[a + 1]![b + 1]! + 1 : Math.max(lengths[a + 1]![b]!, lengths[a]![b + 1]!);
    }
  }
  return lengths;
}

/** A line that went and one that came for it share a row. */
function paired(
  rows: readonly (readonly [string | undefined, string | undefined])[],
): [string | undefined, string | undefined][] {
  const result: [string | undefined, string | undefined][] = [];
  let open: [string | undefined, string | undefined][] = [];
  for (const [left, right] of rows) {
    const half = right === undefined ? undefined : open.find((pair) => pair[1] === undefined);
    if (left !== undefined && right !== undefined) {
      result.push(...open, [left, right]);
      open = [];
    } else if (half !== undefined) half[1] = right;
    else open.push([left, right]);
  }
  return [...result, ...open];
}

/** A line in as many as it needs, broken at a space where there is one. */
function folded(line: string | undefined, width: number): string[] {
  if (line === undefined) return [];
  const indent = /^ */.exec(line)![0].slice(0, width / 2);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const at = space > indent.length ? space : width;
    lines.push(rest.slice(0, at));
    rest = `${indent}${INDENT}${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest];
}
