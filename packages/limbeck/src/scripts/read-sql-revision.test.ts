import { describe, expect, it } from "vitest";
import { readSqlRevision } from "./read-sql-revision.ts";
import type { MetadataValue } from "./revision-file.ts";

const PATH = "/migrations/1_first.sql";

const read = (source: string) => readSqlRevision(source, PATH);
const values = (source: string): Record<string, MetadataValue> =>
  Object.fromEntries(Array.from(read(source).metadata, ([name, { value }]) => [name, value]));
const refusal = (line: number, message: RegExp, hint: RegExp) =>
  expect.objectContaining({
    code: "REVISION_FILE_INVALID",
    message: expect.stringMatching(message) as unknown,
    hint: expect.stringMatching(hint) as unknown,
    where: { file: PATH, line },
  }) as unknown;

const USUAL = `-- revision: 20250128000000
-- downRevision: 20250927222116
-- Add new_field to pipeline.

-- upgrade
ALTER TABLE pipeline ADD COLUMN new_field varchar(255);

-- downgrade
ALTER TABLE pipeline DROP COLUMN new_field;
`;

describe("the usual form", () => {
  it("is read with its lines, its description and its halves", () => {
    const revision = read(USUAL);
    expect(Object.fromEntries(revision.metadata)).toEqual({
      revision: { value: "20250128000000", line: 1 },
      downRevision: { value: "20250927222116", line: 2 },
    });
    expect(revision).toMatchObject({
      isRevision: true,
      description: "Add new_field to pipeline.",
      upgrade: { text: "ALTER TABLE pipeline ADD COLUMN new_field varchar(255);\n", line: 6 },
      downgrade: { text: "ALTER TABLE pipeline DROP COLUMN new_field;\n", line: 9 },
    });
  });

  it("may have CRLF and a byte order mark", () => {
    const revision = read(`\uFEFF${USUAL.replaceAll("\n", "\r\n")}`);
    expect(Object.fromEntries(revision.metadata)).toEqual({
      revision: { value: "20250128000000", line: 1 },
      downRevision: { value: "20250927222116", line: 2 },
    });
    expect(revision.description).toBe("Add new_field to pipeline.");
    expect(revision.upgrade!.text.trim()).toBe("ALTER TABLE pipeline ADD COLUMN new_field varchar(255);");
    expect(revision.downgrade!.line).toBe(9);
  });

  it("may say its halves in any order, in any case, or leave one out", () => {
    expect(read("-- revision: a\n--downgrade\nB\n-- UPGRADE  \nA")).toMatchObject({
      upgrade: { text: "A", line: 5 },
      downgrade: { text: "B", line: 3 },
    });
    expect(read("-- revision: a\n-- upgrade\nA")).toMatchObject({ upgrade: { text: "A" }, downgrade: undefined });
    expect(read("-- revision: a")).toMatchObject({ upgrade: undefined, downgrade: undefined });
    expect(read("-- revision: a\n-- upgrade\n-- downgrade")).toMatchObject({
      upgrade: { text: "" },
      downgrade: { text: "" },
    });
  });

  it("finds its halves at the beginning of a line only", () => {
    const half = "INSERT INTO log VALUES ('-- downgrade'); -- downgrade\n  -- downgrade\n-- downgrade the price\n";
    expect(read(`-- upgrade\n${half}`)).toMatchObject({ upgrade: { text: half }, downgrade: undefined });
  });
});

describe("metadata", () => {
  it.each([
    ["-- revision: a", { revision: "a" }],
    ["--revision:a", { revision: "a" }],
    ['-- revision: "a b"', { revision: "a b" }],
    ["-- Revision : 'a'", { revision: "a" }],
    ["-- down_revision: a", { downRevision: "a" }],
    ["-- DOWNREVISION: a", { downRevision: "a" }],
    ["-- downRevison: a", { downRevision: "a" }],
    ["-- down_revisions: a, b", { downRevision: ["a", "b"] }],
    ["-- downRevision:", { downRevision: null }],
    ["-- downRevision: null", { downRevision: null }],
    ["-- downRevision: None", { downRevision: null }],
    ["-- downRevision: a, b", { downRevision: ["a", "b"] }],
    ['-- downRevision: ["a", "b"]', { downRevision: ["a", "b"] }],
    ["-- downRevision: []", { downRevision: [] }],
    ["-- depends_on: a,b,", { dependsOn: ["a", "b"] }],
    ["-- branchLabels: core", { branchLabels: "core" }],
  ])("%j", (source, expected) => {
    expect(values(source)).toEqual(expected);
  });

  it("may stand below the description", () => {
    expect(values("-- First.\n--\n-- revision: a\n\n-- downRevision: null\n\n-- upgrade")).toEqual({
      revision: "a",
      downRevision: null,
    });
  });

  it("is refused when it is there twice", () => {
    expect(() => read("-- revision: a\n\n-- revision: b")).toThrow(
      refusal(3, /"revision" is there twice/, /one of the two/),
    );
  });

  it("is no part of the halves", () => {
    expect(values("-- revision: a\n-- upgrade\n-- downRevision: b\n")).toEqual({ revision: "a" });
  });
});

