import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Manifest {
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (name: string): Manifest => JSON.parse(read(`packages/${name}/package.json`)) as Manifest;

test("limbeck and limbeck-alembic are released under one number, and ask for no other", () => {
  const [limbeck, alembic] = [manifestOf("limbeck"), manifestOf("limbeck-alembic")];
  expect([alembic.version, limbeck.peerDependencies?.["limbeck-alembic"]]).toEqual([limbeck.version, limbeck.version]);
});

test("the changelog has a section of what is unreleased, then one a release, the newest first, each with whole sentences", () => {
  const [, promise, unreleased, ...releases] = read("CHANGELOG.md").split(/^## /m);
  expect(promise).toMatch(/^What a number promises\n/);
  expect(unreleased).toMatch(/^Unreleased\n/);
  const titles = releases.map((section) => section.split("\n")[0]!);
  for (const title of titles) expect(title).toMatch(/^\d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\)$/);
  const versions = titles.map((title) => title.split(" ")[0]!);
  expect(versions).toEqual(versions.toSorted((one, other) => other.localeCompare(one, "en", { numeric: true })));
  const entries = [unreleased!, ...releases].flatMap((section) => section.split(/^- /m).slice(1));
  expect(entries.filter((entry) => !/\.\s*$/.test(entry))).toEqual([]);
});
