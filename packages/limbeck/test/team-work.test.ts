import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, run, test } from "testkit";
import { Limbeck, type OpenOptions } from "../src/index.ts";
import { writeRevisions } from "./project.ts";

const bin = fileURLToPath(new URL("../bin/limbeck.cjs", import.meta.url));

async function using<T>(options: OpenOptions, work: (limbeck: Limbeck) => Promise<T>): Promise<T> {
  const limbeck = await Limbeck.open(options);
  try {
    return await work(limbeck);
  } finally {
    await limbeck.close();
  }
}

test("two branches that each add a revision conflict in git, and a merge or a rebase settles it", async ({
  folder,
  databaseUrl,
}) => {
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false", ...args], { cwd: folder });
  const options = { cwd: folder, url: databaseUrl };
  writeRevisions(folder, [{ id: "a1" }]);
  await using(options, (limbeck) => limbeck.heads({ writeLock: true }));
  await git("init", "-b", "main");
  await git("add", ".");
  await git("commit", "-m", "a1");
  for (const [branch, revisionId] of [
    ["left", "b2"],
    ["right", "c3"],
  ] as const) {
    await git("checkout", "-b", branch, "main");
    await using(options, (limbeck) => limbeck.revision({ message: branch, revisionId }));
    await git("add", ".");
    await git("commit", "-m", branch);
  }
  const merged = await git("merge", "left");
  expect(merged.exitCode).toBe(1);
  expect(merged.stdout).toContain("CONFLICT (content): Merge conflict in migrations/limbeck.lock");

  const [check, rebased] = await using(options, async (limbeck) => [
    await limbeck.check(),
    await limbeck.rebase("c3", { onto: "b2" }),
  ]);
  expect(check).toMatchObject({ ok: false, heads: { ok: false, heads: ["b2", "c3"], lockFile: "conflict" } });
  expect(rebased).toMatchObject({ revision: "c3", from: ["a1"], onto: "b2" });
  expect(readFileSync(join(folder, "migrations", "c3_right.ts"), "utf8")).toContain(
    'export const downRevision = "b2";',
  );
  const after = await using(options, (limbeck) => limbeck.check());
  expect(after.heads).toEqual({ ok: true, heads: ["c3"], lockFile: "current" });
});

test("rebase takes the other head by itself, and leaves every other character alone", async ({
  folder,
  databaseUrl,
}) => {
  const migrations = writeRevisions(folder, [{ id: "a1" }, { id: "b2", down: "a1" }]);
  const path = join(migrations, "c3_x.ts");
  const source = (down: string): string =>
    `// export const downRevision = "no";\nexport const revision = 'c3'\nexport const downRevision: string = ${down} as const // why\nexport function upgrade() {}\n`;
  writeFileSync(path, source("'a1'"));
  writeFileSync(join(migrations, "d4_x.sql"), "-- revision: d4\n-- downRevision: c3\n\n-- upgrade\nselect 1;\n");
  await using({ cwd: folder, url: databaseUrl }, async (limbeck) => {
    expect(await limbeck.rebase("c3")).toMatchObject({ from: ["a1"], onto: "b2" });
    expect(readFileSync(path, "utf8")).toBe(source('"b2"'));
    expect(await limbeck.rebase("d4", { onto: "b2" })).toMatchObject({ from: ["c3"] });
    expect(readFileSync(join(migrations, "d4_x.sql"), "utf8")).toContain("-- downRevision: b2\n");
    await expect(limbeck.rebase("a1", { onto: "b2" })).rejects.toMatchObject({ code: "REVISION_CYCLE" });
  });
});

test("rebase refuses what the database has applied, and merges", async ({ folder, databaseUrl }) => {
  const migrations = writeRevisions(folder, [
    { id: "a1" },
    { id: "b2", down: "a1" },
    { id: "c3", down: "a1" },
    { id: "d4", down: ["b2", "c3"] },
    { id: "e5", down: "a1" },
  ]);
  const before = readFileSync(join(migrations, "c3_step.ts"), "utf8");
  await using({ cwd: folder, url: databaseUrl }, async (limbeck) => {
    await limbeck.upgrade("c3");
    await expect(limbeck.rebase("c3", { onto: "e5" })).rejects.toMatchObject({ code: "REBASE_REFUSED", exitCode: 2 });
    await expect(limbeck.rebase("d4", { onto: "e5" })).rejects.toMatchObject({ code: "REBASE_REFUSED" });
  });
  expect(readFileSync(join(migrations, "c3_step.ts"), "utf8")).toBe(before);
});

test("the lock file can be switched off", async ({ folder, databaseUrl }) => {
  writeRevisions(folder, [{ id: "a1" }]);
  await using({ cwd: folder, url: databaseUrl, lockFile: false }, async (limbeck) => {
    await limbeck.revision({ message: "x" });
    expect((await limbeck.check()).heads.lockFile).toBe("off");
  });
  expect(existsSync(join(folder, "migrations", "limbeck.lock"))).toBe(false);
});

