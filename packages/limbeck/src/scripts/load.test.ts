import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "vitest";
import { expect, test } from "testkit";
import { HELPERS, IS_VITE_IN_BETWEEN, OUR_OWN, SHAPES, writeFiles as write } from "../../test/module-shapes.ts";
import { loadModule } from "./load.ts";

const library = { sql: OUR_OWN, defineConfig: <T>(config: T) => config };
const load = (path: string) => loadModule(path, () => Promise.resolve(library));

describe.skipIf(IS_VITE_IN_BETWEEN).each(["commonjs", "module"])("in a package of type %s", (type) => {
  const shapes = SHAPES.filter(([, , , only = type]) => only === type);
  test.for(shapes.map((shape) => [shape[0], shape] as const))("%s", async ([, shaped], { folder }) => {
    const [shape, source, value = shape] = shaped;
    write(folder, { "package.json": JSON.stringify({ type }), ...HELPERS, "shapes/a.ts": source });
    expect(await load(join(folder, "shapes/a.ts"))).toMatchObject({ value });
  });
});

describe.skipIf(IS_VITE_IN_BETWEEN)("a module that throws", () => {
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
  ] as const)("%s, names the author's line", async ([, source, line], { folder }) => {
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
    ["a mistake in the code", "export const value = ;\n", /unexpected|expected/i],
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
    await expect(load(join(folder, "a.ts"))).rejects.toThrow("JSON");
    expect(readFileSync(path, "utf8")).toBe("x");
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
  expect(await load(join(folder, "cjs/esm.mjs"))).toMatchObject({ value: OUR_OWN });
  expect(await load(join(folder, "cjs/esm.js"))).toMatchObject({ value: "/" });
});

test.skipIf(IS_VITE_IN_BETWEEN)("a file that changed is loaded anew, with its helpers", async ({ folder }) => {
  const path = join(folder, "a.ts");
  for (const value of ["one", "two"]) {
    write(folder, {
      "a.ts": 'import { helper } from "./helper.ts";\nexport const value: string = helper;',
      "helper.ts": `export const helper: string = "${value}";`,
    });
    expect(await load(path)).toMatchObject({ value });
  }
});