describe("what the header says to limbeck", () => {
  it("takes the whole file out of transactions, and is no part of the description", () => {
    const revision = read("-- revision: a\n-- Index it.\n--limbeck : no-transaction\n\n-- upgrade\nA");
    expect(revision).toMatchObject({ description: "Index it.", upgrade: { text: "A", line: 6 } });
    expect(Object.fromEntries(revision.settings)).toEqual({ transaction: { value: "none", line: 3 } });
    expect(read("-- upgrade\n-- limbeck: no-transaction\nVACUUM").settings.size).toBe(0);
  });

  it("is refused when it is not known", () => {
    expect(() => read("-- revision: a\n-- limbeck: no-transactoin\n")).toThrow(
      refusal(2, /"-- limbeck: no-transactoin" says nothing/, /"-- limbeck: no-transaction"/),
    );
  });
});

describe("the description", () => {
  it("is every other line of the header, its paragraphs kept apart", () => {
    expect(
      read("-- revision: a\n-- First,\n-- and on.\n--\n--   - indented\n\n-- Last: the end.\n-- upgrade").description,
    ).toBe("First,\nand on.\n\n  - indented\n\nLast: the end.");
    expect(read("-- revision: a\n\n-- upgrade").description).toBeUndefined();
  });

  it.each([
    "Decision: we keep both.",
    "Division: cut it in two.",
    "Depends: on the extension pgcrypto.",
    "Precision: numeric(10, 2) is too little.",
    "see https://example.org/revision: it says why",
  ])("may be prose with a word that looks like metadata: %s", (text) => {
    const source = `-- revision: a\n-- downRevision: null\n-- ${text}\n-- upgrade\n`;
    expect(values(source)).toEqual({ revision: "a", downRevision: null });
    expect(read(source).description).toBe(text);
  });

  it("may be a line of its own that would say something else with one space less", () => {
    const source = "-- revision: a\n--  upgrade\n--  revision: b\n-- upgrade\nA";
    expect(values(source)).toEqual({ revision: "a" });
    expect(read(source)).toMatchObject({ description: "upgrade\n revision: b", upgrade: { text: "A" } });
  });
});

describe("what is no SQL revision", () => {
  it("is refused with its line when statements stand above the upgrade", () => {
    const above = refusal(3, /SQL above the line -- upgrade/, /in front of the statements/);
    expect(() => read("-- revision: a\n\nSELECT 1;\n-- upgrade")).toThrow(above);
    expect(() => read("-- revision: a\r\n\r\nSELECT 1;\r\n")).toThrow(above);
    expect(() => read("-- revision: a\n\n -- upgrade\nSELECT 1;")).toThrow("SQL above the line -- upgrade");
  });

  it("is refused when a half is there twice", () => {
    const twice = refusal(4, /The line "-- upgrade" is there twice/, /Keep one/);
    expect(() => read("-- revision: a\n-- upgrade\nA\n-- upgrade\nB")).toThrow(twice);
  });

  it("is told apart when nothing in it speaks of a revision", () => {
    expect(read("INSERT INTO city VALUES ('Oslo');").isRevision).toBe(false);
    expect(read("-- Seed data\n\nINSERT INTO city VALUES ('Oslo');").isRevision).toBe(false);
    expect(read("").isRevision).toBe(false);
    expect(read("-- upgrade").isRevision).toBe(true);
    expect(read("-- revision: a").isRevision).toBe(true);
  });
});
