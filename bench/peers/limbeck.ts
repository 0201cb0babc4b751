import { bin } from "../beside-psql.ts";
import { makeProject } from "../make-project.ts";
import type { Peer } from "./peer.ts";

export const limbeck: Peer = {
  name: "limbeck",
  write: (folder, migrations) => makeProject(folder, migrations.length, (number) => migrations[number]!.sql),
  upgrade: ["node", bin, "upgrade", "-q"],
  status: ["node", bin, "status"],
  version: ["node", bin, "--version"],
};
