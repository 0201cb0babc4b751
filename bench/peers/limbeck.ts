import { bin } from "../beside-psql.ts";
import { makeProject } from "../make-project.ts";
import type { Peer } from "./peer.ts";

export const limbeck: Peer = {
  name: "limbeck",
  write: (folder, migrations) => makeProject(folder, migrations.length, (number) => migrations[number]!.sql),
  program: [bin],
  upgrade: [bin, "upgrade", "-q"],
  status: [bin, "status"],
  recorded: "select count(*) from limbeck_history where status = 'done'",
};
