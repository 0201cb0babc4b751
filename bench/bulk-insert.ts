import { Client, type Connection } from "pg";
import { startCluster } from "testkit/cluster";
import { ServerScripts } from "../packages/limbeck/src/database/server-script.ts";
import { statementsOf } from "../packages/limbeck/src/operations/catalogue.ts";
import { bulkInsert, type Row } from "../packages/limbeck/src/operations/bulk-insert.ts";

/**
 * 100,000 rows through `op.bulkInsert`, beside the same rows through COPY FROM STDIN, each with the writing of its text,
 * into a table with a primary key: `npm run bench:bulk-insert`.
 */
const COUNT = 100_000;
const ROUNDS = 5;
const BOUND = 4;

const rows = Array.from({ length: COUNT }, (_, id) => ({
  id,
  name: `City number ${id}, it's`,
  size: id * 1.5,
  capital: id % 7 === 0,
  founded: new Date(Date.UTC(1900, 0, 1) + id * 3_600_000),
  tags: ["port", `tag ${id}`],
  data: { mayor: `Nr. ${id}`, parks: [id, id + 1] },
  note: null,
})) satisfies Row[];

const cluster = await startCluster();
const client = new Client({ connectionString: cluster.url });
await client.connect();
try {
  const times: { insert: number; copy: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const insert = await timed(insertRows);
    const copy = await timed(copyRows);
    if (round > 0) times.push({ insert, copy });
  }
  const insert = median(times.map((each) => each.insert));
  const copy = median(times.map((each) => each.copy));
  const ratio = median(times.map((each) => each.insert / each.copy));
  const verdict = ratio <= BOUND ? `ok (≤ ${BOUND})` : `TOO SLOW (> ${BOUND})`;
  console.log(`COPY FROM STDIN  ${copy.toFixed(0).padStart(6)} ms  ${Math.round(COUNT / (copy / 1000))} rows/s`);
  console.log(`op.bulkInsert    ${insert.toFixed(0).padStart(6)} ms  ${Math.round(COUNT / (insert / 1000))} rows/s`);
  console.log(`${ratio.toFixed(2)} ×  ${verdict}`);
  process.exitCode = ratio <= BOUND ? 0 : 1;
} finally {
  await client.end();
  await cluster.stop();
}

async function timed(work: () => Promise<void>): Promise<number> {
  await client.query(`DROP TABLE IF EXISTS city; CREATE TABLE city (id integer PRIMARY KEY, name text, size float8,
    capital boolean, founded timestamptz, tags text[], data jsonb, note text)`);
  await client.query("CHECKPOINT");
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function insertRows(): Promise<void> {
  const statements = statementsOf(bulkInsert("city", rows)).map(({ text }) => text);
  await new ServerScripts(client).run(["BEGIN", ...statements, "COMMIT"]);
}

async function copyRows(): Promise<void> {
  const lines = rows.map((row) => `${Object.values(row).map(copyText).join("\t")}\n`);
  await client.query("BEGIN");
  await copyIn(lines);
  await client.query("COMMIT");
}

type Value = (typeof rows)[number][keyof (typeof rows)[number]];

function copyText(value: Value): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escaped(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return escaped(`{${value.map((item) => JSON.stringify(item)).join(",")}}`);
  return typeof value === "object" ? escaped(JSON.stringify(value)) : String(value);
}

function escaped(text: string): string {
  const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
  return text.replace(/[\\\t\n\r]/g, (character) => escapes[character]!);
}

/** The COPY messages of PostgreSQL's protocol, which pg's connection knows and its client does not offer. */
function copyIn(lines: readonly string[]): Promise<void> {
  interface CopyConnection extends Connection {
    sendCopyFromChunk(chunk: Buffer): void;
    endCopyFrom(): void;
  }
  return new Promise((resolve, reject) => {
    const ignored = (): void => undefined;
    client.query({
      submit: (connection: Connection) => connection.query("COPY city FROM STDIN"),
      handleCopyInResponse(connection: CopyConnection) {
        for (let start = 0; start < lines.length; start += 1000) {
          connection.sendCopyFromChunk(Buffer.from(lines.slice(start, start + 1000).join("")));
        }
        connection.endCopyFrom();
      },
      handleCommandComplete: ignored,
      handleReadyForQuery: resolve,
      handleError: reject,
    } as never);
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
