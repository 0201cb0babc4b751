import { LimbeckError } from "../errors/limbeck-error.ts";
import { isRelativeToCurrent, parseIdentifier } from "./identifier.ts";
import type { Direction, Plan, Step } from "./revision.ts";
import { idsAt, locate, type Place, strictlyAbove } from "./resolve.ts";
import { sortedIds, stateAt, stateWith } from "./rows.ts";
import type { Scope } from "./scope.ts";
import type { Structure } from "./structure.ts";
import { either, type Marks, members, reach, without } from "./walk.ts";

/**
 * What upgrading to the targets would run: all that is at or below them and is not applied, parents and
 * dependencies first. A target that is applied already, or `base`, asks for nothing.
 */
export function planUpgrade(scope: Scope, targets: readonly string[]): Plan {
  const { structure } = scope;
  const { applied, rows } = scope.state();
  const at = targets.flatMap((target) => locateTowards(scope, "upgrade", target).at);
  const after = stateAt(structure, [...rows, ...at]);
  const needed = without(after.applied, applied);
  const steps = inOrder(structure, needed).map((revision): Step => ({ direction: "upgrade", revision }));
  return { steps, heads: sortedIds(structure, after.rows) };
}

/**
 * What downgrading to the targets would run: what is applied above a target on its own line, and all that stands on
 * what is undone, over down revisions and dependencies, children first. No target is undone.
 * Throws TARGET_INVALID for a target that is not applied.
 */
export function planDowngrade(scope: Scope, targets: readonly string[]): Plan {
  const { structure } = scope;
  const { applied } = scope.state();
  const places = targets.map((target) => {
    const place = locateTowards(scope, "downgrade", target);
    const absent = place.at.filter((at) => applied[at] === 0);
    if (absent.length > 0) throw notApplied(target, idsAt(structure, absent));
    return place;
  });
  const after = stateWith(structure, without(applied, undone(structure, applied, places)));
  const gone = without(applied, after.applied);
  const steps = inOrder(structure, gone)
    .toReversed()
    .map((revision): Step => ({ direction: "downgrade", revision }));
  return { steps, heads: sortedIds(structure, after.rows) };
}

/**
 * The rows after stamping; nothing runs. A target takes the place of the rows on its line, over down revisions and
 * dependencies, and the other rows stay. A relative target, or one with a label, concerns its branch alone: the rest of
 * what is applied stays. With `purge`, nothing of what was there stays.
 * Throws STAMP_UNSOUND when one target is below another.
 */
export function planStamp(scope: Scope, targets: readonly string[], purge: boolean): Plan {
  const { structure } = scope;
  const places = targets.map((target) => locate(scope, target));
  const at = soundTogether(structure, targets, places);
  if (purge) return { steps: [], heads: sortedIds(structure, at) };

  const { applied } = scope.state();
  const narrow = places.filter((place) => place.above);
  const wide = places.filter((place) => !place.above);
  const left = stateWith(structure, without(applied, undone(structure, applied, narrow)));
  const replaced = wide.flatMap((place) => (place.at.length > 0 ? place.at : left.rows));
  const onLine = either(reach(replaced, structure.below), reach(replaced, structure.above));
  const after = stateAt(structure, [...left.rows.filter((row) => onLine[row] === 0), ...at]);
  return { steps: [], heads: sortedIds(structure, after.rows) };
}

function inOrder({ order, infos }: Structure, marks: Marks): string[] {
  return order.filter((place) => marks[place] === 1).map((place) => infos[place]!.revision);
}

/** What is undone of `applied` by a downgrade to all of these places. */
function undone(structure: Structure, applied: Marks, places: readonly Place[]): Marks {
  const kept = reach(
    places.flatMap(({ at }) => at),
    structure.below,
  );
  const starts = places.flatMap((place) => members(without(startOf(structure, place), kept)));
  return reach(starts, structure.above, applied);
}

/** Where a downgrade to a place begins to undo. */
function startOf(structure: Structure, { at, above }: Place): Marks {
  if (above) return above();
  return at.length === 0 ? new Uint8Array(structure.infos.length).fill(1) : strictlyAbove(at, structure.children);
}

/** The targets' revisions; throws STAMP_UNSOUND when they cannot be the rows of one version table. */
function soundTogether(structure: Structure, targets: readonly string[], places: readonly Place[]): readonly number[] {
  const asked = new Set(places.flatMap(({ at }) => stateAt(structure, at).rows));
  const rows = new Set(stateAt(structure, asked).rows);
  const nowhere = targets.filter((_, number) => places[number]!.at.length === 0);
  if (nowhere.length > 0 && targets.length > 1) {
    throw unsound(targets, `${nowhere[0]} leaves no row, and the others do`, "Stamp them one after the other.");
  }
  if (rows.size === asked.size) return [...rows];
  const [covered] = idsAt(
    structure,
    [...asked].filter((place) => !rows.has(place)),
  );
  const tops = idsAt(structure, rows);
  throw unsound(
    targets,
    `${covered} is below another of them and is applied with it`,
    `Run \`limbeck stamp ${tops.join(" ")}\`: it says the same.`,
  );
}

function unsound(targets: readonly string[], why: string, hint: string): LimbeckError {
  return new LimbeckError("STAMP_UNSOUND", {
    message: `${targets.join(" and ")} cannot be stamped together: ${why}.`,
    hint,
    details: { targets },
  });
}

function notApplied(target: string, absent: readonly string[]): LimbeckError {
  const name = absent.includes(target) ? target : `${absent.join(", ")} (${target})`;
  return new LimbeckError("TARGET_INVALID", {
    message: `${name} is not applied, so a downgrade cannot end there.`,
    hint: `\`limbeck current\` shows where the database is; \`limbeck upgrade ${target}\` goes up to it.`,
    details: { target, notApplied: absent },
  });
}

/** Finds a target; a relative one must lead in the direction of the command. */
function locateTowards(scope: Scope, direction: Direction, target: string): Place {
  const identifier = parseIdentifier(target);
  const { offset = 0 } = identifier;
  if (isRelativeToCurrent(identifier) && offset > 0 !== (direction === "upgrade")) {
    const other = direction === "upgrade" ? "downgrade" : "upgrade";
    throw new LimbeckError("TARGET_INVALID", {
      message: `${target} leads ${offset > 0 ? "up" : "down"} from where the database is, and this is ${direction === "upgrade" ? "an upgrade" : "a downgrade"}.`,
      hint: `Run \`limbeck ${other} ${target}\`, or give \`limbeck ${direction}\` a number of steps with ${offset > 0 ? "a minus" : "a plus"}.`,
      details: { target },
    });
  }
  return locate(scope, target);
}
