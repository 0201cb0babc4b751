import { join } from "node:path";
import { expect, test } from "testkit";
import { IS_VITE_IN_BETWEEN, writeFiles } from "../../test/module-shapes.ts";
import { evaluateConfig } from "./evaluate.ts";

const evaluate = (path: string) => evaluateConfig(path, () => import("../authoring.ts"));

const IMPORT = 'import { defineConfig } from "limbeck";\n';
const CONFIGS: readonly (readonly [what: string, source: string])[] = [
  [
    "as init writes it",
    `${IMPORT}\nexport default defineConfig({\n  // export default\n  url: process.env.HOME,\n  migrations: "m",\n});\n`,
  ],
  ["without defineConfig", 'export default { migrations: "m" };'],
  [
    "without semicolons",
    "import { defineConfig } from 'limbeck'\n\nexport default defineConfig({ migrations: 'm' })\n",
  ],
  [
    "with a type of limbeck's",
    'import { defineConfig, type Config } from "limbeck";\nexport default defineConfig({ migrations: "m" });',
  ],
  [
    "under another name",
    'import { defineConfig as define } from "limbeck";\nexport default define({ migrations: "m" });',
  ],
  ["on the next line", `${IMPORT}export default\n  defineConfig({ migrations: "m" });`],
  ["behind a comment", `${IMPORT}export default // here\n  defineConfig({ migrations: "m" });`],
  [
    "that changes afterwards",
    `const config = { migrations: "m" };\nexport default config;\nconfig.migrations = "later";`,
  ],
  [
    "with other exports",
    `export const folder = "m";\nexport function helper() { return folder }\nexport default { migrations: helper() };`,
  ],
  [
    "with code around it",
    `${IMPORT}const name = ["m", "n"].join("/");\nif (name === "") throw new Error("no");\nexport default defineConfig({ migrations: name });\nconsole.assert(true);`,
  ],
  [
    "that is awaited",
    `${IMPORT}const migrations = await Promise.resolve("m");\nexport default defineConfig({ migrations });`,
  ],
  ["that is a promise", `export default Promise.resolve({ migrations: "m" });`],
  ["with an import", `import path from "node:path";\nexport default { migrations: path.join("a", "b") };`],
  [
    "with globals",
    `export default { url: new URL("postgresql://h/d").href, migrations: globalThis.process.platform };`,
  ],
  [
    "with a template over lines",
    'const text = `\nexport default 1\nimport { defineConfig } from "limbeck";\n`;\nexport default { migrations: text };',
  ],
  [
    "with CRLF and a byte order mark",
    `\uFEFF${IMPORT}export default defineConfig({\n  migrations: "m",\n});\n`.replaceAll("\n", "\r\n"),
  ],
  ["without a default", "export const migrations = 'm';"],
];

test.skipIf(IS_VITE_IN_BETWEEN).for(CONFIGS)(
  "a configuration %s is the same on both ways",
  async ([, source], { folder }) => {
    writeFiles(folder, {
      "package.json": '{ "type": "module" }',
      "short.ts": source,
      // A type that is nowhere else: no way but the long one.
      "long.ts": `${source}\ntype LongWay = string;\n`,
    });
    const short = await evaluate(join(folder, "short.ts"));
    expect(short).toEqual(await evaluate(join(folder, "long.ts")));
    if (!source.startsWith("export const migrations")) expect(short).toHaveProperty("migrations");
  },
);

test("JavaScript may be of either kind", async ({ folder }) => {
  const cjs = "const { join } = require('node:path');\nmodule.exports = { migrations: join('a', 'b') };";
  const plainCjs = "module.exports = { migrations: 'a/b' };";
  const esm = "import { join } from 'node:path';\nexport default { migrations: join('a', 'b') };";
  writeFiles(folder, {
    "cjs/package.json": '{ "type": "commonjs" }',
    "cjs/cjs.js": cjs,
    "cjs/plain.js": plainCjs,
    "cjs/esm.mjs": esm,
    "esm/package.json": '{ "type": "module" }',
    "esm/esm.js": esm,
  });
  for (const path of ["cjs/cjs.js", "cjs/plain.js", "cjs/esm.mjs", "esm/esm.js"]) {
    expect(await evaluate(join(folder, path)), path).toEqual({ migrations: "a/b" });
  }
});

test("JSON is JSON", async ({ folder }) => {
  writeFiles(folder, { "a.json": '{ "migrations": "m" }', "bad.json": "{ migrations: 'm' }" });
  expect(await evaluate(join(folder, "a.json"))).toEqual({ migrations: "m" });
  await expect(evaluate(join(folder, "bad.json"))).rejects.toThrow(
    expect.objectContaining({
      code: "CONFIG_LOAD_FAILED",
      message: expect.stringContaining("this is no JSON") as unknown,
      where: expect.objectContaining({ file: join(folder, "bad.json") }) as unknown,
    }) as Error,
  );
});
