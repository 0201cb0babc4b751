import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";
import { expect, run, test as base } from "testkit";
import { writeRevisions } from "./project.ts";

const BIN = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));
const HEADS = { exitCode: 0, stdout: "a1 (head)\n", stderr: "" };

/** Runs `limbeck heads` with its compile cache in a folder of the test's; `kept` is the file that is kept there. */
const test = base.extend("cache", ({ folder }) => {
  writeRevisions(folder, [{ id: "a1" }]);
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  const env = { TMPDIR: temporary, NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: undefined };
  return {
    limbeck: (...args: string[]) =>
      run("node", [BIN, ...args], { cwd: folder, env: { ...env, DATABASE_URL: undefined } }),
    heads: (more: Record<string, string> = {}) =>
      run("node", [BIN, "heads"], { cwd: folder, env: { ...env, ...more } }),
    folders: () => readdirSync(temporary),
    kept: () => {
      const [own] = readdirSync(temporary);
      const files = readdirSync(join(temporary, own!));
      expect(files).toHaveLength(1);
      return join(temporary, own!, files[0]!);
    },
  };
});

// Newer ones have a cache of their own.
describe.skipIf(!process.version.startsWith("v20."))("the compile cache for Node 20", () => {
  test("is made by the first run and taken by the next, and nobody else can write to it", async ({ cache }) => {
    expect(await cache.heads()).toMatchObject(HEADS);
    const made = statSync(cache.kept());
    expect(made.mode & 0o077).toBe(0);
    expect(await cache.heads()).toMatchObject(HEADS);
    // Whoever finds something missing in it writes it anew, under another inode.
    expect(statSync(cache.kept()).ino).toBe(made.ino);
  });

  // V8 does not keep who an `import(…)` belongs to: the embedded database comes by one.
  test("leaves what is imported later to Node", async ({ cache }) => {
    const first = await cache.limbeck("upgrade");
    expect(first).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^Running upgrade .*\n$/) });
    expect(await cache.limbeck("upgrade")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("is made anew where it is broken", async ({ cache }) => {
    await cache.heads();
    const whole = readFileSync(cache.kept());
    const spoilt = Buffer.from(whole).fill(0, whole.length >> 1);
    for (const broken of [spoilt, whole.subarray(0, whole.length >> 1), Buffer.alloc(0)]) {
      writeFileSync(cache.kept(), broken);
      expect(await cache.heads()).toMatchObject(HEADS);
      expect(readFileSync(cache.kept()).length).toBeGreaterThan(whole.length / 2);
    }
  });

  test("is left alone in a folder that others may write to", async ({ cache }) => {
    await cache.heads();
    const kept = cache.kept();
    chmodSync(join(kept, ".."), 0o777);
    writeFileSync(kept, "somebody else's");
    expect(await cache.heads()).toMatchObject(HEADS);
    expect(readFileSync(kept, "utf8")).toBe("somebody else's");
  });

  test("can be turned off, and does without where it has no folder", async ({ cache }) => {
    expect(await cache.heads({ NODE_DISABLE_COMPILE_CACHE: "1" })).toMatchObject(HEADS);
    expect(await cache.heads({ NODE_COMPILE_CACHE: "/dev/null/none" })).toMatchObject(HEADS);
    expect(cache.folders()).toEqual([]);
  });
});
