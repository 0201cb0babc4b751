import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLimbeckError, type LimbeckError } from "../errors/limbeck-error.ts";
import { RevisionGraph } from "./graph.ts";
import type { Plan, RevisionInfo, RowChange, Step } from "./revision.ts";

const numRuns = Number(process.env["LIMBECK_PROPERTY_RUNS"] ?? 300);

const check = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void, runs = numRuns) =>
  fc.assert(fc.property(arbitrary, law), { numRuns: runs });

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
  const grow = (starts: Iterable<string>, next: (id: string) => Iterable<string>) => {
    const grown = new Set(starts);
    for (const id of grown) for (const other of next(id)) grown.add(other);
    return grown;
  };
  const idsOf = (revisions: readonly { revision: string }[]) => revisions.map(({ revision }) => revision);
  const children = (id: string) => idsOf(all.filter(({ downRevision }) => downRevision.includes(id)));
  const above = (id: string) => idsOf(all.filter(({ revision }) => below.get(revision)!.has(id)));
  return {
    ids: idsOf(all),
    below: (id: string) => below.get(id)!,
    closure: (ids: Iterable<string>) => grow(ids, (id) => below.get(id)!),
    standing: (ids: Iterable<string>) => grow(ids, above),
    descendants: (ids: Iterable<string>) => grow(ids, children),
    rows: (applied: ReadonlySet<string>) =>
      [...applied].filter((id) => !above(id).some((other) => applied.has(other))).toSorted(),
  };
}

type Model = ReturnType<typeof model>;

/** Choices made along the way: kept out of shrinking, which would never end. */
const choices = fc.noShrink(fc.infiniteStream(fc.nat())).map((numbers) => {
  const next = (below: number): number => numbers.next().value! % below;
  return { next, pick: <T>(from: readonly T[]): T => from[next(from.length)]! };
});

type Choices = typeof choices extends fc.Arbitrary<infer Made> ? Made : never;

/** A graph, its plain model, and a state that a database may be in. */
const scenariosOf = (sample: fc.Arbitrary<Sample>) =>
  fc.tuple(sample, choices).map(([{ infos, labels }, { next, pick }]) => {
    const graph = RevisionGraph.from(infos);
    const truth = model(graph);
    const state = truth.closure(truth.ids.filter(() => next(4) === 0));
    return { infos, labels, graph, truth, next, pick, state, rows: truth.rows(state) };
  });
const scenarios = scenariosOf(samples(12));

const sorted = (ids: Iterable<string>) => [...ids].toSorted();
const minus = (a: Iterable<string>, b: ReadonlySet<string>) => new Set([...a].filter((id) => !b.has(id)));
const idsIn = ({ steps }: Plan) => steps.map(({ revision }) => revision);

/** Runs steps on the plain model, where each must be allowed. Gives what is applied afterwards. */
function run(truth: Model, state: ReadonlySet<string>, steps: readonly Step[]): Set<string> {
  const applied = new Set(state);
  for (const { direction, revision } of steps) {
    const isUp = direction === "upgrade";
    const others = isUp ? truth.below(revision) : minus(truth.standing([revision]), new Set([revision]));
    const allowed = applied.has(revision) !== isUp && [...others].every((other) => applied.has(other) === isUp);
    expect({ direction, revision, allowed }).toEqual({ direction, revision, allowed: true });
    if (isUp) applied.add(revision);
    else applied.delete(revision);
  }
  return applied;
}

/** Carries out a change as a version table would, with its primary key. */
function applyChange(table: Set<string>, change: RowChange): void {
  const insert = (row: string) => expect(table.size).toBe(table.add(row).size - 1);
  for (const row of change.delete) expect(table.delete(row)).toBe(true);
  for (const row of change.insert) insert(row);
  for (const { from, to } of change.update) {
    expect(table.delete(from)).toBe(true);
    insert(to);
  }
}

/** The result, or an error that limbeck reports on purpose; any other error fails, and one that says too little. */
function answer<T>(act: () => T): T | LimbeckError {
  try {
    return act();
  } catch (error) {
    if (isLimbeckError(error) && /^\S.*\.$/u.test(error.message) && /[.?]$/u.test(error.hint)) return error;
    throw error;
  }
}

function attempt<T>(act: () => T): T | undefined {
  const result = answer(act);
  return isLimbeckError(result) ? undefined : result;
}

