import { LimbeckError } from "../errors/limbeck-error.ts";
import { isRelativeToCurrent, parseIdentifier, splitRange } from "./identifier.ts";
import { headsOf, idsAt, locate, type Place } from "./resolve.ts";
import { stateAt } from "./rows.ts";
import type { Scope } from "./scope.ts";
import { type Marks, reach } from "./walk.ts";

/**
 * The revisions from one end of a range to the other, both included, newest first: what stands on the start and is at
 * or below the end, over down revisions and dependencies. `-N` as the start counts from the end, `+N` as the end
 * from the start; elsewhere relative identifiers count from the database's rows.
 * Throws TARGET_INVALID when neither end is above the other, and what `locate` throws.
 */
export function historyOf(scope: Scope, range: string): number[] {
  const { structure } = scope;
  const { start, end } = locateEnds(scope, range);
  const fromStart = start && above(scope, start);
  const toEnd = end && reach(end.at, structure.below);
  const shown = structure.order.filter((place) => fromStart?.[place] !== 0 && toEnd?.[place] !== 0);
  if (shown.length === 0 && start && end && start.at.length > 0 && (end.at.length > 0 || isBase(range))) {
    throw unrelated(scope, range, start, end);
  }
  return shown.toReversed();
}

/** An end left out is undefined: no limit. */
function locateEnds(scope: Scope, range: string): { start: Place | undefined; end: Place | undefined } {
  const ends = splitRange(range);
  const countsFromEnd = isRelative(ends.start, "-") && !isRelative(ends.end, "+");
  const countsFromStart = isRelative(ends.end, "+") && !isRelative(ends.start, "-");
  if (countsFromStart) {
    const start = locateEnd(ends.start, scope);
    return { start, end: locateEnd(ends.end, startingAt(scope, start?.at ?? [])) };
  }
  const end = locateEnd(ends.end, scope);
  const from = countsFromEnd ? startingAt(scope, end?.at ?? headsOf(scope.structure)) : scope;
  return { start: locateEnd(ends.start, from), end };
}

function locateEnd(text: string, scope: Scope): Place | undefined {
  return text === "" ? undefined : locate(scope, text);
}

/** Whether an end is a number of steps, in this direction, from nothing that it names. */
function isRelative(text: string, sign: "+" | "-"): boolean {
  if (text === "") return false;
  const identifier = parseIdentifier(text);
  return (
    identifier.symbol === undefined && isRelativeToCurrent(identifier) && identifier.offset! > 0 === (sign === "+")
  );
}

function startingAt(scope: Scope, at: readonly number[]): Scope {
  return { ...scope, state: () => stateAt(scope.structure, at) };
}

function above({ structure }: Scope, { at, above: narrower }: Place): Marks {
  if (at.length > 0) return reach(at, structure.above);
  return narrower?.() ?? new Uint8Array(structure.infos.length).fill(1);
}

/** Up to `base` there is nothing; up to `current`, when nothing is applied, is a fair question. */
function isBase(range: string): boolean {
  return parseIdentifier(splitRange(range).end).symbol === "base";
}

function unrelated({ structure }: Scope, range: string, start: Place, end: Place): LimbeckError {
  const reversed = end.at.length === 0 || end.at.some((place) => reach(start.at, structure.below)[place] === 1);
  const [from, to] = [start, end].map(({ at }) => idsAt(structure, at).join(", ") || "base");
  const { start: startText, end: endText } = splitRange(range);
  return new LimbeckError("TARGET_INVALID", {
    message: reversed
      ? `${from} is newer than ${to}, so ${range} is empty.`
      : `${from} and ${to} are not on one line, so nothing lies between them.`,
    hint: reversed
      ? `Write the older end first: \`limbeck history -r ${endText}:${startText}\`.`
      : `\`limbeck history -r :${endText}\` shows all that is at or below ${to}.`,
    details: { range },
  });
}
