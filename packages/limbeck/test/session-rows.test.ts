import { expect, test } from "testkit";
import { openSession } from "../src/database/open.ts";

test("a session gives each row when it arrives, and goes on after a failure", async ({ databaseUrl }) => {
  const session = await openSession(databaseUrl, "/", process.env);
  const rows: unknown[] = [];
  const queryEach = session.queryEach!;
  await queryEach("select n from generate_series(1, $1::integer) n", [3], (row) => rows.push(row));
  expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);

  const seen: unknown[] = [];
  const failing = queryEach("select 6 / (3 - n) as n from generate_series(1, 5) n", [], (row) => seen.push(row));
  await expect(failing).rejects.toMatchObject({ code: "22012" });
  expect(seen).toEqual([{ n: 3 }, { n: 6 }]);

  const refused = queryEach("select n from generate_series(1, 3) n", [], () => {
    throw new Error("not this one");
  });
  await expect(refused).rejects.toThrow("not this one");
  expect(await session.query("select 1 as one")).toEqual([{ one: 1 }]);
  await session.close();
});