describe("for any graph and any state", { timeout: 20_000 + numRuns * 20 }, () => {
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
      fc.pre(state.size > 0);
      const target = pick([...state]);
      const plan = graph.plan("downgrade", target, rows);
      const above = [...truth.descendants([target])].filter((id) => id !== target && state.has(id));
      const after = run(truth, state, plan.steps);
      expect(sorted(after)).toEqual(sorted(minus(state, truth.standing(above))));
      expect(after).toContain(target);
      expect(plan.heads).toEqual(truth.rows(after));
      expect(graph.plan("downgrade", target, plan.heads)).toEqual({ steps: [], heads: plan.heads });
    });
  });

  it("a downgrade to what is not applied is refused", () => {
    check(scenarios, ({ graph, truth, pick, state, rows }) => {
      fc.pre(state.size < truth.ids.length);
      const target = pick([...minus(truth.ids, state)]);
      expect(answer(() => graph.plan("downgrade", target, rows))).toMatchObject({ code: "TARGET_INVALID" });
    });
  });

  it("up, and the same steps down again, changes nothing; down, and up again, neither", () => {
    check(scenarios, ({ graph, truth, pick, state, rows }) => {
      const up = graph.plan("upgrade", pick(truth.ids), rows);
      const back = up.steps.toReversed().map(({ revision }): Step => ({ direction: "downgrade", revision }));
      expect(sorted(run(truth, run(truth, state, up.steps), back))).toEqual(sorted(state));
      expect(graph.plan("downgrade", "base", graph.plan("upgrade", "heads", rows).heads).heads).toEqual([]);
      fc.pre(rows.length > 0);
      const down = graph.plan("downgrade", pick([...state]), rows);
      expect(graph.plan("upgrade", rows, down.heads).heads).toEqual(rows);
      const toBase = graph.plan("downgrade", "base", rows);
      expect(idsIn(toBase)).toEqual(idsIn(graph.plan("upgrade", rows, [])).toReversed());
    });
  });

  it("without dependencies, +N is N times +1, and -N is N times -1, for as long as there is one row", () => {
    const alone = samples(12).map(({ infos, labels }) => ({
      infos: infos.map((info) => ({ ...info, dependsOn: null })),
      labels,
    }));
    check(scenariosOf(alone), ({ graph, truth, pick }) => {
      const rows = [pick(truth.ids)];
      const [direction, sign] = pick([["upgrade", "+"] as const, ["downgrade", "-"] as const]);
      let stepwise: string[] | undefined = rows;
      for (const n of [1, 2, 3]) {
        const before: string[] | undefined = stepwise;
        if (before?.length !== 1) return;
        stepwise = attempt(() => graph.plan(direction, `${sign}1`, before))?.heads;
        expect(attempt(() => graph.plan(direction, `${sign}${n}`, rows))?.heads).toEqual(stepwise);
      }
    });
  });

  it("-1 undoes the revision of the one row, and nothing else", () => {
    check(scenarios, ({ graph, truth, pick }) => {
      const rows = [pick(truth.ids)];
      expect(idsIn(graph.plan("downgrade", "-1", rows))).toEqual(rows);
    });
  });

  it("the changes of the version table, step by step, keep the rows minimal", () => {
    check(scenarios, ({ graph, truth, pick, next, state, rows }) => {
      const redundant = [...rows, ...minus(state, new Set(rows))].filter((id) => rows.includes(id) || next(3) === 0);
      const up = graph.plan("upgrade", [pick(truth.ids), pick(truth.ids)], redundant);
      const down = graph.plan("downgrade", pick(["base", ...state]), up.heads);
      const steps = [...up.steps, ...down.steps];
      fc.pre(steps.length > 0);
      const table = new Set(redundant);
      let applied = state;
      for (const [number, change] of graph.rowChanges(redundant, steps).entries()) {
        applyChange(table, change);
        applied = run(truth, applied, steps.slice(number, number + 1));
        expect(sorted(table)).toEqual(truth.rows(applied));
      }
      expect(sorted(table)).toEqual(down.heads);
    });
  });

  it("the rows after a stamp are minimal, have the target, and a second stamp changes nothing", () => {
    check(scenarios, ({ graph, truth, pick, rows }) => {
      const [target, purge] = [pick(truth.ids), pick([true, false])];
      const { steps, heads } = graph.plan("stamp", target, rows, { purge });
      expect(steps).toEqual([]);
      expect(heads).toContain(target);
      expect(truth.rows(truth.closure(heads))).toEqual(heads);
      expect(graph.plan("stamp", target, heads).heads).toEqual(heads);
      const onLine = new Set([...truth.closure([target]), ...truth.standing([target])]);
      expect(minus(heads, onLine)).toEqual(purge ? new Set() : minus(rows, onLine));
    });
  });

  it("label@base undoes the revisions that carry the label and what stands on them", () => {
    check(scenarios, ({ graph, truth, labels, pick, state, rows }) => {
      fc.pre(labels.length > 0);
      const label = pick(labels);
      const plan = graph.plan("downgrade", `${label}@base`, rows);
      const carriers = truth.ids.filter((id) => graph.labels(id).includes(label));
      const gone = truth.standing(carriers.filter((id) => state.has(id)));
      expect(sorted(run(truth, state, plan.steps))).toEqual(sorted(minus(state, gone)));
      expect(minus(truth.descendants(graph.resolve(label)), new Set(carriers))).toEqual(new Set());
    });
  });

  it("any identifier makes a sound plan, or an error that explains itself", () => {
    check(scenarios, ({ graph, truth, labels, pick, state, rows }) => {
      const label = pick(["", "", ...truth.ids, ...labels]);
      const symbol = pick(["head", "heads", "base", "current", "", ...truth.ids, ...labels]);
      const target = (label && `${label}@`) + symbol + pick(["", "", "+1", "-1", "+2", "-2", "+5", "-5", "+0"]);
      for (const direction of ["upgrade", "downgrade"] as const) {
        const { steps, heads } = attempt(() => graph.plan(direction, target, rows)) ?? { steps: [], heads: rows };
        expect(heads).toEqual(truth.rows(run(truth, state, steps)));
        expect(steps.every((step) => step.direction === direction)).toBe(true);
      }
      const stamped = attempt(() => graph.plan("stamp", target, rows)) ?? { heads: rows };
      expect(truth.rows(truth.closure(stamped.heads))).toEqual(stamped.heads);
      for (const range of [`${target}:`, `:${target}`]) attempt(() => graph.history(range, rows));
    });
  });

  it("history is everything, children first, and a range of it is what lies between", () => {
    check(scenarios, ({ graph, truth, pick }) => {
      const all = graph.history().map(({ revision }) => revision);
      expect(sorted(all)).toEqual(sorted(truth.ids));
      for (const [place, id] of all.entries()) {
        for (const under of truth.below(id)) expect(all.indexOf(under)).toBeGreaterThan(place);
      }
      const [start, end] = [pick(truth.ids), pick(truth.ids)];
      const between = minus(truth.standing([start]), minus(truth.ids, truth.closure([end])));
      const shown = attempt(() => graph.history(`${start}:${end}`).map(({ revision }) => revision));
      expect(shown).toEqual(between.size === 0 ? undefined : all.filter((id) => between.has(id)));
    });
  });

  it("prefixes resolve as looking at every id does", () => {
    check(fc.tuple(samples(40), fc.stringMatching(/^[ab1]{1,6}$/)), ([{ infos }, prefix]) => {
      const graph = RevisionGraph.from(infos);
      const ids = sorted(graph.closure(graph.heads()));
      const candidates = ids.includes(prefix) ? [prefix] : ids.filter((id) => id.startsWith(prefix));
      const refusals = [
        { code: "REVISION_NOT_FOUND" },
        candidates,
        { code: "REVISION_AMBIGUOUS", details: { candidates } },
      ];
      expect(answer(() => graph.resolve(prefix))).toMatchObject(refusals[Math.min(candidates.length, 2)]!);
    });
  });

  it("file order changes the order and never the sets", () => {
    const law = ([{ infos, labels }, permuted, { pick }]: readonly [Sample, readonly RevisionInfo[], Choices]) => {
      const [one, other] = [RevisionGraph.from(infos), RevisionGraph.from(permuted)];
      const truth = model(one);
      const rows = one.minimal([pick(truth.ids), pick(truth.ids)]);
      const state = truth.closure(rows);
      for (const [direction, target] of [
        ["upgrade", pick(truth.ids)],
        ["upgrade", "heads"],
        ["downgrade", pick([...state])],
        ["downgrade", `${pick([...labels, ...truth.ids])}@base`],
        ["downgrade", "base"],
      ] as const) {
        const [expected, plan] = [one.plan(direction, target, rows), other.plan(direction, target, rows)];
        expect(plan.heads).toEqual(expected.heads);
        expect(sorted(idsIn(plan))).toEqual(sorted(idsIn(expected)));
        run(truth, state, plan.steps);
      }
      expect(sorted(other.heads())).toEqual(sorted(one.heads()));
      expect(sorted(other.branchPoints())).toEqual(sorted(one.branchPoints()));
      for (const id of truth.ids) expect(other.labels(id)).toEqual(one.labels(id));
    };
    const permuted = fc.tuple(samples(60, 40), choices).map(([sample, { next, pick }]) => {
      const keys = new Map(sample.infos.map((info) => [info, next(1000)]));
      return [sample, sample.infos.toSorted((a, b) => keys.get(a)! - keys.get(b)!), { next, pick }] as const;
    });
    check(permuted, law, Math.ceil(numRuns / 5));
  });

  it("a graph with one more edge upwards is a circle, and its members are named", () => {
    check(scenarios, ({ truth, pick, infos }) => {
      const low = pick(truth.ids);
      const high = pick([...truth.standing([low])]);
      const broken = infos.map((info) => (info.revision === low ? { ...info, dependsOn: [high] } : info));
      const refused = answer(() => RevisionGraph.from(broken));
      expect(refused).toMatchObject({ code: "REVISION_CYCLE" });
      const { revisions } = (refused as LimbeckError).details as { revisions: string[] };
      for (const [place, id] of revisions.entries()) {
        const next = revisions[(place + 1) % revisions.length]!;
        expect(truth.below(id).has(next) || (id === low && next === high)).toBe(true);
      }
    });
  });
});
