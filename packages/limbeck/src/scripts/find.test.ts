import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "testkit";
import { findRevisionFiles } from "./find.ts";

const module = (revision: string, down: string | null = null): string =>
  `export const revision = "${revision}";\nexport const downRevision = ${JSON.stringify(down)};\nexport function upgrade() {}\n`;
const sql = (revision: string): string => `-- revision: ${revision}\n-- downRevision: null\n-- upgrade\nSELECT 1;\n`;

function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
const find = (...locations: string[]) => findRevisionFiles({ locations, recursive: false });
const ids = (files: readonly { revision: string }[]): string[] => files.map(({ revision }) => revision);
const refusal = (code: string, facts: object = {}) => expect.objectContaining({ code, ...facts }) as unknown;
const saying = (text: RegExp) => expect.stringMatching(text) as unknown;

test("finds modules and SQL files, in the order of their names' code points", ({ folder }) => {
  write(folder, {
    "a.sql": sql("a"),
    "B.mjs": module("B"),
    "10_x.ts": module("10"),
    "9_x.js": module("9"),
    "é.mts": module("é"),
  });
  expect(ids(find(folder))).toEqual(["10", "9", "B", "a", "é"]);
});

test("keeps the order of the locations, and reads a folder that is named twice once", ({ folder }) => {
  write(folder, { "z/1_one.ts": module("1"), "a/2_two.ts": module("2") });
  const [z, a] = [join(folder, "z"), join(folder, "a")];
  expect(ids(find(z, a))).toEqual(["1", "2"]);
  expect(ids(find(a, z, `${z}/`))).toEqual(["2", "1"]);
});

test("leaves alone what is no revision", ({ folder }) => {
  write(folder, {
    "1_one.ts": module("1"),
    "helpers.ts": "export const names = ['a'];\nexport const revisions = [];",
    "index.ts": "export * from './1_one.ts';",
    "empty.ts": "",
    "garbage.ts": Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 197) % 256)),
    "seed.sql": "INSERT INTO city VALUES ('Oslo');",
    "1_one.d.ts": "export declare const revision: string;",
    "1_one.d.mts": "export declare const revision: string;",
    "1_one.test.ts": module("test"),
    "1_one.spec.mjs": module("spec"),
    "1_one.js.map": "{}",
    "_draft.ts": module("draft"),
    ".hidden.ts": module("hidden"),
    ".1_one.ts.swp": "b0VIM",
    "README.md": "export const revision = 'readme';",
    "2_two.ts.orig": module("orig"),
    "old/0_zero.ts": module("0"),
    "folder.ts/x.ts": module("x"),
  });
  expect(ids(find(folder))).toEqual(["1"]);
});

test("looks into folders when it is told to, but not into hidden ones and packages", ({ folder }) => {
  write(folder, {
    "b/1_one.ts": module("1"),
    "a/deep/2_two.sql": sql("2"),
    "3_three.ts": module("3"),
    "a/.git/4.ts": module("4"),
    "node_modules/p/5.ts": module("5"),
    "_old/6.ts": module("6"),
  });
  expect(ids(findRevisionFiles({ locations: [folder], recursive: true }))).toEqual(["3", "2", "1"]);
  // A location inside another one is no second home.
  expect(ids(findRevisionFiles({ locations: [folder, join(folder, "b")], recursive: true }))).toEqual(["3", "2", "1"]);
});

test("gives what the header says", ({ folder }) => {
  const documented = "\n/**\n * Add a\n * table.\n *\n * With care.\n */\nexport async function upgrade() {}\n";
  write(folder, {
    "a_some_words.ts": 'export const revision = "a";\nexport const downRevision = [];\n',
    "b_other.ts": `export const revision = "b";\nexport const downRevision = ["a", "c"];\nexport const branchLabels = "core";\nexport const dependsOn = ["x", "y"];${documented}`,
    "c_other.sql": "-- revision: c\n-- downRevision: a\n-- branchLabels: x, y\n-- dependsOn: b\n-- upgrade\n",
    "elsewhere.ts": 'export const downRevision = null;\n\nexport const revision = "d";\n',
  });
  const [a, b, c, d] = find(folder);
  expect(a).toEqual({
    revision: "a",
    downRevision: null,
    branchLabels: [],
    dependsOn: [],
    message: "some words",
    description: "",
    path: join(folder, "a_some_words.ts"),
    format: "ts",
    where: { file: join(folder, "a_some_words.ts"), line: 1 },
  });
  expect(b).toMatchObject({
    downRevision: ["a", "c"],
    branchLabels: ["core"],
    dependsOn: ["x", "y"],
    message: "Add a table.",
    description: "Add a\ntable.\n\nWith care.",
  });
  expect(c).toMatchObject({
    downRevision: "a",
    branchLabels: ["x", "y"],
    dependsOn: ["b"],
    format: "sql",
    message: "other",
  });
  expect(d).toMatchObject({ message: "elsewhere", where: { line: 3 } });
});

