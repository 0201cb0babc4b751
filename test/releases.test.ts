import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Manifest {
  readonly name: string;
  readonly version: string;
}

const released = ["limbeck", "limbeck-alembic"].map(
  (name) => JSON.parse(read(`packages/${name}/package.json`)) as Manifest,
);

const changesets = readdirSync(join(root, ".changeset"))
  .filter((name) => name.endsWith(".md"))
  .map((name) => ({ name, text: read(`.changeset/${name}`) }));

test("limbeck and limbeck-alembic have one number, and are given their next one together", () => {
  const config = JSON.parse(read(".changeset/config.json")) as { readonly fixed: readonly (readonly string[])[] };
  expect(new Set(released.map(({ version }) => version)).size).toBe(1);
  expect(config.fixed).toEqual([released.map(({ name }) => name)]);
});

test.for(changesets)(
  "$name names packages that are released, and says in whole sentences what is different",
  ({ text }) => {
    const [, head, body] = /^---\n(.*?)\n---\n\n(.*)$/s.exec(text) ?? [];
    const bumps = parse(head!) as Readonly<Record<string, string>>;
    expect(released.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(bumps)));
    expect(["patch", "minor", "major"]).toEqual(expect.arrayContaining(Object.values(bumps)));
    const entries = body!.split(/^- /m).filter((entry) => entry !== "");
    expect(entries.filter((entry) => !/\.\s*$/.test(entry))).toEqual([]);
  },
);
