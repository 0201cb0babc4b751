import { afterAll, inject } from "vitest";
import { createDatabase, expect, test, type Break } from "testkit";
import { copyOf, outcome, writePlan } from "./fault-plan.ts";
import {
  DOWNGRADE,
  goOn,
  lengthOf,
  limbeck,
  momentIn,
  pick,
  randomOf,
  seeds,
  struck,
  UPGRADE,
  type Length,
  type Strike,
} from "./fault-run.ts";
import { writeRevisions } from "./project.ts";

/** What happens to a runner, and how its connection breaks with that. */
const FAULTS: Readonly<Record<string, Strike>> = {
  "kill -9 before a message": (child) => kill(child, "cut"),
  "kill -9 behind a message": (child) => kill(child, "lose"),
  "a cut before a message": () => "cut",
  "an answer that is lost": () => "lose",
  "a machine that is gone": (child) => {
    setTimeout(() => child.kill("SIGKILL"), 300);
    return "hold";
  },
  SIGTERM: (child) => void child.kill("SIGTERM"),
};

function kill(child: Parameters<Strike>[0], how: Break): Break {
  child.kill("SIGKILL");
  return how;
}

interface Undisturbed {
  readonly length: Length;
  readonly outcome: readonly string[];
}

/** The same plan without faults: up from nothing, and down from a copy of what that made. */
interface Reference {
  readonly applied: string;
  readonly up: Undisturbed;
  readonly down: Undisturbed;
}

const cleanUp: (() => Promise<void>)[] = [];
afterAll(async () => void (await Promise.all(cleanUp.map((drop) => drop()))));

let reference: Promise<Reference> | undefined;

async function makeReference(folder: string): Promise<Reference> {
  const server = inject("postgresUrl");
  const applied = await createDatabase(server);
  cleanUp.push(applied.drop);
  const up = await lengthOf({ folder, url: applied.url, command: UPGRADE });
  const copy = await copyOf(server, applied.url);
  cleanUp.push(copy.drop);
  const down = await lengthOf({ folder, url: copy.url, command: DOWNGRADE });
  return {
    applied: applied.url,
    up: { length: up, outcome: await outcome(applied.url) },
    down: { length: down, outcome: await outcome(copy.url) },
  };
}

test.concurrent.for(seeds(0.8))(
  "after faults, the same command reaches what an undisturbed run reaches (seed %i)",
  { timeout: 240_000 },
  async (seed, { folder, postgresUrl, databaseUrl, onTestFailed }) => {
    writePlan(folder);
    const { applied, up, down } = await (reference ??= makeReference(folder));
    const random = randomOf(seed);
    const isUp = random() < 0.6;
    const database = isUp ? { url: databaseUrl, drop: async () => undefined } : await copyOf(postgresUrl, applied);
    const place = { folder, url: database.url, command: isUp ? UPGRADE : DOWNGRADE };
    const { length, outcome: expected } = isUp ? up : down;
    const story: unknown[] = [place.command];
    onTestFailed(() => console.error(`seed ${seed}:`, JSON.stringify(story, undefined, 1)));
    try {
      for (let faults = random() < 0.5 ? 1 : 2; faults > 0; faults--) {
        const name = pick(random, Object.keys(FAULTS));
        const moment = momentIn(length, random);
        const hasSecond = random() < 0.3;
        const run = struck(place, moment, FAULTS[name]!);
        const second = hasSecond ? limbeck(place) : undefined;
        const { result, release } = await run;
        story.push({ name, moment, hasSecond, ...result });
        // The server hears late that a machine is gone: the next runner waits for its session until then.
        setTimeout(() => void release(), name === "a machine that is gone" ? 1000 : 0);
        if (second !== undefined) {
          const { exitCode, stderr } = await second;
          expect(exitCode, stderr).toBe(0);
        }
      }
      await goOn(place);
      expect(await outcome(place.url)).toEqual(expected);
    } finally {
      await database.drop();
    }
  },
);

test.for(["an answer that is lost", "SIGTERM"])(
  "whatever the first messages are: %s is told as what it is, and the next run goes on",
  { timeout: 240_000 },
  async (name, { folder, databaseUrl, sql }) => {
    writeRevisions(folder, [{ id: "a1", up: `  op.execute("create table t (id integer)");` }]);
    const place = { folder, url: databaseUrl, command: UPGRADE };
    for (let message = 1; message <= 8; message++) {
      const { release } = await struck(place, { message }, FAULTS[name]!);
      await release();
    }
    await goOn(place);
    expect(await sql("select version_num, (select count(*)::int from t) as rows from alembic_version")).toEqual([
      { version_num: "a1", rows: 0 },
    ]);
  },
);
