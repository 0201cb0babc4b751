import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { violations, type Architecture } from "./architecture.ts";

const root = new URL("..", import.meta.url).pathname;
const architecture = JSON.parse(readFileSync(`${root}architecture.json`, "utf8")) as Architecture;

test("every import keeps to architecture.json", () => {
  const sources = new Map<string, string>();
  for (const { folder } of architecture.houses) {
    for (const name of readdirSync(root + folder, { recursive: true, encoding: "utf8" })) {
      if (/\.tsx?$/.test(name)) sources.set(posix.join(folder, name), readFileSync(`${root}${folder}/${name}`, "utf8"));
    }
  }
  expect(sources.size).toBeGreaterThan(0);
  expect(violations(architecture, sources)).toEqual([]);
});

describe("the check itself", () => {
  const planted: Architecture = {
    houses: [
      {
        package: "home",
        folder: "home/src",
        mayUseTerminal: ["cli"],
        rooms: {
          pure: { purpose: "", mayImport: [], pure: true },
          types: { purpose: "", mayImport: [], mayImportTypes: ["door"] },
          door: { purpose: "", mayImport: ["pure", "types"] },
          cli: { purpose: "", mayImport: ["door"] },
          "index.ts": { purpose: "", mayImport: ["door"] },
        },
      },
      {
        package: "guest",
        folder: "guest/src",
        mayUseTerminal: [],
        rooms: { app: { purpose: "", mayImport: [] } },
      },
    ],
  };
  const check = (sources: Record<string, string>) =>
    violations(planted, new Map(Object.entries(sources).map(([file, source]) => [file, source])));
  const inPure = (source: string) => check({ "home/src/pure/a.ts": source });

  test("finds nothing in a clean house", () => {
    const sources = {
      "home/src/pure/a.ts": `
        // import { x } from "../door/a.ts"; process.exit(1)
        const text = "import x from '../door/a.ts'; console.log()" + \`await \${1} Date.now()\`;
        export const ratio = text.length / 2 / 3, pattern = /["'\`]import "fs"/, at = new Date(0);
        export const own = { process: 1, console: 2 }.process;`,
      "home/src/types/a.ts": `import type { D } from "../door/a.ts"; export type E = D;`,
      "home/src/door/a.ts": `
        import { readFile } from "node:fs/promises"; import { ratio } from "../pure/a.ts";
        export type { E } from "../types/a.ts"; export type D = number;
        export const text = await readFile(String(ratio) + process.env.HOME);`,
      "home/src/cli/main.ts": `import { text } from "../door/a.ts"; console.log(text); process.exit(0);`,
      "home/src/index.ts": `export * from "./door/a.ts";`,
      "home/src/pure/a.test.ts": `import "../index.ts"; import "node:fs"; console.log(await 1);`,
      "guest/src/app/a.ts": `import { text } from "home"; export { text };`,
    };
    expect(check(sources)).toEqual([]);
  });

  test.each([
    ["import", `\nimport { a } from "../door/a.ts";`],
    ["type import", `\nimport type { D } from "../door/a.ts";`],
    ["export from", `\nexport { a } from "../door/a.ts";`],
    ["export all", `\nexport * as all from "../door/a.ts";`],
    ["side effect", `\nimport "../door/a.ts";`],
    ["dynamic import", `\nvoid import("../door/a.ts");`],
    ["import in a type", `\nlet a: import("../door/a.ts").D;`],
  ])("catches a forbidden import: %s", (_, source) => {
    expect(inPure(source)).toEqual(["home/src/pure/a.ts:2 room pure may not import door"]);
  });

  test.each([
    [`await 1;`, "use await"],
    [`for await (const a of []);`, "use for await"],
    [`import "node:path";`, "import node:path: it is pure"],
    [`import "pg";`, "import pg: it is pure"],
    [`new Date();`, "use new Date()"],
    [`Date.now();`, "use Date.now"],
    [`Math.random();`, "use Math.random"],
    [`console.log();`, "use console.log"],
    [`process.env;`, "use process.env"],
    [`const { env } = process;`, "use process as a value"],
    ["`${process.env}`;", "use process.env"],
  ])("catches %s in a pure room", (source, complaint) => {
    expect(inPure(source)).toEqual([`home/src/pure/a.ts:1 room pure may not ${complaint}`]);
  });

  test.each(["process.exit(1)", "process.stdout.write('')", "console.error('')", "process.argv", "process['exit'](1)"])(
    "catches %s outside the rooms of the terminal",
    (source) => {
      expect(check({ "home/src/door/a.ts": source })).toEqual([expect.stringMatching(/:1 room door may not use /)]);
    },
  );

  test.each([
    ["home/src/door/a.ts", `import "../index.ts";`, "index.ts"],
    ["home/src/door/a.ts", `import "home";`, "home, its own house's door"],
    ["home/src/door/a.ts", `import "node:process";`, "node:process"],
    ["home/src/types/a.ts", `import { D } from "../door/a.ts";`, "door, but for its types"],
    [
      "guest/src/app/a.ts",
      `import "../../../home/src/index.ts";`,
      "../../../home/src/index.ts, which lies outside the house",
    ],
    ["guest/src/app/a.ts", `import "home/src/door/a.ts";`, "home/src/door/a.ts, which is not the door of a house"],
  ])("in %s catches %s", (file, source, complaint) => {
    expect(check({ [file]: source })).toEqual([expect.stringMatching(`:1 room \\S+ may not import ${complaint}$`)]);
  });

  test("catches a cycle, and lets types go in circles", () => {
    const sources = {
      "home/src/door/a.ts": `import "./b.ts";`,
      "home/src/door/b.ts": `\nimport "./c.ts"; import type { A } from "./a.ts";`,
      "home/src/door/c.ts": `import type { A } from "./a.ts";`,
    };
    expect(check(sources)).toEqual([]);
    expect(check({ ...sources, "home/src/door/c.ts": `export {} from "./a.ts";` })).toEqual([
      "home/src/door/c.ts:1 closes a cycle: " +
        "home/src/door/a.ts → home/src/door/b.ts → home/src/door/c.ts → home/src/door/a.ts",
    ]);
  });

  test("catches a file without a room, a table with a slip, and a file that cannot be read", () => {
    expect(check({ "home/src/attic/a.ts": "" })).toEqual(["home/src/attic/a.ts:1 attic is no room of home"]);
    const slip: Architecture = {
      houses: [{ ...planted.houses[1]!, rooms: { app: { purpose: "", mayImport: ["cellar"] } } }],
    };
    expect(violations(slip, new Map())).toEqual(["architecture.json room app names cellar, which is no room of guest"]);
    expect(inPure("import {")).toEqual([expect.stringMatching(/^home.src.pure.a.ts:1 cannot be parsed: ./)]);
  });
});
