import { fileEach, padded, tool, type Peer } from "./peer.ts";

/** Libraries, run by the few lines that their documentation gives. */
const sqlFiles = fileEach(({ number, sql }) => [`${padded(number)}.do.step.sql`, `${sql};\n`]);

export const umzug: Peer = {
  name: "umzug",
  write: sqlFiles,
  upgrade: ["node", tool("umzug")],
  status: ["node", tool("umzug"), "status"],
  recorded: "select count(*) from umzug",
};

export const postgrator: Peer = {
  name: "postgrator",
  write: sqlFiles,
  upgrade: ["node", tool("postgrator")],
  recorded: "select count(*) from schemaversion where version > 0",
};
