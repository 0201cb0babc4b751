import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes files, and the folders that they stand in. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** What `sql` is to a module that takes it from `limbeck`. */
export const OUR_OWN = "our own sql";

/**
 * Whether Node reads TypeScript by itself, so that Vitest puts Vite between `import()` and Node. What has to do with
 * Node's own loader is then no matter for a test in Vitest's process; `load.test.ts` asks a Node of its own.
 */
export const IS_VITE_IN_BETWEEN = Boolean((process.features as { readonly typescript?: unknown }).typescript);

/** The shapes of a revision file that people write, each with the value that it exports. */
export const SHAPES: readonly (readonly [shape: string, source: string, value?: string, only?: "commonjs"])[] = [
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
  ["limbeck", 'import { sql, type Operations } from "limbeck";\nexport const value: string = sql;', OUR_OWN],
  ["limbeck under another name", 'import { sql as text } from "limbeck";\nexport const value = text;', OUR_OWN],
  ["all of limbeck", 'import * as limbeck from "limbeck";\nexport const value = (limbeck as any).sql;', OUR_OWN],
  ["require", 'export const value = require("./data.json").value;', "data", "commonjs"],
  ["__dirname", 'export const value = require("node:path").basename(__dirname);', "shapes", "commonjs"],
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
  ["a name of CommonJS", 'const exports = "a name of CommonJS";\nexport const value = exports;'],
  ["a name of the wrapper", 'const $exports = "a name of the wrapper";\nexport const value = $exports;'],
  [
    "names of the wrapper",
    "const exports = 1, limbeck = 2, module = 3, run = 4;\nexport const value = `${exports}${limbeck}${module}${run}`;",
    "1234",
  ],
];
/** What they stand on. */
export const HELPERS = {
  "shapes/helper.ts": "export type Helper = (text: string) => string;\nexport const helper: Helper = (text) => text;",
  "shapes/lib/index.ts": "export const helper = (text: string): string => text;",
  "shapes/data.json": '{ "value": "data" }',
};
