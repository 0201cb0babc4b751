import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe } from "vitest";
import { expect, test } from "testkit";
import { loadModule } from "./load.ts";

const library = { sql: "our own sql", defineConfig: <T>(config: T) => config };
const load = (path: string) => loadModule(path, () => Promise.resolve(library));

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** The shapes of a revision file that people write, each with the value that it exports. */
const SHAPES: readonly (readonly [shape: string, source: string, value?: string])[] = [
  ["plain", 'export const value: string = "plain";'],
  ["without a type", 'export const value = "without a type";'],
  ["import with .ts", 'import { helper } from "./helper.ts";\nexport const value: string = helper("import with .ts");'],
  [
    "import without extension",
    'import { helper } from "./helper";\nexport const value: string = helper("import without extension");',
  ],
  ["import with .js", 'import { helper } from "./helper.js";\nexport const value: string = helper("import with .js");'],
  ["import of a folder", 'import { helper } from "./lib";\nexport const value = helper("import of a folder");'],
  ["enum", 'enum Colour { Red = "enum" }\nexport const value: string = Colour.Red;'],
  ["namespace", 'namespace Colours { export const red = "namespace"; }\nexport const value: string = Colours.red;'],
  [
    "parameter property",
    'class A { constructor(readonly value: string) {} }\nexport const { value } = new A("parameter property");',
  ],
  [
    "type imported without type",
    'import { Helper, helper } from "./helper.ts";\nconst same: Helper = helper;\nexport const value = same("type imported without type");',
  ],
  ["top-level await", 'export const value: string = await Promise.resolve("top-level await");'],
  ["top-level await of what stands in brackets", 'export const value = await (async () => "awaited")();', "awaited"],
  ["await import", 'const { helper } = await import("./helper.ts");\nexport const value = helper("await import");'],
  [
    "dynamic import in a step",
    'export async function upgrade() { return (await import("./helper.ts")).helper("later"); }\nexport const value = await upgrade();',
    "later",
  ],
  ["limbeck", 'import { sql, type Operations } from "limbeck";\nexport const value: string = sql;', "our own sql"],
  ["limbeck under another name", 'import { sql as text } from "limbeck";\nexport const value = text;', "our own sql"],
  ["all of limbeck", 'import * as limbeck from "limbeck";\nexport const value = (limbeck as any).sql;', "our own sql"],
  ["require", 'export const value = require("./data.json").value;', "data"],
  ["__dirname", 'export const value = require("node:path").basename(__dirname);', "shapes"],
  ["import.meta", 'export const value = import.meta.url.split("/").at(-2);', "shapes"],
  ["generic call", 'const same = <T>(value: T) => value;\nexport const value = same<string>("generic call");'],
  [
    "generic call that JavaScript takes for a comparison",
    'function same(value) { return value }\nconst string = 1;\nexport const value = same<string>("generic");',
    "generic",
  ],
  ["several in one statement", 'export const other = "no", value = "several";', "several"],
  ["export list", 'const value = "list";\nexport { value };', "list"],
  ["default beside it", 'export const value = "beside";\nexport default value;', "beside"],
  [
    "commented-out exports",
    '/*\nexport const old = 1;\nexport async function downgrade(op) {}\n*/\nexport const value = "kept";',
    "kept",
  ],
  [
    "exports in a text",
    'export const value = `\nexport const old = 1;\nimport { sql } from "limbeck";\nexport default 1;\n`.trim();',
    'export const old = 1;\nimport { sql } from "limbeck";\nexport default 1;',
  ],
  ["a variable changed later", 'export let value = "early";\nvalue = "late";', "late"],
  ["use above the declaration", 'export const value = late();\nexport function late() { return "hoisted" }', "hoisted"],
  ["CRLF", 'import { sql } from "limbeck";\r\nexport const value = "crlf";\r\nexport default {};\r\n', "crlf"],
  ["byte order mark", '\uFEFFexport const value = "bom";', "bom"],
  ["shebang", '#!/usr/bin/env node\nexport const value = "shebang";', "shebang"],
  [
    "names of the wrapper",
    "const exports = 1, limbeck = 2, module = 3, run = 4;\nexport const value = `${exports}${limbeck}${module}${run}`;",
    "1234",
  ],
];
const HELPERS = {
  "shapes/helper.ts": "export type Helper = (text: string) => string;\nexport const helper: Helper = (text) => text;",
  "shapes/lib/index.ts": "export const helper = (text: string): string => text;",
  "shapes/data.json": '{ "value": "data" }',
};

