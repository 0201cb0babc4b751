import { writeFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { build } from "rolldown";
import { writeDeclarations } from "./declarations.mjs";
import { nodesOf, plainExports, shortUndefined } from "./plain-exports.mjs";

/** What only the reference pages say of an operation, a lint rule or an error: nobody who runs limbeck reads it there. */
const UNREAD = [
  { files: /src\/(?:operations|lint\/rules)\/[^/]+\.ts$/, property: "docs", value: "ObjectExpression" },
  { files: /src\/errors\/catalogue\.ts$/, property: "summary", value: "Literal" },
];

const withoutUnread = {
  name: "without-unread",
  transform(code, id) {
    const unread = UNREAD.find(({ files }) => files.test(id));
    if (unread === undefined) return null;
    const spans = spansOf(unread, parseSync(id, code).program);
    return {
      code: spans.reduceRight((text, [start, end]) => text.slice(0, start) + text.slice(end).replace(/^,/, ""), code),
    };
  },
};

/** Where a property stands, each time, in their order. */
function spansOf({ property, value }, node) {
  if (typeof node !== "object" || node === null) return [];
  const isIt = node.type === "Property" && node.key.name === property && node.value.type === value;
  return isIt ? [[node.start, node.end]] : Object.values(node).flatMap((child) => spansOf({ property, value }, child));
}

/**
 * What is always loaded together, each with all that it imports, in the order in which they take a module: opening a file and
 * finding its folder costs more than a few kilobytes more in it.
 */
const GROUPS = [
  {
    name: "start",
    test: /src\/(?:cli\/bin|(?:cli\/)?commands\/(?:status|heads|current|history|show|check)|commands\/context|database\/open|runner\/(?:edited|unknown-rows|version-table))\.ts$/,
  },
  { name: "operations", test: /src\/(?:operations\/catalogue|authoring)\.ts$/ },
  { name: "rules", test: /src\/lint\/rules\.ts$/ },
  {
    name: "run",
    test: /src\/(?:runner\/(?:run|telemetry|look-at)|proof\/holds-nothing|commands\/(?:before-run|is-empty)|cli\/commands\/upgrade)\.ts$/,
  },
  { name: "compare", test: /src\/schema\/(?:compare|silence)\.ts$/ },
].map((group, index, all) => ({ ...group, priority: all.length - index }));

/** The queries of the catalogs: the server needs no indentation. */
const plainQueries = {
  name: "plain-queries",
  transform(code, id) {
    if (!/src\/(?:database|proof)\//.test(id)) return null;
    const texts = nodesOf("TemplateElement", parseSync(id, code).program);
    return {
      code: texts.reduceRight(
        (text, { start, end }) => text.slice(0, start) + plainSql(text.slice(start, end), id) + text.slice(end),
        code,
      ),
    };
  },
};

/** Without what stands between its words for people; text inside quotes is left as it is. */
function plainSql(text, id) {
  const plain = text.replace(/\n +/g, "\n");
  if (!/read-(?:schema\/|lint-catalog)|relation-snapshot/.test(id) || plain.includes('"')) return plain;
  const parts = plain.split("'");
  // A template begins or ends inside of quotes where there is an odd number of them.
  if (parts.length % 2 === 0) return plain;
  return parts
    .map((part, index) => (index % 2 === 0 ? part.replace(/([,(=<>])\s+/g, "$1").replace(/\s+([=)<>])/g, "$1") : part))
    .join("'");
}

const MINIFY = { compress: true, mangle: true, codegen: { removeWhitespace: true } };
const IMPORT = "../../bin/import.cjs";
const EXTERNAL = [/^node:/, /^[a-z@](?!:)/];

/** What reads an Alembic project is a package of its own, limbeck-alembic: who never had Alembic does not download it. */
const alembicApart = {
  name: "alembic-apart",
  resolveId(specifier) {
    return specifier.endsWith("/alembic/door.ts") ? { id: "limbeck-alembic", external: true } : null;
  },
};

/**
 * A true `import(…)` stands in bin/import.cjs alone: on Node 20, what a file that has one was compiled to cannot be kept
 * (src/cli/compile-cache.ts).
 */
const importsApart = {
  name: "imports-apart",
  transform(code, id) {
    const imports = nodesOf("ImportExpression", parseSync(id, code).program).filter(
      ({ source }) => !String(source.value ?? "").startsWith("."),
    );
    if (imports.length === 0) return null;
    const called = imports.reduceRight(
      (text, { start, source }) => `${text.slice(0, start)}importModule(${text.slice(source.start)}`,
      code,
    );
    return { code: `import { importModule } from "${IMPORT}";${called}` };
  },
  resolveId: (specifier) => (specifier === IMPORT ? { id: IMPORT, external: true } : null),
};

// Command line and library in the same few files instead of hundreds: each file that Node has to find and compile costs
// start-up time, and CommonJS is what its compile cache keeps best.
const { output } = await build({
  input: {
    limbeck: "src/cli/bin.ts",
    "compile-cache": "src/cli/compile-cache.ts",
    index: "src/index.ts",
    testing: "src/testing.ts",
  },
  platform: "node",
  external: EXTERNAL,
  plugins: [alembicApart, importsApart, withoutUnread, plainQueries, plainExports, shortUndefined],
  // What a group takes in is loaded with it, also where the source says that it may come later.
  checks: { ineffectiveDynamicImport: false, pluginTimings: false },
  output: {
    dir: "dist/bin",
    cleanDir: true,
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    comments: false,
    // Nobody asks a chunk what it is.
    generatedCode: { symbols: false },
    codeSplitting: { groups: GROUPS },
    minify: MINIFY,
  },
});

await build({
  input: "src/alembic/door.ts",
  platform: "node",
  external: EXTERNAL,
  plugins: [withoutUnread],
  output: { file: "../limbeck-alembic/dist/index.js", format: "cjs", comments: false, minify: MINIFY },
});

for (const door of ["index", "testing"]) {
  const { exports: names } = output.find(({ isEntry, name }) => isEntry && name === door);
  const list = names.toSorted((one, other) => one.localeCompare(other)).join(", ");
  writeFileSync(`dist/${door}.js`, `import door from "./bin/${door}.cjs";\n\nexport const { ${list} } = door;\n`);
  const main = door === "index" ? undefined : { entry: "dist/.tsc/index.d.ts", from: "./index.js" };
  writeDeclarations(`dist/.tsc/${door}.d.ts`, `dist/${door}.d.ts`, { main, published: true });
}
