import { LimbeckError } from "../errors/limbeck-error.ts";
import { historyOf } from "./history.ts";
import { splitRange } from "./identifier.ts";
import { planDowngrade, planStamp, planUpgrade } from "./plan.ts";
import { notFound } from "./refuse.ts";
import { basesOf, headsOf, idsAt, locate } from "./resolve.ts";
import type { Direction, OfflinePlan, Plan, Revision, RevisionInfo, RowChange, Step } from "./revision.ts";
import { rowChanges, sortedIds, stateAt, stateOf, unknownRows } from "./rows.ts";
import type { Scope } from "./scope.ts";
import { buildStructure, revisionAt, type Structure } from "./structure.ts";
import { carriedLabels, members, reach } from "./walk.ts";

/**
 * The revisions of a project as a graph, read-only. State is a set: applied is everything at or below the rows of the
 * version table, over down revisions and dependencies, and the rows are the applied revisions that nothing applied
 * stands on. Where several answers would do, file order decides, the order of the array given to `from`.
 *
 * Identifiers, wherever a revision is named: an id; the first characters of one, when they fit no other; `head`;
 * `heads`; `base`; `current`; a branch label, which names the revision it is written on; `+N` and `-N` from where the
 * database is; `X+N` and `X-N` from X; and each of these behind `label@` (or `id@`), narrowed to that line.
 * `head` counts a head that another revision merely depends on: with two of them, it is an error and `heads` is not.
 */
export class RevisionGraph<T extends RevisionInfo = RevisionInfo> {
  readonly #structure: Structure<T>;
  readonly #revisions: Revision<T>[] = [];
  #sortedIds: readonly string[] | undefined;
  #carriedLabels: readonly (readonly string[])[] | undefined;

  private constructor(structure: Structure<T>) {
    this.#structure = structure;
  }

  /**
   * Builds the graph. Throws REVISION_ID_INVALID, REVISION_DUPLICATE, LABEL_DUPLICATE, PARENT_NOT_FOUND or
   * REVISION_CYCLE when the revisions do not make one.
   */
  static from<T extends RevisionInfo>(revisions: readonly T[]): RevisionGraph<T> {
    return new RevisionGraph(buildStructure(revisions));
  }

  get size(): number {
    return this.#structure.infos.length;
  }

