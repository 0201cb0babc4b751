import { chmodSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, expect, test as base, type TestDatabase } from "testkit";
import { describe } from "vitest";
import { checkForm, follow } from "./guides/follow.ts";
import { readPage } from "./guides/page.ts";
import { isSame } from "./guides/same.ts";

const root = new URL("../../..", import.meta.url).pathname;
const guide = readdirSync(join(root, "docs/guide")).map((name) => `docs/guide/${name}`);
const forms = readdirSync(join(root, "docs/reference")).map((name) => `docs/reference/${name}`);
const pages = new Map(
  ["README.md", ...guide].map((name) => [name, readPage(readFileSync(join(root, name), "utf8"))] as const),
);

const test = base.extend("bin", { scope: "file" }, ({}, { onCleanup }) => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "limbeck-bin-"));
  onCleanup(() => rmSync(folder, { recursive: true }));
  const script = (name: string, line: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  script("limbeck", `exec "${process.execPath}" "${root}packages/limbeck/bin/limbeck.cjs" "$@"`);
  script("npx", `exec "$@"`);
  return folder;
});

describe("a reader who does what a page says sees what it shows", () => {
  const followed = [...pages].filter(([, { notRun, parts }]) => notRun === undefined && parts.length > 0);

  test.concurrent.for(followed)("%s", async ([, page], { folder, bin, postgresUrl }) => {
    const databases: TestDatabase[] = [];
    const newDatabase = async (): Promise<string> => {
      const database = await createDatabase(postgresUrl);
      databases.push(database);
      return database.url;
    };
    try {
      expect((await follow(page, { folder, repository: root, bin, newDatabase })).join("\n\n")).toBe("");
    } finally {
      await Promise.all(databases.map(({ drop }) => drop()));
    }
  });
});

test("what is not run has blocks of their form", () => {
  const reference = forms.map((name) => [name, readPage(readFileSync(join(root, name), "utf8"))] as const);
  const unread = [...reference, ...[...pages].filter(([, { notRun }]) => notRun !== undefined)];
  for (const [name, { parts }] of unread) {
    for (const part of parts) {
      // The reference's TypeScript is signatures.
      if (part.kind === "code" && !(part.language === "ts" && forms.includes(name)))
        expect(() => checkForm(part.language, part.text), `${name}:${part.line}`).not.toThrow();
    }
  }
});

test("what a page shows is compared with what is said", () => {
  expect(isSame("Done (12 ms)\n…\nend", "Done (1.5 s)\na\nb\nend\n")).toBe(true);
  expect(isSame("at …: no\n", "at x.ts:1: no")).toBe(true);
  expect(isSame("2 steps\n", "3 steps\n")).toBe(false);
  expect(isSame("", "something\n")).toBe(false);
});