test("a row that no file knows: the code is behind the database, or the row is somebody else's", async ({
  folder,
  databaseUrl,
  sql,
}) => {
  writeRevisions(folder, [{ id: "a1" }, { id: "b2", down: "a1" }]);
  await using({ cwd: folder, url: databaseUrl }, (limbeck) => limbeck.upgrade());
  const behind = { cwd: folder, url: databaseUrl, migrations: "old" };
  mkdirSync(join(folder, "old"));
  writeFileSync(join(folder, "old", "a1_step.sql"), "-- revision: a1\n-- downRevision: null\n-- upgrade\n");
  await using(behind, async (limbeck) => {
    const refusal = { code: "REVISION_UNKNOWN_TO_FILES", details: { rows: ["b2"], known: [{ revision: "b2" }] } };
    await expect(limbeck.current()).rejects.toMatchObject(refusal);
    await expect(limbeck.upgrade()).rejects.toMatchObject(refusal);
    await expect(limbeck.upgrade()).rejects.toThrow(/^The database is ahead of these files: it has had b2 on \d{4}-/);
    await expect(limbeck.check()).rejects.toMatchObject(refusal);
  });
  await sql("update alembic_version set version_num = 'ae1027a6acf'");
  await using(behind, async (limbeck) => {
    await expect(limbeck.downgrade("base")).rejects.toMatchObject({ details: { rows: ["ae1027a6acf"], known: [] } });
    expect(await limbeck.stamp("a1", { purge: true })).toMatchObject({ heads: ["a1"] });
  });
});

test("current shows what the rows imply, and is at the heads when everything is applied", async ({
  folder,
  databaseUrl,
  sql,
}) => {
  writeRevisions(folder, [{ id: "a1" }, { id: "b2" }, { id: "c3", down: "a1", dependsOn: "b2" }]);
  await using({ cwd: folder, url: databaseUrl }, async (limbeck) => {
    await limbeck.upgrade("heads");
    expect(await sql("select version_num from alembic_version")).toEqual([{ version_num: "c3" }]);
    expect(await limbeck.current()).toMatchObject({
      isAtHeads: true,
      current: [{ revision: "b2" }, { revision: "c3" }],
    });
  });
});

test("a revision's file stays with its branch, is named by the template, and is given to the hooks", async ({
  folder,
  databaseUrl,
}) => {
  writeRevisions(folder, [{ id: "a1" }]);
  mkdirSync(join(folder, "billing"));
  writeFileSync(
    join(folder, "billing", "b1_base.sql"),
    "-- revision: b1\n-- downRevision: null\n-- branchLabels: billing\n-- upgrade\n",
  );
  const options: OpenOptions = {
    cwd: folder,
    url: databaseUrl,
    migrations: ["migrations", "billing"],
    fileTemplate: "{revision}-{slug}",
    slugLength: 9,
    writeHooks: ["cp -t .", `node -e "require('fs').appendFileSync(process.argv[1], '// formatted')" {file}`],
  };
  await using(options, async (limbeck) => {
    const written = await limbeck.revision({ head: "billing@head", message: "Add invoices", revisionId: "b2" });
    expect(written.path).toBe(join(folder, "billing", "b2-add.ts"));
    expect(readFileSync(written.path, "utf8")).toMatch(/\/\/ formatted$/);
    await expect(limbeck.revision({ head: "base", message: "x" })).rejects.toMatchObject({ code: "USAGE" });
    expect((await limbeck.revision({ head: "base", message: "x", versionPath: "migrations" })).path).toContain(
      "/migrations/",
    );
  });
  await using({ ...options, writeHooks: ["echo no such thing >&2; exit 3;"] }, async (limbeck) => {
    const failed = limbeck.revision({ head: "b2", message: "Late", revisionId: "b3" });
    await expect(failed).rejects.toMatchObject({ code: "WRITE_HOOK_FAILED", exitCode: 2, details: { exitCode: 3 } });
    await expect(failed).rejects.toThrow("no such thing");
  });
  expect(existsSync(join(folder, "billing", "b3-late.ts"))).toBe(true);
});

test("edit opens the revision's file in the editor", async ({ folder }) => {
  writeRevisions(folder, [{ id: "a1" }, { id: "b2", down: "a1" }]);
  const edit = (editor: string) => run("node", [bin, "edit", "head"], { cwd: folder, env: { EDITOR: editor } });
  expect(await edit("sed -i 1i//edited")).toMatchObject({ exitCode: 0, stderr: "" });
  expect(readFileSync(join(folder, "migrations", "b2_step.ts"), "utf8")).toMatch(/^\/\/edited\n/);
  expect(await edit("false")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("EDITOR_FAILED") as unknown,
  });
});

test("commands that read leave an empty database empty", async ({ folder, databaseUrl, sql }) => {
  writeRevisions(folder, [{ id: "a1" }, { id: "b2", down: "a1" }]);
  const commands = [
    ["current"],
    ["history", "-i"],
    ["history", "-r", ":current"],
    ["show", "current"],
    ["heads"],
    ["branches"],
    ["status"],
    ["check"],
    ["downgrade", "base"],
    ["upgrade", "base"],
    ["upgrade", "head", "--sql"],
  ];
  for (const command of commands) {
    const { stderr } = await run("node", [bin, ...command, "--url", databaseUrl], { cwd: folder });
    expect(stderr, command.join(" ")).toBe("");
  }
  expect(await sql("select relname from pg_class where relnamespace = 'public'::regnamespace")).toEqual([]);
});

test("several --head make a merge", async ({ folder }) => {
  writeRevisions(folder, [{ id: "a1" }, { id: "b2", down: "a1" }, { id: "c3", down: "a1" }, { id: "d4", down: "a1" }]);
  const args = ["revision", "-m", "two of three", "--rev-id", "e5", "--head", "b2", "--head", "c3"];
  expect(await run("node", [bin, ...args], { cwd: folder })).toMatchObject({ exitCode: 0 });
  const source = readFileSync(join(folder, "migrations", "e5_two_of_three.ts"), "utf8");
  expect(source).toContain('export const downRevision = ["b2", "c3"];');
});
