import { expect, test } from "testkit";
import { Limbeck } from "../src/index.ts";
import { writeRevisions, type TestRevision } from "./project.ts";

const COUNT = Number(process.env["LIMBECK_TESTED_REVISIONS"] ?? 20);

/** A table in every fourth revision, columns and indexes in the others. */
function revision(number: number): TestRevision {
  const id = `r${String(number).padStart(4, "0")}`;
  const down = number === 0 ? null : `r${String(number - 1).padStart(4, "0")}`;
  const table = `t${Math.floor(number / 4)}`;
  const kinds = [
    [
      `op.createTable("${table}", column("id", "serial"), column("name", "text"), primaryKey(["id"]));`,
      `op.dropTable("${table}");`,
    ],
    [`op.addColumn("${table}", column("size", "integer"));`, `op.dropColumn("${table}", "size");`],
    [`op.createIndex("ix_${table}", "${table}", ["name"]);`, `op.dropIndex("ix_${table}");`],
    [
      `op.createUniqueConstraint("uq_${table}", "${table}", ["id", "name"]);`,
      `op.dropConstraint("uq_${table}", "${table}");`,
    ],
  ] as const;
  const [up, undo] = kinds[number % 4]!;
  return { id, down, up, undo };
}

test("tells of each revision as it is done, and takes a fraction of a second for it", async ({
  databaseUrl,
  folder,
}) => {
  const migrations = writeRevisions(
    folder,
    Array.from({ length: COUNT }, (_, number) => revision(number)),
  );
  const limbeck = await Limbeck.open({ cwd: folder, url: databaseUrl, migrations });
  const heard: string[] = [];
  const started = performance.now();
  const { ok, revisions } = await limbeck.test(undefined, { onTest: ({ revision: id }) => heard.push(id) });
  const perRevisionMs = (performance.now() - started) / COUNT;
  await limbeck.close();
  if (process.env["LIMBECK_TESTED_REVISIONS"]) console.log(`${Math.round(perRevisionMs)} ms for each of ${COUNT}`);
  expect(ok).toBe(true);
  expect(heard).toEqual(revisions.map(({ revision: id }) => id));
  expect(heard).toHaveLength(COUNT);
});
