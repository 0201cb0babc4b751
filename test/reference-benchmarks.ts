import { existsSync, readFileSync } from "node:fs";
import { failureTable, figureTable, judgements, type Results } from "../bench/results.ts";
import { fence, table, written } from "./markdown.ts";

const results = new URL("../bench/results/peers.json", import.meta.url);

const HEAD = [
  "# Benchmarks",
  written,
  "limbeck beside the tools that a team with TypeScript and PostgreSQL would take instead. Measured with one command:",
  fence("sh", "npm run bench:peers # about ten minutes\nnpm run docs        # writes this page anew"),
];

/** limbeck beside its peers: what was measured, and on which machine. */
export function benchmarksPage(): string {
  if (!existsSync(results)) return [...HEAD, "No results of a quiet machine are committed yet."].join("\n\n");
  const measured = JSON.parse(readFileSync(results, "utf8")) as Results;
  const { machine, versions, rounds } = measured;
  const { cpu, cores, memoryGiB, node, postgres, date, commit, loadBefore, minutes } = machine;
  return [
    ...HEAD,
    `Measured on ${date.replace("T", " at ")} UTC in ${minutes} minutes, at commit ${commit}: ${cores} × ${cpu}, ${memoryGiB} GiB, Node ${node.slice(1)}, ` +
      `PostgreSQL ${postgres}. The load average before it was ${loadBefore.toFixed(2)}.`,
    [
      `- A figure is the median of ${rounds} runs of a whole process (of ${2 * rounds} for start-up), after one that is not counted. The tools take turns, so that what else the machine does falls on all of them.`,
      "- In brackets is the tool's wall time as a multiple of limbeck's, the median of the rounds' own ratios.",
      "- After each run the bench looks whether the work was done: tables, columns, indexes, checks, and what the tool has on record.",
      "- _Italic_ is the floor: programs in C and Go, and a Node that does nothing.",
      "- Each tool is configured as its documentation does, and commits as it does by default: limbeck, graphile-migrate and dbmate each migration, node-pg-migrate, knex, kysely-ctl and drizzle-kit all of a run at once, umzug and postgrator each statement.",
      "- The server has `fsync = off`: what a disk adds to a commit is left out.",
      "- A tool without a `status` runs an upgrade that has nothing to do: node-pg-migrate, drizzle-kit and postgrator.",
    ].join("\n"),
    "## The work",
    table(
      ["Row", "What is run"],
      [
        ["`--version`, `--help`", "the command line and nothing else"],
        ["1000 applied, pending, empty", "1,000 migrations: 250 × create table, add column, create index, add check"],
        [
          "diff of two databases",
          "500 tables with ten columns, three indexes, a check and a foreign key each; ten have a column more. The floor is pg_dump of both",
        ],
        [
          "migration out of a schema",
          "the same change, asked of a schema in Drizzle. limbeck compares it with the live database, and proves the file in scratch databases unless `--no-proof` is said; drizzle-kit compares two files, and looks at no database",
        ],
      ],
    ),
    "## Wall time",
    figureTable(measured, "wallMs"),
    "## Processor time",
    "Of the tool's own processes, user and system, without the server.",
    figureTable(measured, "cpuMs"),
    "## Peak memory",
    "Of the largest process.",
    figureTable(measured, "memoryMb"),
    "## Failures",
    [
      "- **Three starts at once** on an empty database. Clean: all exit with 0, and each migration ran once.",
      "- **kill -9** in migration 7 of 12, and another start. Clean: it exits with 0, and each ran once.",
      "- **A statement fails** in migration 7, is corrected, and all is run again. Clean: the first run says the database's error, and each ran once at the end.",
      "- **A column behind a reader**: it is added while somebody reads the table for three seconds, and four clients work. Clean: it is there at the end, and no client waited a second. A `SET lock_timeout` by hand helps in any tool; the migration then fails, and is run again by hand.",
    ].join("\n"),
    failureTable(measured),
    "## What is promised",
    "Of each row: every peer in TypeScript takes 1.5 × limbeck's time, or limbeck at most 1.3 × the floor's. In the rows of 1,000, limbeck has the least memory of them. In the failures it is the only one that is clean throughout.",
    judgements(measured)
      .map((judgement) => `- ${judgement}`)
      .join("\n"),
    "## Versions",
    table(["Package", "Version"], Object.entries(versions)),
  ].join("\n\n");
}