test.for([
  ["1_empty.ts", "", /says nothing of its revision/, /export const revision = /],
  ["1_empty.sql", "", /says nothing of its revision/, /-- revision: /],
  ["1_statements.sql", "SELECT 1;", /says nothing of its revision/, /-- revision: /],
  ["1_garbage.ts", Buffer.from([0, 255, 128, 7, 10, 39]), /says nothing of its revision/, /export const revision = /],
  ["steps.ts", "export function upgrade() {}", /says nothing of its revision/, /export const revision = /],
  [
    "a.ts",
    'export const revision = "a";',
    /says nothing of its downRevision/,
    /export const downRevision = .*null for the first/,
  ],
  ["a.sql", "-- revision: a\n-- upgrade", /says nothing of its downRevision/, /-- downRevision: .*null for the first/],
  ["a.sql", "-- upgrade\nSELECT 1;", /says nothing of its revision/, /-- revision: /],
] as const)("refuses %s that reads %j, and says what is missing", ([name, content, message, hint], { folder }) => {
  write(folder, { [name]: content });
  const where = { file: join(folder, name), line: 1 };
  expect(() => find(folder)).toThrow(
    refusal("REVISION_FILE_INVALID", { message: saying(message), hint: saying(hint), where }),
  );
});

test.for([
  ["a.ts", '\nexport const revision = ["a", "b"];\nexport const downRevision = null;', 2],
  ["a.ts", "\n\nexport const revision = null;\nexport const downRevision = null;", 3],
  ["a.ts", 'export const revision = "";\nexport const downRevision = null;', 1],
  ["a.sql", "-- Two.\n-- revision: a, b\n-- downRevision: null\n", 2],
  ["a.sql", "-- revision:\n-- downRevision: null\n", 1],
] as const)("refuses %s that does not have exactly one id: %j", ([name, content, line], { folder }) => {
  write(folder, { [name]: content });
  const where = { file: join(folder, name), line };
  expect(() => find(folder)).toThrow(refusal("REVISION_FILE_INVALID", { message: saying(/exactly one id/), where }));
});

test("says which folder is missing, and what makes one", ({ folder }) => {
  write(folder, { file: "" });
  for (const name of ["nowhere", "file"]) {
    const missing = join(folder, name);
    expect(() => find(folder, missing)).toThrow(
      refusal("MIGRATIONS_NOT_FOUND", {
        message: saying(new RegExp(missing)),
        hint: saying(/limbeck init/),
        details: { folder: missing },
      }),
    );
  }
});

test("says which file cannot be read", ({ folder }) => {
  write(folder, { "1_one.ts": module("1"), "folder/x": "" });
  const file = join(folder, "2_two.ts");
  for (const target of ["nowhere.ts", "folder"]) {
    symlinkSync(join(folder, target), file);
    expect(() => find(folder)).toThrow(
      refusal("REVISION_FILE_INVALID", {
        message: saying(/2_two\.ts cannot be read/),
        hint: saying(/permissions/),
        where: { file },
      }),
    );
    rmSync(file);
  }
});

test("follows a link to a file", ({ folder }) => {
  write(folder, { "elsewhere/one.ts": module("1"), "migrations/x": "" });
  symlinkSync("../elsewhere/one.ts", join(folder, "migrations/1_one.ts"));
  expect(ids(find(join(folder, "migrations")))).toEqual(["1"]);
});
