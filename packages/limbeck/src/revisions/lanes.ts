/** A revision as a drawing needs it: ids only. */
export interface LaneRevision {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly dependsOn: readonly string[];
}

/** A revision, or a line: straight down, down to the left, down to the right, or across to another gap. */
export type LaneMark = "revision" | "down" | "left" | "right" | "across";

/** What stands at one place of a row. Lanes have the even places, the gaps between them the odd ones. */
export interface LaneCell {
  readonly mark: LaneMark;
  /** Whether the line is a dependency's and no down revision's. */
  readonly dotted: boolean;
  /** The lane's number, for a colour. */
  readonly lane: number;
}

/** A row of a drawing: one with a revision in it, or one in which lines change their places. */
export interface LaneRow {
  readonly revision: string | undefined;
  readonly cells: readonly (LaneCell | undefined)[];
}

/**
 * Lays a history out as rows of lanes, as `git log --graph` does. `revisions` are newest first, children before parents;
 * an edge to what is not among them, or stands above, is left out.
 *
 * Each edge can be followed from its child down to its parent through the cells alone: where lines meet, one that can
 * go straight on does, the others join, and only the lines under a revision part. A dependency goes over at least
 * one dotted cell, a down revision over none.
 */
export function layOutLanes(revisions: readonly LaneRevision[]): LaneRow[] {
  const layout = new Layout();
  const numbers = new Map(revisions.map(({ revision }, number) => [revision, number]));
  revisions.forEach(({ revision, downRevision, dependsOn }, number) => {
    const edges = new Map<number, Edge>();
    const add = (id: string, dotted: boolean) => {
      const target = numbers.get(id) ?? -1;
      if (target > number && !edges.has(target)) edges.set(target, { target, dotted });
    };
    for (const id of downRevision) add(id, false);
    for (const id of dependsOn) add(id, true);
    layout.add(revision, number, [...edges.values()]);
  });
  return layout.rows;
}

/** Where a line leads, by the number of a revision, and in which manner. */
interface Edge {
  readonly target: number;
  readonly dotted: boolean;
}

interface Lane extends Edge {
  readonly colour: number;
}

type Cells = (LaneCell | undefined)[];

class Layout {
  readonly rows: LaneRow[] = [];
  /** No two of them lead to the same revision in the same manner. */
  #lanes: Lane[] = [];
  #colours = 0;
  /** What the last revision depends on. */
  #needed: readonly number[] = [];

  add(revision: string, number: number, edges: readonly Edge[]): void {
    const column = this.#arrive(number);
    const { colour } = this.#lanes[column]!;
    const cells = straightDown(this.#lanes);
    cells[2 * column] = { mark: "revision", dotted: false, lane: colour };
    this.rows.push({ revision, cells });
    this.#leave(column, colour, edges);
    this.#needed = edges.filter(({ dotted }) => dotted).map(({ target }) => target);
  }

  /** The column of a revision, where all lines that lead to it have come together. */
  #arrive(number: number): number {
    const column = this.#lanes.findIndex(({ target }) => target === number);
    const other = this.#lanes.findLastIndex(({ target }) => target === number);
    if (column === -1) return this.#begin(number);
    // A dependency that has just begun would end before it shows that it is one.
    if (this.#needed.includes(number)) this.#pass(straightDown(this.#lanes));
    if (other > column) this.#change({ column, stays: this.#lanes[column]!, claimed: other });
    return column;
  }

  /** A head has a lane of its own, to the right of the others. */
  #begin(number: number): number {
    const column = this.#lanes.length;
    // Right under a base it would look like what the base stands on.
    if (this.rows.at(-1)?.cells[2 * column] !== undefined) this.#pass(straightDown(this.#lanes));
    this.#lanes.push({ target: number, dotted: false, colour: this.#colours++ });
    return column;
  }

  /**
   * Leads the lines under a revision to the lanes that go where its edges go, and begins those that there are not yet.
   * The first of them goes on in the revision's column; if there is none, the nearest lane from the right comes over.
   */
  #leave(column: number, colour: number, edges: readonly Edge[]): void {
    const ways = edges.map(({ target, dotted }): Way => {
      const to = this.#lanes.findIndex((lane) => lane.target === target && lane.dotted === dotted);
      return { target, dotted, colour, to };
    });
    const [first, ...inserted] = ways.filter(({ to }) => to === -1);
    const leftwards = ways.filter(({ to }) => to >= 0 && to < column).toSorted((a, b) => b.to - a.to);
    const rightwards = ways.filter(({ to }) => to > column).toSorted((a, b) => a.to - b.to);
    const claimed = first === undefined ? rightwards.shift() : undefined;
    this.#change({
      column,
      stays: first ?? claimed,
      claimed: claimed?.to,
      leftwards,
      rightwards,
      inserted: inserted.map((lane) => ({ ...lane, colour: this.#colours++ })),
    });
  }

  #change(change: Change): void {
    const passage = new Passage(this.#lanes, change);
    for (const cells of passage.rows()) this.#pass(cells);
    this.#lanes = passage.lanes;
  }

  #pass(cells: LaneRow["cells"]): void {
    this.rows.push({ revision: undefined, cells });
  }
}

