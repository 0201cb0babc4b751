import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLimbeckError } from "../errors/limbeck-error.ts";
import { RevisionGraph } from "./graph.ts";
import type { Plan, RevisionInfo, RowChange, Step } from "./revision.ts";

const numRuns = Number(process.env["LIMBECK_PROPERTY_RUNS"] ?? 300);

interface Sample {
  readonly infos: readonly RevisionInfo[];
  readonly labels: readonly string[];
}

/** Any sound graph: branches, merges, several bases, labels, dependencies by id and by label, in any file order. */
function samples(maxLength: number, minLength = 1): fc.Arbitrary<Sample> {
  const spec = fc.record({
    key: fc.stringMatching(/^[ab1]{1,5}$/),
    place: fc.nat(),
    parents: fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 5, arbitrary: fc.array(fc.nat(4), { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(fc.nat(), { minLength: 2, maxLength: 3 }) },
    ),
    needs: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }) },
    ),
    labelled: fc.boolean(),
  });
  return fc.uniqueArray(spec, { selector: ({ key }) => key, minLength, maxLength }).map((specs) => {
    const older = (places: readonly number[], at: number) =>
      at === 0 ? [] : places.map((back) => at - 1 - (back % at));
    const label = (at: number) => `label_${at}`;
    const infos = specs.map(({ key, place, parents, needs, labelled }, at) => ({
      place,
      revision: key,
      downRevision: older(parents, at).map((other) => specs[other]!.key),
      dependsOn: older(needs, at).map((other) => (specs[other]!.labelled ? label(other) : specs[other]!.key)),
      branchLabels: labelled ? label(at) : null,
    }));
    const labels = infos.flatMap(({ branchLabels }) => branchLabels ?? []);
    return { infos: infos.toSorted((a, b) => a.place - b.place), labels };
  });
}

/** The closure model once more, in the plainest way: sets of ids, and no regard for time. */
function model(graph: RevisionGraph) {
  const all = [...graph];
  const below = new Map(
    all.map(({ revision, downRevision, dependsOn }) => [revision, new Set([...downRevision, ...dependsOn])]),
  );
  const grow = (ids: Iterable<string>, next: (id: string) => Iterable<string>) => {
    const grown = new Set(ids);
    for (const id of grown) for (const other of next(id)) grown.add(other);
    return grown;
  };
  const children = (id: string) =>
    all.filter((other) => other.downRevision.includes(id)).map(({ revision }) => revision);
  const above = (id: string) =>
    all.filter((other) => below.get(other.revision)!.has(id)).map(({ revision }) => revision);
  return {
    ids: all.map(({ revision }) => revision),
    below: (id: string) => below.get(id)!,
    children,
    closure: (ids: Iterable<string>) => grow(ids, (id) => below.get(id)!),
    standing: (ids: Iterable<string>) => grow(ids, above),
    descendants: (ids: Iterable<string>) => grow(ids, children),
    rows: (applied: ReadonlySet<string>) =>
      [...applied].filter((id) => !above(id).some((other) => applied.has(other))).toSorted(),
  };
}

type Model = ReturnType<typeof model>;

const scenarios = fc.tuple(samples(12), fc.infiniteStream(fc.nat())).map(([sample, numbers]) => {
  const graph = RevisionGraph.from(sample.infos);
  const truth = model(graph);
  const pick = <T>(from: readonly T[]) => from[numbers.next().value! % from.length]!;
  const some = () => truth.ids.filter(() => numbers.next().value! % 4 === 0);
  const state = truth.closure(some());
  return { ...sample, graph, truth, pick, state, rows: truth.rows(state) };
});

const sorted = (ids: Iterable<string>) => [...ids].toSorted();
const minus = (a: Iterable<string>, b: ReadonlySet<string>) => new Set([...a].filter((id) => !b.has(id)));
const ids = ({ steps }: Plan) => steps.map(({ revision }) => revision);

