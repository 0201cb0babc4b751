import type { Peer } from "../peers/peer.ts";
import { medians } from "../usage.ts";
import { alone, type Bench, type Times } from "./row.ts";

/** How long it takes to say one's version, and to say what one can do. */
export async function startUp(bench: Bench, peers: readonly Peer[]): Promise<Record<string, Times>> {
  const row = async (option: string): Promise<Times> => {
    const cli = peers.flatMap(({ name, program }) =>
      program === undefined ? [] : [{ name, command: [...program, option] }],
    );
    const node = { name: "node -e 0", command: ["node", "-e", "0"] };
    const turns = [...cli, node].map((turn) => ({ ...turn, cwd: bench.folder, env: { NO_COLOR: "1" } }));
    return await alone(option, () => medians(turns, bench.rounds * 2));
  };
  return { "--version": await row("--version"), "--help": await row("--help") };
}
