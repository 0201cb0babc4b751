import { statementOf } from "../make-project.ts";
import type { Migration, Peer } from "../peers/peer.ts";
import { medians, usageOf } from "../usage.ts";
import { environment, makeDatabase, project, type Bench, type Times } from "./row.ts";

/** A long history: all of it on an empty database, one pending behind the others, and the question where the database stands. */
export function histories(bench: Bench, peers: readonly Peer[], count: number): Record<string, Times> {
  const all: Migration[] = Array.from({ length: count }, (_, number) => ({ number, sql: statementOf(number) }));
  const folders = new Map(peers.map((peer) => [peer.name, prepared(bench, peer, all)]));
  const row = (command: (peer: Peer) => readonly string[], template?: (name: string) => string): Times =>
    medians(
      peers.map((peer) => ({
        name: peer.name,
        command: command(peer),
        cwd: folders.get(peer.name)!,
        env: environment(bench, template === undefined ? `${peer.name}_done` : "bench"),
        ...(template && { prepare: () => makeDatabase(bench, "bench", template(peer.name)) }),
      })),
      bench.rounds,
    );
  return {
    [`status, ${count} applied`]: row(({ status, upgrade }) => status ?? upgrade),
    [`one pending on ${count - 1}`]: row(
      ({ upgrade }) => upgrade,
      (name) => `${name}_behind`,
    ),
    [`${count} on an empty database`]: row(
      ({ upgrade }) => upgrade,
      () => "template0",
    ),
  };
}

/** How long it takes to say one's version. */
export function startUp(bench: Bench, peers: readonly Peer[]): Record<string, Times> {
  const turns = peers.flatMap(({ name, version }) =>
    version === undefined ? [] : [{ name, command: version, cwd: bench.folder, env: {} }],
  );
  const node = { name: "node -e 0", command: ["node", "-e", "0"], cwd: bench.folder, env: {} };
  return { "start-up": medians([...turns, node], bench.rounds * 2) };
}

/** Writes a contestant's project, and makes a database with all but one applied, and one with all. */
function prepared(bench: Bench, peer: Peer, all: readonly Migration[]): string {
  const [behind, done] = [`${peer.name}_behind`, `${peer.name}_done`];
  makeDatabase(bench, behind);
  const cwd = project(bench, "history", peer, all.slice(0, -1));
  usageOf({ command: peer.upgrade, cwd, env: environment(bench, behind) });
  makeDatabase(bench, done, behind);
  peer.write(cwd, all);
  usageOf({ command: peer.upgrade, cwd, env: environment(bench, done) });
  return cwd;
}