/** An edge with the column of the lane that it joins. */
interface Way extends Lane {
  readonly to: number;
}

/** What happens to the lanes under a revision, or before one. */
interface Change {
  /** The revision's column. */
  readonly column: number;
  /** What goes on in that column; without it, the lanes to the right of it move up. */
  readonly stays: Lane | undefined;
  /** The column of a lane that joins what stays. */
  readonly claimed: number | undefined;
  /** Edges to other lanes, the nearest first. */
  readonly leftwards?: Way[];
  readonly rightwards?: Way[];
  /** Lanes that begin, to the right of the column. */
  readonly inserted?: Lane[];
}

/**
 * The rows between two revisions. Edges part from under the revision one by one in each direction, the farthest first,
 * and each takes two rows at most; so no line is where another one could be taken for it.
 */
class Passage {
  readonly lanes: Lane[];
  readonly #change: Required<Change>;
  #claimed: number | undefined;
  #isVacated = false;
  /** The lower ends of lines that began in the row before. */
  #ends: [place: number, cell: LaneCell][] = [];

  constructor(lanes: readonly Lane[], change: Change) {
    this.lanes = [...lanes];
    this.#change = { leftwards: [], rightwards: [], inserted: [], ...change };
    this.#claimed = change.claimed;
  }

  *rows(): Iterable<Cells> {
    const { column, stays } = this.#change;
    while (this.#isUnfinished()) yield this.#row();
    if (stays !== undefined) this.lanes[column] = stays;
    else if (!this.#isVacated) this.lanes.splice(column, 1);
  }

  #isUnfinished(): boolean {
    const { column, stays, leftwards, rightwards, inserted } = this.#change;
    const movesUp = stays === undefined && !this.#isVacated && this.lanes.length > column + 1;
    const some = [leftwards, rightwards, inserted, this.#ends].some(({ length }) => length > 0);
    return some || movesUp || this.#claimed !== undefined;
  }

  #row(): Cells {
    const { column, stays, leftwards, rightwards, inserted } = this.#change;
    const cells: Cells = [];
    const ends = this.#ends;
    this.#ends = [];
    for (const [place, cell] of ends) cells[place] = cell;
    for (const way of [leftwards.pop(), rightwards.pop()]) if (way) this.#line(cells, column, way.to, way);
    const isCrossed = cells.length > 2 * column + 1;
    if (isCrossed || !this.#moveRight(cells)) this.#others(cells);
    const parting = [...leftwards, ...rightwards, ...inserted, ...(stays === undefined ? [] : [stays])];
    if (parting.length > 0) {
      const dotted = parting.every((way) => way.dotted);
      cells[2 * column] = { mark: "down", dotted, lane: this.lanes[column]!.colour };
    }
    return Array.from(cells);
  }

  /** Lets a lane begin, come over, or move up; says whether there was one to do so. */
  #moveRight(cells: Cells): boolean {
    const { column, stays, leftwards, inserted } = this.#change;
    const begins = inserted.pop();
    const comes = this.#claimed;
    if (begins !== undefined) {
      this.#line(cells, column, column + 1, begins);
      this.#others(cells, { from: column + 1, by: 1 });
      this.lanes.splice(column + 1, 0, begins);
    } else if (leftwards.length > 0) return false;
    else if (comes !== undefined) {
      this.#line(cells, comes, column, this.lanes[comes]!);
      this.#others(cells, { from: comes + 1, by: -1, without: comes });
      this.lanes.splice(comes, 1);
      this.#claimed = undefined;
    } else if (stays === undefined && !this.#isVacated) {
      this.#others(cells, { from: column + 1, by: -1 });
      this.lanes.splice(column, 1);
      this.#isVacated = true;
    } else return false;
    return true;
  }

  /** The lanes beside the column: straight down, and from one of them on a column further. */
  #others(cells: Cells, { from = Infinity, by = 0, without = -1 } = {}): void {
    const { column } = this.#change;
    for (const [at, { dotted, colour: lane }] of this.lanes.entries()) {
      if (at === without || (at === column && !this.#isVacated)) continue;
      const moves = at >= from;
      const mark = moves ? (by > 0 ? "right" : "left") : "down";
      cells[2 * at + (moves ? by : 0)] = { mark, dotted, lane };
    }
  }

  /** A line from column to column: down into the gap beside the first, across, and out of the gap beside the second. */
  #line(cells: Cells, from: number, to: number, { dotted, colour: lane }: Lane): void {
    const step = to > from ? 1 : -1;
    const [start, end] = [2 * from + step, 2 * to - step];
    const mark = step > 0 ? "right" : "left";
    cells[start] = { mark, dotted, lane };
    for (let place = start + 2 * step; (end - place) * step > 0; place += 2 * step) {
      cells[place] = { mark: "across", dotted, lane };
    }
    if (start !== end) this.#ends.push([end, { mark, dotted, lane }]);
  }
}

function straightDown(lanes: readonly Lane[]): Cells {
  const cells: Cells = [];
  for (const { dotted, colour } of lanes) {
    if (cells.length > 0) cells.push(undefined);
    cells.push({ mark: "down", dotted, lane: colour });
  }
  return cells;
}