  /** All revisions in file order. */
  *[Symbol.iterator](): IterableIterator<Revision<T>> {
    for (const place of this.#structure.infos.keys()) yield this.#revision(place);
  }

  /** The revision of this id; ids only, see `resolve` for everything else. */
  get(id: string): Revision<T> | undefined {
    const place = this.#structure.index.get(id);
    return place === undefined ? undefined : this.#revision(place);
  }

  /** The revisions that none names as its down revision; with `resolveDependencies`, nor as a dependency. */
  heads(options: { resolveDependencies?: boolean } = {}): string[] {
    const { above } = this.#structure;
    const heads = headsOf(this.#structure);
    return this.#ids(options.resolveDependencies ? heads.filter((place) => above[place]!.length === 0) : heads);
  }

  /** The revisions without a down revision. */
  bases(): string[] {
    return this.#ids(basesOf(this.#structure));
  }

  /** The revisions that are the down revision of several. */
  branchPoints(): string[] {
    const { children } = this.#structure;
    return this.#ids([...children.keys()].filter((place) => children[place]!.length > 1));
  }

  /** The revisions that have this one as down revision. Throws REVISION_NOT_FOUND for what is no id. */
  children(id: string): string[] {
    return this.#ids(this.#structure.children[this.#place(id)]!);
  }

  /**
   * The branch labels that a revision carries, sorted. A label belongs to the revision it is written on, to all
   * descendants, and downwards to what lies before the next branch point or merge.
   * Throws REVISION_NOT_FOUND for what is no id.
   */
  labels(id: string): string[] {
    return [...this.#labels()[this.#place(id)]!];
  }

  /**
   * These revisions and all below them, over down revisions and dependencies.
   * Throws REVISION_NOT_FOUND for what is no id.
   */
  closure(ids: Iterable<string>): Set<string> {
    const starts = Array.from(ids, (id) => this.#place(id));
    return new Set(this.#ids(members(reach(starts, this.#structure.below))));
  }

  /**
   * These revisions and all that stands on them, over down revisions and dependencies.
   * Throws REVISION_NOT_FOUND for what is no id.
   */
  descendants(ids: Iterable<string>): Set<string> {
    const starts = Array.from(ids, (id) => this.#place(id));
    return new Set(this.#ids(members(reach(starts, this.#structure.above))));
  }

  /**
   * The fewest rows that say that these revisions, and all below them, are applied; sorted.
   * Throws REVISION_NOT_FOUND for what is no id.
   */
  minimal(ids: Iterable<string>): string[] {
    const places = Array.from(ids, (id) => this.#place(id));
    return sortedIds(this.#structure, stateAt(this.#structure, places).rows);
  }

  /** What is applied in a database with these rows. Throws REVISION_UNKNOWN_TO_FILES. */
  applied(rows: readonly string[]): Set<string> {
    return new Set(this.#ids(members(stateOf(this.#structure, rows).applied)));
  }

  /** The rows that no file knows. */
  unknownRows(rows: readonly string[]): string[] {
    return unknownRows(this.#structure, rows);
  }

  /**
   * What has to run, in order, to get from the rows `current` to the target, and the rows afterwards.
   * A stamp runs nothing. `purge` is for stamp: what was there does not count, even if no file knows it.
   * Throws what `resolve` throws, REVISION_UNKNOWN_TO_FILES for rows that no file knows, TARGET_INVALID for a downgrade
   * to what is not applied or a step in the other direction, and STAMP_UNSOUND.
   */
  plan(
    direction: Direction | "stamp",
    target: string | readonly string[],
    current: readonly string[] = [],
    options: { purge?: boolean } = {},
  ): Plan {
    const scope = this.#scope(current, (identifier) => `limbeck ${direction} ${identifier}`);
    const targets = typeof target === "string" ? [target] : target;
    if (targets.length === 0) {
      throw invalid(
        "No target is given.",
        `Name one, such as \`limbeck ${direction} ${direction === "downgrade" ? "base" : "head"}\`.`,
      );
    }
    if (direction === "upgrade") return planUpgrade(scope, targets);
    if (direction === "downgrade") return planDowngrade(scope, targets);
    return planStamp(scope, targets, options.purge ?? false);
  }

  /**
   * A plan without a database, for --sql: the start of a range `a:b` says where the database is. Without a start it is
   * empty; an end left out is `head`. `current` serves a start that is relative to the database. Throws what
   * `plan` and `resolve` throw, and TARGET_INVALID for a downgrade that does not name both ends.
   */
  planOffline(direction: Direction | "stamp", range: string, current: readonly string[] = []): OfflinePlan {
    const { start, end } = range.includes(":") ? splitRange(range) : { start: "", end: range };
    if (direction === "downgrade" && (start === "" || end === "")) {
      throw invalid(
        `A downgrade without a database needs both ends, and ${JSON.stringify(range)} has one.`,
        `Say where the database is: \`limbeck downgrade head:${end || "base"} --sql\`.`,
      );
    }
    const from = start === "" ? [] : this.minimal(this.resolve(start, current));
    return { from, ...this.plan(direction, end || "head", from) };
  }

  /**
   * Revisions newest first: all of them, or those in a range `a:b`, `a:` or `:b`, both ends included.
   * `-N` as the start counts from the end of the range, `+N` as the end from its start. Children come before parents,
   * and otherwise later files before earlier ones.
   * Throws what `resolve` throws, and TARGET_INVALID for ends that are not on one line.
   */
  history(range = ":", current: readonly string[] = []): Revision<T>[] {
    const scope = this.#scope(current, (identifier) => identifier);
    return historyOf(scope, range).map((place) => this.#revision(place));
  }

  /**
   * The ids that an identifier names, in file order; `base` names none. Throws TARGET_INVALID, REVISION_NOT_FOUND,
   * REVISION_AMBIGUOUS, MULTIPLE_HEADS, RELATIVE_OUT_OF_RANGE, RELATIVE_AMBIGUOUS, and, when the identifier is
   * relative to the rows `current`, REVISION_UNKNOWN_TO_FILES.
   */
  resolve(identifier: string, current: readonly string[] = []): string[] {
    return this.#ids(
      locate(
        this.#scope(current, (other) => other),
        identifier,
      ).at,
    );
  }

  /**
   * What each step does to a version table that has `rows` before the first of them; after each, the table has the
   * minimal rows. Throws REVISION_UNKNOWN_TO_FILES, and VERSION_ROW_CHANGED for a step that the rows before it rule out.
   */
  rowChanges(rows: readonly string[], steps: readonly Step[]): RowChange[] {
    return rowChanges(this.#structure, rows, steps);
  }

  #scope(current: readonly string[], command: Scope["command"]): Scope {
    const structure = this.#structure;
    return {
      structure,
      sortedIds: () => (this.#sortedIds ??= [...structure.index.keys()].toSorted()),
      carriedLabels: () => this.#labels(),
      state: () => stateOf(structure, current),
      command,
    };
  }

  #labels(): readonly (readonly string[])[] {
    return (this.#carriedLabels ??= carriedLabels(this.#structure));
  }

  #revision(place: number): Revision<T> {
    return (this.#revisions[place] ??= revisionAt(this.#structure, place));
  }

  #place(id: string): number {
    const place = this.#structure.index.get(id);
    if (place === undefined) throw notFound(this.#structure, id);
    return place;
  }

  #ids(places: Iterable<number>): string[] {
    return idsAt(this.#structure, places);
  }
}

function invalid(message: string, hint: string): LimbeckError {
  return new LimbeckError("TARGET_INVALID", { message, hint });
}
