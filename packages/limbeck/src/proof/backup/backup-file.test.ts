import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeBackup, type Backup } from "./backup-file.ts";
import { checkedManifest, type Written } from "./manifest.ts";
import { removeOld } from "./retention.ts";

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "limbeck-backups-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const WRITTEN: Written = {
  limbeck: "1.0.0",
  format: "pg_dump",
  database: { name: "shop", host: "db", port: 5432 },
  serverVersion: "17.10",
  programVersion: "17.10",
  takenAt: "2026-01-01T00:00:00.000Z",
  durationMs: 1,
  revisions: ["a1"],
  objects: { tables: 1 },
  estimatedRows: 0,
};

function write(stem: string, changes: Partial<Written> = {}): Promise<Backup> {
  return writeBackup({ folder, stem, extension: ".dump" }, (part) => {
    writeFileSync(part, stem);
    return Promise.resolve({ ...WRITTEN, ...changes });
  });
}

const dumps = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".dump"))
    .toSorted();

describe("a backup's file", () => {
  test("is for its owner alone, has a manifest that fits it, and never another one's name", async () => {
    const [first, second] = [await write("shop_20260101T000000Z"), await write("shop_20260101T000000Z")];
    expect([first, second].map(({ file }) => basename(file))).toEqual([
      "shop_20260101T000000Z.dump",
      "shop_20260101T000000Z-2.dump",
    ]);
    expect(statSync(first.file).mode & 0o777).toBe(0o600);
    expect(await checkedManifest(first.file)).toEqual(first.manifest);
    writeFileSync(first.file, "shop_20260101T00000XZ");
    await expect(checkedManifest(first.file)).rejects.toMatchObject({ code: "BACKUP_DAMAGED" });
  });

  test("is not there when it could not be written, and the name that somebody chose is not taken again", async () => {
    const failing = writeBackup({ file: join(folder, "one") }, (part) => {
      writeFileSync(part, "half of it");
      return Promise.reject(new Error("no more"));
    });
    await expect(failing).rejects.toMatchObject({ code: "BACKUP_FAILED" });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, "one"), "mine");
    const again = writeBackup({ file: join(folder, "one") }, () => Promise.resolve(WRITTEN));
    await expect(again).rejects.toMatchObject({ code: "FILE_EXISTS" });
    expect(readFileSync(join(folder, "one"), "utf8")).toBe("mine");
  });

  test("that a killed run left half written goes with the first backup a day later", async () => {
    const [old, fresh, other] = ["a_20260101T000000Z.dump.part", "b_20260101T000000Z.dump.part", "c.part"];
    for (const name of [old, fresh, other]) writeFileSync(join(folder, name), "");
    for (const name of [old, other]) utimesSync(join(folder, name), 0, 0);
    await write("shop_20260102T000000Z");
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([fresh, other]);
  });
});

describe("retention", () => {
  const days = [1, 2, 3, 20, 25];
  const remove = (retention: { keep?: number; keepForMs?: number }) =>
    removeOld(
      folder,
      WRITTEN.database,
      { keep: undefined, keepForMs: undefined, ...retention },
      new Date("2026-01-26T00:00:00Z"),
    ).map((path) => basename(path));

  beforeEach(async () => {
    for (const day of days) {
      await write(`shop_${day}`, { takenAt: new Date(Date.UTC(2026, 0, day)).toISOString() });
    }
    await write("other_1", { database: { name: "other", host: "db", port: 5432 } });
    writeFileSync(join(folder, "shop_0.dump"), "made by hand");
  });

  test("removes nothing unless it is told to", () => {
    expect(remove({})).toEqual([]);
  });

  test("keeps the newest of one database, and what is not its own", () => {
    expect(remove({ keep: 2 })).toEqual(["shop_3.dump", "shop_2.dump", "shop_1.dump"]);
    expect(dumps()).toEqual(["other_1.dump", "shop_0.dump", "shop_20.dump", "shop_25.dump"]);
    expect(readdirSync(folder)).not.toContain("shop_1.dump.json");
  });

  test("keeps what is young, or one of the newest", () => {
    expect(remove({ keep: 3, keepForMs: 86_400_000 })).toEqual(["shop_2.dump", "shop_1.dump"]);
  });

  test("never removes the newest, however old it is", () => {
    expect(remove({ keepForMs: 1 })).toHaveLength(4);
    expect(dumps()).toContain("shop_25.dump");
  });
});