/** Runs a plan on the plain model: every step must be allowed. Gives what is applied afterwards. */
function run(truth: Model, state: ReadonlySet<string>, steps: readonly Step[]): Set<string> {
  const applied = new Set(state);
  for (const { direction, revision } of steps) {
    expect(applied.has(revision)).toBe(direction === "downgrade");
    if (direction === "upgrade") for (const under of truth.below(revision)) expect(applied).toContain(under);
    else for (const over of truth.standing([revision])) expect(over === revision || !applied.has(over)).toBe(true);
    if (direction === "upgrade") applied.add(revision);
    else applied.delete(revision);
  }
  return applied;
}

function applyChange(table: Set<string>, change: RowChange): void {
  for (const row of change.delete) expect(table.delete(row)).toBe(true);
  for (const row of change.insert) expect(table.size).toBeLessThan(table.add(row).size + 1);
  for (const { from, to } of change.update) {
    expect(table.delete(from)).toBe(true);
    expect(table.has(to)).toBe(false);
    table.add(to);
  }
}

const identifiers = ({
  truth,
  labels,
  pick,
}: {
  truth: Model;
  labels: readonly string[];
  pick: <T>(from: readonly T[]) => T;
}) => {
  const symbol = pick(["head", "heads", "base", "current", "", ...truth.ids, ...labels]);
  const label = pick(["", "", ...truth.ids, ...labels]);
  const offset = pick(["", "", "+1", "-1", "+2", "-2", "+5", "-5", "+0"]);
  return `${label}${label && "@"}${symbol}${offset}`;
};

const check = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void, runs = numRuns) =>
  fc.assert(fc.property(arbitrary, law), { numRuns: runs });

