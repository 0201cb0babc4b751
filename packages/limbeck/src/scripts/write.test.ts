import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { parseSync } from "oxc-parser";
import { describe } from "vitest";
import { expect, test } from "testkit";
import { RevisionGraph } from "../revisions/graph.ts";
import { fileNameOf } from "./file-name.ts";
import { anyCharacter } from "../../test/arbitraries.ts";
import { findRevisionFiles } from "./find.ts";
import { writeNewFile, writeRevisionFile, type NewRevision } from "./write.ts";

const revision: NewRevision = {
  revision: "20250909185058",
  downRevision: [],
  branchLabels: [],
  dependsOn: [],
  message: "Create city",
  format: "ts",
};
const refusal = (code: string, facts: object = {}) => expect.objectContaining({ code, ...facts }) as unknown;
const write = (location: string, written: NewRevision) => {
  const naming = { template: "{revision}_{slug}", slugLength: 40, timezone: "UTC" };
  return writeRevisionFile(location, fileNameOf(naming, written.revision, written.message, new Date(0)), written);
};
const saying = (text: RegExp) => expect.stringMatching(text) as unknown;
const read = (location: string) => findRevisionFiles({ locations: [location], recursive: false });

/** What a message comes to as the first paragraph of a description. */
function firstParagraph(message: string): string {
  const lines = message.trim().split(/\r\n?|[\n\u2028\u2029]/);
  return lines
    .map((line) => line.trim())
    .join("\n")
    .split("\n\n")[0]!
    .replaceAll("\n", " ")
    .trim();
}

test("writes TypeScript", ({ folder }) => {
  const path = write(folder, {
    ...revision,
    downRevision: ["a"],
    branchLabels: ["b", "c"],
    dependsOn: ["d"],
  });
  expect(basename(path)).toBe("20250909185058_create_city.ts");
  expect(readFileSync(path, "utf8")).toBe(`import type { Operations } from "limbeck";

export const revision = "20250909185058";
export const downRevision = "a";
export const branchLabels = ["b", "c"];
export const dependsOn = "d";

/** Create city */
export async function upgrade(op: Operations) {}

export async function downgrade(op: Operations) {}
`);
});

test("writes a merge without what it does not need", ({ folder }) => {
  const path = write(folder, { ...revision, downRevision: ["a", "b"], message: "" });
  expect(basename(path)).toBe("20250909185058.ts");
  expect(readFileSync(path, "utf8")).toBe(`export const revision = "20250909185058";
export const downRevision = ["a", "b"];
export const branchLabels = null;
export const dependsOn = null;

export async function upgrade() {}

export async function downgrade() {}
`);
});

test("writes SQL", ({ folder }) => {
  const written = { ...revision, format: "sql", dependsOn: ["a", "b"], upgrade: "SELECT 1;\n" } as const;
  const path = write(folder, written);
  expect(basename(path)).toBe("20250909185058_create_city.sql");
  expect(readFileSync(path, "utf8")).toBe(`-- revision: 20250909185058
-- downRevision: null
-- dependsOn: a, b
-- Create city

-- upgrade
SELECT 1;

-- downgrade
`);
});

test("writes bodies", ({ folder }) => {
  const path = write(folder, { ...revision, upgrade: '  op.dropTable("city");\n' });
  expect(readFileSync(path, "utf8")).toContain('upgrade(op: Operations) {\n  op.dropTable("city");\n}\n\n');
});

describe("what is written is read back", () => {
  const message = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc
      .array(
        fc.constantFrom(
          "*/",
          "/**",
          "--",
          "-- upgrade",
          "upgrade",
          "Downgrade",
          "Downgrade ",
          "revision: x",
          "dependsOn:",
          "@daily",
          "'",
          '"',
          "`",
          "${x}",
          "*",
          "\\",
          "//",
          " ",
          "\n",
          "\r\n",
          "\r",
          "\u2028",
          "\n\n",
          "é🌍",
          "word",
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join("")),
  );
  const name = fc.oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[a-z0-9]{1,14}$/) },
    fc.constantFrom(
      "null",
      "None",
      "a/b",
      "../a",
      "_a",
      ".a",
      "a,b",
      'a"b',
      "it's",
      "a\\b",
      "[a]",
      "a`b",
      "${a}",
      "é🌍",
      "a;b",
      "*/",
      "x".repeat(40),
    ),
  );
  const names = fc.uniqueArray(name, { maxLength: 3 });

  test.for(["ts", "sql"] as const)("as %s, or it is not written at all", (format, { folder }) => {
    let count = 0;
    fc.assert(
      fc.property(message, name, names, names, names, (text, id, downRevision, branchLabels, dependsOn) => {
        const location = join(folder, String(count++));
        const written: NewRevision = { revision: id, downRevision, branchLabels, dependsOn, message: text, format };
        let path: string;
        try {
          path = write(location, written);
        } catch (error) {
          expect(error).toEqual(refusal("REVISION_ID_INVALID"));
          expect(
            [id, ...downRevision, ...branchLabels, ...dependsOn].every(
              (word) => /^[a-z0-9é🌍;*$]+$/u.test(word) && word !== "null",
            ),
          ).toBe(false);
          expect(existsSync(location)).toBe(false);
          return;
        }
        const [found, ...others] = read(location);
        expect(others).toEqual([]);
        const list = (value: string | readonly string[] | null) =>
          typeof value === "string" ? [value] : (value ?? []);
        expect(found).toMatchObject({ revision: id, branchLabels, dependsOn, path, format });
        expect(list(found!.downRevision)).toEqual(downRevision);
        const expected = firstParagraph(text);
        if (expected !== "" && !/\\@|\*\\\//.test(text)) expect(found!.message).toBe(expected);
        if (format === "ts") expect(parseSync(path, readFileSync(path, "utf8")).errors).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("also when the graph would take a name that a file cannot hold", () => {
    // The graph's own rule comes first in `revision`; these names pass it and must not pass the writer.
    for (const id of ["a/b", "..", "_a", 'a"b', "a,b", "null"]) {
      expect(() => RevisionGraph.from([{ revision: id, downRevision: null }])).not.toThrow();
      expect(() => write("/nowhere", { ...revision, revision: id })).toThrow(
        refusal("REVISION_ID_INVALID", {
          message: saying(new RegExp(`"${id.replace('"', String.raw`\\"`).replaceAll(".", "\\.")}"`)),
          hint: saying(/letters, digits/),
        }),
      );
    }
  });
});

test("never overwrites, and says what stands there", ({ folder }) => {
  const path = write(folder, revision);
  writeFileSync(path, "mine");
  expect(() => write(folder, revision)).toThrow(
    refusal("FILE_EXISTS", { message: saying(/exists already/), where: { file: path } }),
  );
  expect(readFileSync(path, "utf8")).toBe("mine");
  expect(readdirSync(folder)).toHaveLength(1);
});

test("says why a file cannot be written", ({ folder }) => {
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "taken.ts"));
  const failed = (path: string) =>
    refusal("FILE_WRITE_FAILED", { message: saying(/cannot be written: /), where: { file: path } });
  for (const path of [
    join(folder, "file/a.ts"),
    join(folder, "file/deep/a.ts"),
    join(folder, `${"x".repeat(300)}.ts`),
  ]) {
    expect(() => writeNewFile(path, "")).toThrow(failed(path));
  }
  expect(() => writeNewFile(join(folder, "taken.ts"), "")).toThrow(refusal("FILE_EXISTS"));
});