describe.each(["commonjs", "module"])("in a package of type %s", (type) => {
  const files = Object.fromEntries(SHAPES.map(([, source], index) => [`shapes/${index}.ts`, source]));
  test.for(SHAPES.map((shape, index) => [...shape.slice(0, 1), index] as const))(
    "%s",
    async ([, index], { folder }) => {
      write(folder, {
        "package.json": JSON.stringify({ type }),
        ...HELPERS,
        [`shapes/${index}.ts`]: files[`shapes/${index}.ts`]!,
      });
      const [shape, , value = shape] = SHAPES[index]!;
      expect(await load(join(folder, `shapes/${index}.ts`))).toMatchObject({ value });
    },
  );
});

describe("a module that throws", () => {
  const placeOf = (error: unknown, path: string): string | undefined =>
    new RegExp(`${path.replaceAll(".", "\\.")}(?:\\?[^:]*)?:(\\d+)`).exec((error as Error).stack ?? "")?.[1];

  test.for([
    ["plain", 'import { sql } from "limbeck";\n\n/** Text. */\nexport const value = sql.nothing.at(0);', "4"],
    [
      "plain, with an import over lines",
      'import {\n  sql,\n  type Operations,\n} from "limbeck";\nexport const value = sql.nothing.at(0);',
      "5",
    ],
    [
      "with types",
      'import { helper } from "./helper.ts";\ninterface A {\n  a: string;\n}\nexport const value: string = (helper as any).nothing.at(0);',
      "5",
    ],
    [
      "with an enum",
      "enum Colour {\n  Red,\n}\nconst a: any = Colour.Red;\nexport const value = a.nothing.at(0);",
      "5",
    ],
  ])("%s, names the author's line", async ([, source, line], { folder }) => {
    write(folder, { "package.json": '{ "type": "module" }', "a.ts": source, "helper.ts": "export const helper = 1;" });
    const path = join(folder, "a.ts");
    const error: unknown = await load(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(placeOf(error, path)).toBe(line);
  });

  test("names the line of a step that throws when it runs", async ({ folder }) => {
    write(folder, {
      "plain.ts":
        'import type { Operations } from "limbeck";\n\nexport async function upgrade(op: Operations): Promise<void> {\n  op.nothing();\n}',
      "typed.ts":
        'import type { Operations } from "limbeck";\n\nexport const upgrade = async (op: Operations): Promise<void> => {\n  (op as any).nothing();\n}',
    });
    for (const name of ["plain.ts", "typed.ts"]) {
      const { upgrade } = await load(join(folder, name));
      const error: unknown = await (upgrade as (op: object) => Promise<void>)({}).catch((thrown: unknown) => thrown);
      expect(placeOf(error, join(folder, name)), name).toBe("4");
    }
  });

  test.for([
    ["a mistake in the code", "export const value = ;\n", "ParseError"],
    ["an import of a file that is not there", 'import "./nowhere.ts";\n', /nowhere/],
    ["an import of a package that is not there", 'import "no-such-package";\n', /no-such-package/],
    [
      "an import of a name that limbeck does not have",
      'import { nothing } from "limbeck";\nexport const value: string = nothing.at(0);\n',
      /undefined|nothing/,
    ],
  ] as const)("is reported for %s", async ([, source, message], { folder }) => {
    write(folder, { "package.json": '{ "type": "module" }', "a.ts": source });
    await expect(load(join(folder, "a.ts"))).rejects.toThrow(message);
  });

  test("runs its code once", async ({ folder }) => {
    const path = join(folder, "count");
    write(folder, {
      "a.ts": `import fs from "node:fs";\nfs.appendFileSync(${JSON.stringify(path)}, "x");\nJSON.parse("{");`,
    });
    await expect(load(join(folder, "a.ts"))).rejects.toThrow(SyntaxError);
    await expect(load(join(folder, "a.ts"))).rejects.toThrow("JSON");
  });
});

test("JavaScript is loaded by its own rules", async ({ folder }) => {
  write(folder, {
    "cjs/package.json": '{ "type": "commonjs" }',
    "cjs/module-exports.js": "module.exports = { value: 'cjs' };",
    "cjs/esm.mjs": "import { sql } from 'limbeck';\nexport const value = sql;",
    "cjs/esm.js": "import path from 'node:path';\nexport const value = path.sep;",
  });
  expect(await load(join(folder, "cjs/module-exports.js"))).toMatchObject({ default: { value: "cjs" } });
  expect(await load(join(folder, "cjs/esm.mjs"))).toMatchObject({ value: "our own sql" });
  expect(await load(join(folder, "cjs/esm.js"))).toMatchObject({ value: "/" });
});

test("a file that changed is loaded anew, with its helpers", async ({ folder }) => {
  const path = join(folder, "a.ts");
  for (const value of ["one", "two"]) {
    write(folder, {
      "a.ts": 'import { helper } from "./helper.ts";\nexport const value: string = helper;',
      "helper.ts": `export const helper: string = "${value}";`,
    });
    expect(await load(path)).toMatchObject({ value });
  }
});
