import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Peer } from "./peer.ts";

/** The floor: psql sends what is newer than the newest row of a table, a message and a transaction each, and its row. */
export const psql: Peer = {
  name: "psql",
  isFloor: true,
  write: (folder, migrations) => {
    const values = migrations.map(({ number, sql }) => `(${number}, $sql$${sql}$sql$)`).join(",\n");
    const script = `set client_min_messages = warning;
create table if not exists done (number integer primary key);
select format('%s; insert into done values (%s)', sql, number) from (values
${values}) step (number, sql) where number > coalesce((select max(number) from done), -1) order by number \\gexec
`;
    writeFileSync(join(folder, "all.sql"), script);
  },
  program: ["psql"],
  upgrade: ["sh", "-c", 'exec psql -X -q -v ON_ERROR_STOP=1 -f all.sql "$DATABASE_URL"'],
  status: ["sh", "-c", 'exec psql -X -q -c "select count(*), max(number) from done" "$DATABASE_URL"'],
  recorded: "select count(*) from done",
};
