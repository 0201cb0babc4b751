export interface LaneRevision {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly dependsOn: readonly string[];
}

/** One row of a drawn history: the lane of its revision, and the lines that leave it downwards. */
export interface LaneRow {
  readonly lane: number;
  /** From this row to the row of what the revision stands on. */
  readonly lines: readonly { readonly toRow: number; readonly lane: number; readonly depends: boolean }[];
}

/**
 * Lanes for a history, its newest revision first. A line of history keeps its lane down to where it branched off; lanes
 * that are free are used again, the leftmost first.
 */
export function lanesOf(revisions: readonly LaneRevision[]): { rows: LaneRow[]; lanes: number } {
  const rowOf = new Map(revisions.map(({ revision }, row) => [revision, row]));
  /** What each lane leads down to. */
  const lanes: (string | undefined)[] = [];
  const take = (wanted: string): number => {
    const there = lanes.indexOf(wanted);
    if (there >= 0) return there;
    const free = lanes.indexOf(undefined);
    const lane = free >= 0 ? free : lanes.length;
    lanes[lane] = wanted;
    return lane;
  };
  let most = 0;
  const rows = revisions.map(({ revision, downRevision, dependsOn }) => {
    const lane = take(revision);
    for (const [index, wanted] of lanes.entries()) if (wanted === revision) lanes[index] = undefined;
    const below = downRevision.filter((down) => rowOf.has(down));
    const lines = below.map((down, index) => {
      // The first one goes on in this revision's own lane; where several meet, the leftmost lane is the revision's.
      if (index === 0) lanes[lane] = down;
      return { toRow: rowOf.get(down)!, lane: index === 0 ? lane : take(down), depends: false };
    });
    for (const other of dependsOn) {
      const toRow = rowOf.get(other);
      if (toRow !== undefined) lines.push({ toRow, lane: -1, depends: true });
    }
    most = Math.max(most, lanes.length);
    return { lane, lines };
  });
  return { rows, lanes: Math.max(1, most) };
}
