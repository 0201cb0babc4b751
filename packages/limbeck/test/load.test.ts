import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";
import { expect, run, test } from "testkit";
import { beforeAll } from "vitest";
import { HELPERS, OUR_OWN, SHAPES, writeFiles } from "./module-shapes.ts";

/** Beside what is built, where the loader's own packages are found. */
const LOADER = join(import.meta.dirname, "../dist/.test/load.cjs");

beforeAll(async () => {
  await build({
    input: join(import.meta.dirname, "../src/scripts/load.ts"),
    platform: "node",
    external: [/^node:/, /^[a-z@](?!:)/],
    output: { file: LOADER, format: "cjs", codeSplitting: false },
  });
});

/** Loads files in a Node of their own, with the loader as it is bundled, and says what each exports as `value`, or how it fails. */
const SCRIPT = `
const { loadModule } = (await import(${JSON.stringify(LOADER)})).default;
const library = async () => ({ sql: ${JSON.stringify(OUR_OWN)} });
const results = {};
for (const path of process.argv.slice(1)) {
  try { results[path] = (await loadModule(path, library)).value }
  catch (error) { results[path] = error.name + ": " + error.message }
}
console.log(JSON.stringify(results));`;

async function valuesOf(paths: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", SCRIPT, ...paths]);
  expect(stderr.replaceAll(/\(node:\d+\).*\n|\(Use `node .*\n/g, "")).toBe("");
  return JSON.parse(stdout) as Record<string, unknown>;
}

test("this Node loads every shape of a module, in packages of both types, plain or not", async ({ folder }) => {
  const expected: Record<string, string> = {};
  for (const type of ["commonjs", "module"]) {
    writeFiles(join(folder, type), { "package.json": JSON.stringify({ type }), ...HELPERS });
    for (const [index, [shape, source, value = shape, only = type]] of SHAPES.entries()) {
      if (only !== type) continue;
      // A type that is nowhere else: no plain module any more.
      const variants = {
        [`shapes/${index}.ts`]: source,
        [`shapes/${index}-long.ts`]: `${source}\ntype Long = string;\n`,
      };
      writeFiles(join(folder, type), variants);
      for (const name of Object.keys(variants)) expected[join(folder, type, name)] = value;
    }
  }
  expect(await valuesOf(Object.keys(expected))).toEqual(expected);
});

test("JavaScript that throws is run once", async ({ folder }) => {
  const count = join(folder, "count");
  const counting = `import fs from "node:fs";\nfs.appendFileSync(${JSON.stringify(count)}, "x");\n`;
  writeFiles(folder, {
    "a.mjs": `${counting}JSON.parse("{");`,
    "b.mjs": `${counting}null.nothing;`,
    "c.mjs": "const a = ;",
  });
  const results = await valuesOf(["a.mjs", "b.mjs", "c.mjs"].map((name) => join(folder, name)));
  expect(Object.values(results)).toEqual([
    expect.stringMatching(/^SyntaxError: .*JSON/),
    expect.stringMatching(/^TypeError: /),
    expect.stringMatching(/^\w+: .*Unexpected token/),
  ]);
  expect(readFileSync(count, "utf8")).toBe("xx");
});
