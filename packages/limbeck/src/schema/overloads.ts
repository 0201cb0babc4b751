import type { Fact } from "./fact.ts";
import type { Fates } from "./fates.ts";
import type { Side } from "./side.ts";

interface Sides {
  readonly live: Side;
  readonly target: Side;
  readonly fates: Fates;
}

/** The new routines that a call of an old one might mean as well: PostgreSQL refuses it while both are there. */
export function successorsOf(key: string, { live, target, fates }: Sides): string[] {
  const old = live.facts.get(key)!;
  if (!ROUTINES.has(old.kind)) return [];
  return (routinesByName(target).get(nameOf(old)) ?? [])
    .filter((other) => other.key !== key && MADE.has(fates.get(other.key)) && mayMean(old, other))
    .map((other) => other.key);
}

const MADE: ReadonlySet<ReturnType<Fates["get"]>> = new Set(["created", "replaced"]);

const ROUTINES: ReadonlySet<string> = new Set(["function", "procedure"]);

function routinesByName(side: Side): ReadonlyMap<string, readonly Fact[]> {
  let known = KNOWN.get(side);
  if (known === undefined) {
    const byName = new Map<string, Fact[]>();
    for (const fact of side.facts.values())
      if (ROUTINES.has(fact.kind)) byName.set(nameOf(fact), [...(byName.get(nameOf(fact)) ?? []), fact]);
    KNOWN.set(side, (known = byName));
  }
  return known;
}

const KNOWN = new WeakMap<Side, ReadonlyMap<string, readonly Fact[]>>();

function nameOf({ identity: { schema, name } }: Fact): string {
  return JSON.stringify([schema, name]);
}

/** Whether some number of arguments does for both, and those have the same types. */
function mayMean(one: Fact, other: Fact): boolean {
  const [here, there] = [inputs(one), inputs(other)];
  const needed = Math.max(...[here, there].map((list) => list.filter((each) => each.default === null).length));
  return (
    needed <= Math.min(here.length, there.length) &&
    here.slice(0, needed).every(({ type }, index) => type === there[index]!.type)
  );
}

interface Argument {
  readonly type: string;
  readonly mode: string;
  readonly default: string | null;
}

function inputs({ attributes }: Fact): readonly Argument[] {
  const list = attributes["arguments"] as unknown as readonly Argument[];
  return list.filter(({ mode }) => mode !== "out" && mode !== "table");
}
