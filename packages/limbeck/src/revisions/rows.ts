import { LimbeckError } from "../errors/limbeck-error.ts";
import type { RowChange, Step } from "./revision.ts";
import type { Structure } from "./structure.ts";
import { type Marks, members, reach, tips } from "./walk.ts";

/** Where a database stands: everything applied, and the fewest rows that say so. */
export interface State {
  readonly applied: Marks;
  /** In file order. */
  readonly rows: readonly number[];
}

/** The rows that no file knows, in the order given. */
export function unknownRows({ index }: Structure, rows: readonly string[]): string[] {
  return rows.filter((row) => !index.has(row));
}

/** Reads the rows of a version table: whole ids only, never prefixes or labels. Throws REVISION_UNKNOWN_TO_FILES. */
export function stateOf(structure: Structure, rows: readonly string[]): State {
  const unknown = unknownRows(structure, rows);
  if (unknown.length > 0) throw unknownToFiles(unknown);
  return stateAt(
    structure,
    rows.map((row) => structure.index.get(row)!),
  );
}

/** The state in which these revisions and everything below them are applied. */
export function stateAt(structure: Structure, places: Iterable<number>): State {
  return stateWith(structure, reach(places, structure.below));
}

/** The state in which exactly these revisions are applied; the set must be closed downwards. */
export function stateWith(structure: Structure, applied: Marks): State {
  return { applied, rows: tips(applied, structure.above) };
}

/** Ids, sorted: the form in which rows are reported. */
export function sortedIds({ infos }: Structure, places: Iterable<number>): string[] {
  return Array.from(places, (place) => infos[place]!.revision).toSorted();
}

/**
 * What leads from one set of rows to another, in Alembic's manner: a row that takes the place of another is an
 * UPDATE, what is left over is deleted or inserted. So a merge deletes all parents but one and updates the last.
 */
export function rowDifference(before: Iterable<string>, after: Iterable<string>): RowChange {
  const [from, to] = [new Set(before), new Set(after)];
  const gone = [...from].filter((row) => !to.has(row)).toSorted();
  const come = [...to].filter((row) => !from.has(row)).toSorted();
  const updates = Math.min(gone.length, come.length);
  const replaced = gone.splice(gone.length - updates);
  const replacing = come.splice(come.length - updates);
  return { delete: gone, insert: come, update: replaced.map((row, place) => ({ from: row, to: replacing[place]! })) };
}

/**
 * What each step does to the version table that has `rows` before the first of them. After every step the table
 * has the minimal rows, also when `rows` were not minimal. Takes linear time over all steps.
 * Throws REVISION_UNKNOWN_TO_FILES, and VERSION_ROW_CHANGED for a step that the rows before it do not allow.
 */
export function rowChanges(structure: Structure, rows: readonly string[], steps: readonly Step[]): RowChange[] {
  const { infos, index, below } = structure;
  const { applied, rows: minimal } = stateOf(structure, rows);
  const standing = new Uint32Array(applied.length);
  for (const place of members(applied)) for (const under of below[place]!) standing[under]!++;

  return steps.map((step, number) => {
    const place = index.get(step.revision);
    if (place === undefined) throw impossible(step, "no file has it");
    const own = [step.revision];
    const uncovered: number[] = [];
    if (step.direction === "upgrade") {
      if (applied[place] === 1) throw impossible(step, "it is applied already");
      const absent = below[place]!.find((under) => applied[under] === 0);
      if (absent !== undefined) throw impossible(step, `it stands on ${infos[absent]!.revision}, which is not applied`);
      for (const under of below[place]!) if (standing[under]!++ === 0) uncovered.push(under);
    } else {
      if (applied[place] === 0) throw impossible(step, "it is not applied");
      if (standing[place]! > 0) throw impossible(step, "another applied revision stands on it");
      for (const under of below[place]!) if (--standing[under]! === 0) uncovered.push(under);
    }
    applied[place] = step.direction === "upgrade" ? 1 : 0;
    const others = sortedIds(structure, uncovered);
    const [removed, added] = step.direction === "upgrade" ? [others, own] : [own, others];
    if (number > 0) return rowDifference(removed, added);
    const kept = sortedIds(structure, minimal).filter((row) => !removed.includes(row));
    return rowDifference(rows, [...kept, ...added]);
  });
}

function impossible({ direction, revision }: Step, why: string): LimbeckError {
  return new LimbeckError("VERSION_ROW_CHANGED", {
    message: `The ${direction} of ${revision} cannot be entered in the version table: ${why}.`,
    hint: "The table was changed since the plan was made; run the command again.",
    details: { revision, direction },
  });
}

function unknownToFiles(unknown: readonly string[]): LimbeckError {
  const [one] = unknown;
  const names = unknown.length === 1 ? `the revision ${one}` : `the revisions ${unknown.join(", ")}`;
  return new LimbeckError("REVISION_UNKNOWN_TO_FILES", {
    message: `The version table names ${names}, which no file has.`,
    hint: "Check out the code that has the file; or, if the file is gone for good, say what is applied with `limbeck stamp --purge <revision>`.",
    details: { rows: unknown },
  });
}
