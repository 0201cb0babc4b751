import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { createDatabase, expect, startCluster, test, type Cluster } from "testkit";
import { outcome, writePlan } from "./fault-plan.ts";
import { goOn, lengthOf, momentIn, randomOf, seeds, struck, UPGRADE, type Length } from "./fault-run.ts";

const TIMEOUT = { timeout: 240_000 };
const PLAIN = { synchronous_commit: "on" };
const SMALL = { ...PLAIN, max_wal_size: "32MB", min_wal_size: "32MB" };

interface Server {
  readonly cluster: Cluster;
  readonly length: Length;
  readonly expected: readonly string[];
}

const cleanUp: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const undo of cleanUp.toReversed()) await undo();
});

/** A server of the test's own, and what the plan comes to on it. */
async function serverFor(cluster: Cluster, folder: string): Promise<Server> {
  cleanUp.push(cluster.stop);
  const { url, drop } = await createDatabase(cluster.url);
  const length = await lengthOf({ folder, url, command: UPGRADE });
  const expected = await outcome(url);
  await drop();
  return { cluster, length, expected };
}

/** A file system of so many megabytes; undefined where nobody may mount one. */
function smallDisk(megabytes: number): string | undefined {
  const path = mkdtempSync(join(tmpdir(), "limbeck-disk-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path]);
  cleanUp.push(() => {
    if (status === 0) spawnSync("umount", ["-l", path]);
    rmSync(path, { recursive: true, force: true });
  });
  return status === 0 ? path : undefined;
}

/** Leaves so many bytes free. Gives what takes the file away again. */
function fill(disk: string, free: number): () => void {
  const path = join(disk, "filler");
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  } catch (error) {
    // The server was quicker, and the disk is as full as can be.
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
  return () => rmSync(path);
}

/** Runs the plan while something happens to the server, mends that, and compares what comes of it. */
async function through({ cluster, length, expected }: Server, folder: string, seed: number, harm: () => () => unknown) {
  const { url, drop } = await createDatabase(cluster.url);
  const place = { folder, url, command: UPGRADE };
  let mend: () => unknown = () => undefined;
  const running = struck(place, momentIn(length, randomOf(seed)), () => {
    mend = harm();
    return undefined;
  });
  const { result, release } = await running.finally(() => mend());
  await release();
  await goOn(place);
  expect(await outcome(url), `seed ${seed}: ${result.stderr}`).toEqual(expected);
  await drop();
  return result;
}

let crashing: Promise<Server> | undefined;

test.for(seeds(0.1))(
  "a server that crashes in the middle is gone on with (seed %i)",
  TIMEOUT,
  async (seed, { folder }) => {
    writePlan(folder);
    crashing ??= startCluster({ settings: PLAIN }).then((cluster) => serverFor(cluster, folder));
    const server = await crashing;
    const { crash, restart } = server.cluster;
    await through(server, folder, seed + 1000, () => {
      const crashed = crash!();
      return () => crashed.then(restart);
    });
  },
);

let disk: string | undefined;
let filling: Promise<Server> | undefined;

test.for(seeds(0.1))(
  "a disk that is full in the middle is gone on with when there is room (seed %i)",
  TIMEOUT,
  async (seed, { folder, skip }) => {
    writePlan(folder);
    const small =
      (disk ??= smallDisk(160)) ?? skip("nobody but root may mount the small file system that this test fills");
    filling ??= startCluster({ data: join(small, "data"), settings: SMALL }).then((cluster) =>
      serverFor(cluster, folder),
    );
    const server = await filling;
    const random = randomOf(seed + 2000);
    await through(server, folder, seed + 3000, () => {
      const makeRoom = fill(small, random() < 0.5 ? 0 : random() * 1_000_000);
      return async () => {
        makeRoom();
        // Without room for the write-ahead log, the server may have ended itself.
        await server.cluster.crash!();
        await server.cluster.restart!();
      };
    });
  },
);
