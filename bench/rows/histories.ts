import { statementOf } from "../make-project.ts";
import type { Command, Migration, Peer } from "../peers/peer.ts";
import { medians, usageOf, type Ran } from "../usage.ts";
import { alone, environment, makeDatabase, project, sql, type Bench, type Times } from "./row.ts";

/** A long history: all of it on an empty database, one pending behind the others, and the question where the database stands. */
export async function histories(bench: Bench, peers: readonly Peer[], count: number): Promise<Record<string, Times>> {
  const all: Migration[] = Array.from({ length: count }, (_, number) => ({ number, sql: statementOf(number) }));
  const folders = new Map(peers.map((peer) => [peer.name, prepared(bench, peer, all)]));
  const row = async (
    name: string,
    command: (peer: Peer) => Command,
    template?: (name: string) => string,
  ): Promise<Record<string, Times>> => ({
    [name]: await alone(name, () =>
      medians(
        peers.map((peer) => {
          const database = template === undefined ? `${peer.name}_done` : "bench";
          return {
            name: peer.name,
            command: command(peer),
            cwd: folders.get(peer.name)!,
            env: environment(bench, database),
            ...(template && { prepare: () => makeDatabase(bench, database, template(peer.name)) }),
            verify: () => expectApplied(bench, peer, database, count),
          };
        }),
        bench.rounds,
      ),
    ),
  });
  return {
    ...(await row(`status, ${count} applied`, ({ status, upgrade }) => status ?? upgrade)),
    ...(await row(
      `one pending on ${count - 1}`,
      ({ upgrade }) => upgrade,
      (name) => `${name}_behind`,
    )),
    ...(await row(
      `${count} on an empty database`,
      ({ upgrade }) => upgrade,
      () => "template0",
    )),
  };
}

/** Writes a contestant's project, and makes a database with all but one applied, and one with all. */
function prepared(bench: Bench, peer: Peer, all: readonly Migration[]): string {
  const [behind, done] = [`${peer.name}_behind`, `${peer.name}_done`];
  const run = (command: Command, database: string, exits?: readonly number[]): Ran =>
    usageOf({ command, cwd, env: environment(bench, database), ...(exits && { exits }) });
  makeDatabase(bench, behind);
  const cwd = project(bench, "history", peer, all.slice(0, -1));
  run(peer.upgrade, behind);
  expectApplied(bench, peer, behind, all.length - 1);
  makeDatabase(bench, done, behind);
  peer.write(cwd, all);
  run(peer.upgrade, done);
  expectApplied(bench, peer, done, all.length);
  if (peer.status !== undefined) {
    const [pending, none] = [run(peer.status, behind, [0, 1, 3]), run(peer.status, done)];
    if (pending.code === none.code && pending.stdout === none.stdout) {
      throw new Error(`${peer.name} says the same of a database that is behind and of one that is not`);
    }
  }
  return cwd;
}

/** Throws unless the first so many migrations did what they say, and the contestant has each of them on record. */
function expectApplied({ urlOf }: Bench, { name, recorded }: Peer, database: string, count: number): void {
  const made = [0, 1, 2, 3].map((kind) => Math.ceil((count - kind) / 4));
  const found = sql(
    urlOf(database),
    `select
      (select count(*) from pg_class where relkind = 'r' and relname ~ '^t_\\d+$'),
      (select count(*) from pg_attribute where attname = 'amount' and attrelid::regclass::text ~ '^t_\\d+$'),
      (select count(*) from pg_index where indisvalid and indexrelid::regclass::text ~ '^ix_t_'),
      (select count(*) from pg_constraint where contype = 'c' and conname ~ '^ck_t_'),
      (${recorded})`,
  );
  const expected = [...made, count].join("|");
  if (found !== expected) {
    throw new Error(`${name} left ${found} tables|columns|indexes|checks|records in ${database}, not ${expected}`);
  }
}
