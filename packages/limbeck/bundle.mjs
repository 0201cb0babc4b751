import { writeFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { build } from "rolldown";
import { writeDeclarations } from "./declarations.mjs";

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
      code: spans.reduceRight((text, [start, end]) => `${text.slice(0, start)}undefined${text.slice(end)}`, code),
    };
  },
};

/** Where the values of a property stand, in their order. */
function spansOf({ property, value }, node) {
  if (typeof node !== "object" || node === null) return [];
  const isIt = node.type === "Property" && node.key.name === property && node.value.type === value;
  return isIt
    ? [[node.value.start, node.value.end]]
    : Object.values(node).flatMap((child) => spansOf({ property, value }, child));
}

// Command line and library in the same few files instead of hundreds: each file that Node has to find and compile costs
// start-up time, and CommonJS is what its compile cache keeps best.
const { output } = await build({
  input: { limbeck: "src/cli/bin.ts", index: "src/index.ts" },
  platform: "node",
  external: [/^node:/, /^[a-z@](?!:)/],
  plugins: [withoutUnread],
  output: {
    dir: "dist/bin",
    cleanDir: true,
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name].cjs",
    minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
  },
});

const { exports: names } = output.find(({ isEntry, name }) => isEntry && name === "index");
writeFileSync(
  "dist/index.js",
  `import limbeck from "./bin/index.cjs";\n\nexport const { ${names.toSorted().join(", ")} } = limbeck;\n`,
);

writeDeclarations("dist/.tsc/index.d.ts", "dist/index.d.ts");
