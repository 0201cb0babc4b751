import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, run, test } from "testkit";
import { takeEmbeddedLock } from "../src/database/embedded-lock.ts";

test("one process at a time, in turns", async ({ folder }) => {
  const path = join(folder, "pgdata");
  const release = await takeEmbeddedLock(path, 0);
  await expect(takeEmbeddedLock(path, 100)).rejects.toMatchObject({
    code: "EMBEDDED_IN_USE",
    exitCode: 4,
    details: { pid: process.pid },
  });
  const next = takeEmbeddedLock(path, 5000);
  release();
  (await next)();
  expect(existsSync(`${path}.lock`)).toBe(false);
});

test("a place that cannot be written is told", async ({ folder }) => {
  writeFileSync(join(folder, "file"), "");
  await expect(takeEmbeddedLock(join(folder, "file", "pgdata"), 0)).rejects.toMatchObject({
    code: "EMBEDDED_FAILED",
    message: expect.stringContaining("cannot be opened in") as string,
  });
  await expect(takeEmbeddedLock(join(folder, "file", "below", "pgdata"), 0)).rejects.toMatchObject({
    code: "EMBEDDED_FAILED",
  });
});

test("the right of a process that died is free, and only one of many gets it", async ({ folder }) => {
  const path = join(folder, "pgdata");
  const dead = await run("node", ["-p", "process.pid"], {});
  writeFileSync(`${path}.lock`, JSON.stringify({ pid: Number(dead.stdout), command: "gone", token: "x" }));
  let holders = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      const release = await takeEmbeddedLock(path, 20_000);
      most = Math.max(most, ++holders);
      await new Promise((resolve) => setTimeout(resolve, 5));
      holders--;
      release();
    }),
  );
  expect(most).toBe(1);
});