describe("for any graph and any state", () => {
  it("an upgrade runs exactly what is missing, in an order that works, and ends in minimal rows", () => {
    check(scenarios, ({ graph, truth, pick, state, rows }) => {
      const targets = [pick(truth.ids), pick(truth.ids)];
      const plan = graph.plan("upgrade", targets, rows);
      const after = run(truth, state, plan.steps);
      expect(sorted(after)).toEqual(sorted(new Set([...state, ...truth.closure(targets)])));
      expect(plan.heads).toEqual(truth.rows(after));
      expect(graph.plan("upgrade", targets, plan.heads)).toEqual({ steps: [], heads: plan.heads });
    });
  });

  it("a downgrade undoes what is above the target on its line and what stands on that, and nothing else", () => {
    check(scenarios, ({ graph, truth, pick, state, rows }) => {
      const target = pick(truth.ids);
      if (!state.has(target)) {
        expect(() => graph.plan("downgrade", target, rows)).toThrow(
          expect.objectContaining({ code: "TARGET_INVALID" }),
        );
        return;
      }
      const plan = graph.plan("downgrade", target, rows);
      const above = [...truth.descendants([target])].filter((id) => id !== target && state.has(id));
      const after = run(truth, state, plan.steps);
      expect(sorted(after)).toEqual(sorted(minus(state, truth.standing(above))));
      expect(after).toContain(target);
      expect(plan.heads).toEqual(truth.rows(after));
      expect(graph.plan("downgrade", target, plan.heads)).toEqual({ steps: [], heads: plan.heads });
    });
  });

  it("up, and the same steps down again, changes nothing; down, and up again, neither", () => {
    check(scenarios, ({ graph, truth, pick, state, rows }) => {
      const up = graph.plan("upgrade", pick(truth.ids), rows);
      const back = up.steps.toReversed().map(({ revision }): Step => ({ direction: "downgrade", revision }));
      expect(sorted(run(truth, run(truth, state, up.steps), back))).toEqual(sorted(state));
      expect(graph.plan("downgrade", "base", graph.plan("upgrade", "heads", rows).heads).heads).toEqual([]);
      if (rows.length === 0) return;
      const down = graph.plan("downgrade", pick([...state]), rows);
      expect(graph.plan("upgrade", rows, down.heads).heads).toEqual(rows);
      const base = graph.plan("downgrade", "base", rows);
      expect(ids(base)).toEqual(ids(graph.plan("upgrade", rows, [])).toReversed());
    });
  });

  it("-N is N times -1 for as long as there is one row, and +N is N times +1", () => {
    check(scenarios, ({ graph, truth, rows }) => {
      for (const [direction, sign] of [
        ["upgrade", "+"],
        ["downgrade", "-"],
      ] as const) {
        let at = rows;
        for (let n = 1; n <= 3 && at.length === 1; n++) {
          const single = attempt(() => graph.plan(direction, `${sign}1`, at));
          const whole = attempt(() => graph.plan(direction, `${sign}${n}`, rows));
          if (single === undefined) expect(whole).toBeUndefined();
          if (single === undefined || whole === undefined) break;
          if (direction === "downgrade") expect(single.steps).toHaveLength(1);
          expect(whole.heads).toEqual(single.heads);
          at = single.heads;
        }
      }
      expect(truth.rows(graph.applied(rows))).toEqual(rows);
    });
  });

  it("the changes of the version table, step by step, keep the rows minimal", () => {
    check(scenarios, ({ graph, truth, pick, state, rows }) => {
      const redundant = [...rows, ...[...state].filter((id) => id.length % 2 === 0 && !rows.includes(id))];
      const up = graph.plan("upgrade", [pick(truth.ids), pick(truth.ids)], redundant);
      const down = graph.plan("downgrade", pick(["base", ...truth.ids.filter((id) => state.has(id))]), up.heads);
      const steps = [...up.steps, ...down.steps];
      const table = new Set(redundant);
      const applied = new Set(state);
      for (const [number, change] of graph.rowChanges(redundant, steps).entries()) {
        applyChange(table, change);
        for (const id of run(truth, applied, [steps[number]!])) applied.add(id);
        if (steps[number]!.direction === "downgrade") applied.delete(steps[number]!.revision);
        expect(sorted(table)).toEqual(truth.rows(applied));
        expect(change.update.length).toBeLessThanOrEqual(1);
      }
      if (steps.length > 0) expect(sorted(table)).toEqual(down.heads);
    });
  });

  it("the rows after a stamp are minimal, have the targets, and a second stamp changes nothing", () => {
    check(scenarios, ({ graph, truth, pick, rows }) => {
      const [target, purge] = [pick(truth.ids), pick([true, false])];
      const { steps, heads } = graph.plan("stamp", target, rows, { purge });
      expect(steps).toEqual([]);
      expect(heads).toContain(target);
      expect(truth.rows(truth.closure(heads))).toEqual(heads);
      expect(graph.plan("stamp", target, heads).heads).toEqual(heads);
      const related = new Set([...truth.closure([target]), ...truth.standing([target])]);
      expect(minus(heads, related)).toEqual(purge ? new Set() : new Set(sorted(minus(rows, related))));
    });
  });

  it("label@base undoes the revisions that carry the label and what stands on them", () => {
    check(scenarios, ({ graph, truth, labels, pick, state, rows }) => {
      if (labels.length === 0) return;
      const label = pick(labels);
      const plan = graph.plan("downgrade", `${label}@base`, rows);
      const carriers = truth.ids.filter((id) => graph.labels(id).includes(label));
      const gone = truth.standing(carriers.filter((id) => state.has(id)));
      expect(sorted(run(truth, state, plan.steps))).toEqual(sorted(minus(state, gone)));
      const [owner] = graph.resolve(label);
      for (const id of truth.descendants([owner!])) expect(carriers).toContain(id);
    });
  });

  it("any identifier is a sound plan or an error that explains itself", () => {
    check(scenarios, (scenario) => {
      const { graph, truth, state, rows } = scenario;
      for (let n = 0; n < 5; n++) {
        const target = identifiers(scenario);
        for (const direction of ["upgrade", "downgrade", "stamp"] as const) {
          const plan = attempt(() => graph.plan(direction, target, rows));
          if (plan === undefined) continue;
          const after = run(truth, state, plan.steps);
          if (direction !== "stamp") expect(plan.heads).toEqual(truth.rows(after));
          expect(truth.rows(truth.closure(plan.heads))).toEqual(plan.heads);
          for (const step of plan.steps) expect(step.direction).toBe(direction);
        }
        attempt(() => graph.history(`${target}:`, rows));
        attempt(() => graph.history(`:${target}`, rows));
      }
    });
  });

  it("a range of history is what lies between its ends, children first", () => {
    check(scenarios, ({ graph, truth, pick }) => {
      const [start, end] = [pick(truth.ids), pick(truth.ids)];
      const between = [...truth.standing([start])].filter((id) => truth.closure([end]).has(id));
      const shown = attempt(() => graph.history(`${start}:${end}`).map(({ revision }) => revision));
      expect(sorted(shown ?? [])).toEqual(sorted(between));
      const all = graph.history().map(({ revision }) => revision);
      expect(all).toHaveLength(graph.size);
      for (const [place, id] of all.entries())
        for (const under of truth.below(id)) expect(all.indexOf(under)).toBeGreaterThan(place);
    });
  });

  it("prefixes resolve as looking at every id does", () => {
    check(fc.tuple(samples(40), fc.stringMatching(/^[ab1]{1,6}$/)), ([{ infos }, prefix]) => {
      const graph = RevisionGraph.from(infos);
      const whole = infos.some(({ revision }) => revision === prefix);
      const candidates = whole
        ? [prefix]
        : sorted(infos.map(({ revision }) => revision).filter((id) => id.startsWith(prefix)));
      if (candidates.length === 1) expect(graph.resolve(prefix)).toEqual(candidates);
      else {
        const code = candidates.length === 0 ? "REVISION_NOT_FOUND" : "REVISION_AMBIGUOUS";
        const details = candidates.length === 0 ? {} : { candidates };
        expect(() => graph.resolve(prefix)).toThrow(
          expect.objectContaining({ code, details: expect.objectContaining(details) as unknown }),
        );
      }
    });
  });

  it("file order changes the order and never the sets", () => {
    check(
      fc.tuple(samples(60, 40), fc.infiniteStream(fc.nat())),
      ([{ infos, labels }, numbers]) => {
        const one = RevisionGraph.from(infos);
        const keys = new Map(infos.map((info) => [info, numbers.next().value!]));
        const other = RevisionGraph.from(infos.toSorted((a, b) => keys.get(a)! - keys.get(b)!));
        const pick = <T>(from: readonly T[]) => from[numbers.next().value! % from.length]!;
        const truth = model(one);
        const rows = one.minimal([pick(truth.ids), pick(truth.ids)]);
        const state = truth.closure(rows);
        for (const [direction, target] of [
          ["upgrade", pick(truth.ids)],
          ["upgrade", "heads"],
          ["downgrade", pick([...state])],
          ["downgrade", "base"],
          ["downgrade", `${pick([...labels, ...truth.ids])}@base`],
        ] as const) {
          const [plan, permuted] = [one.plan(direction, target, rows), other.plan(direction, target, rows)];
          expect(permuted.heads).toEqual(plan.heads);
          expect(sorted(ids(permuted))).toEqual(sorted(ids(plan)));
          run(truth, state, permuted.steps);
        }
        expect(sorted(other.heads())).toEqual(sorted(one.heads()));
        expect(sorted(other.branchPoints())).toEqual(sorted(one.branchPoints()));
        for (const id of truth.ids) expect(other.labels(id)).toEqual(one.labels(id));
      },
      Math.ceil(numRuns / 5),
    );
  });

  it("a graph with one more edge upwards is a circle, and its members are named", () => {
    check(scenarios, ({ graph, truth, pick, infos }) => {
      const low = pick(truth.ids);
      const high = pick([...truth.standing([low])]);
      const broken = infos.map((info) => (info.revision === low ? { ...info, dependsOn: [high] } : info));
      let error: unknown;
      try {
        RevisionGraph.from(broken);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ code: "REVISION_CYCLE" });
      const { revisions } = (error as { details: { revisions: string[] } }).details;
      for (const [place, id] of revisions.entries()) {
        const next = revisions[(place + 1) % revisions.length]!;
        expect(id === low ? next === high || truth.below(id).has(next) : truth.below(id).has(next)).toBe(true);
      }
      expect(graph.size).toBe(infos.length);
    });
  });
});

/** The result, or nothing for an error that limbeck reports on purpose; any other error is a failure. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!isLimbeckError(error)) throw error;
    expect(error.message).toMatch(/^\S.*\.$/u);
    expect(error.hint).toMatch(/[.?]$/u);
    return undefined;
  }
}
