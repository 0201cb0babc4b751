import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readModuleHeader } from "./read-module-header.ts";
import { METADATA, type Header, type MetadataValue } from "./revision-file.ts";

const PATH = "/migrations/1_first.ts";

const read = (source: string): Header => readModuleHeader(source, PATH);
const values = (header: Header): Record<string, MetadataValue> =>
  Object.fromEntries(Array.from(header.metadata, ([name, { value }]) => [name, value]));
const lines = (header: Header): Record<string, number> =>
  Object.fromEntries(Array.from(header.metadata, ([name, { line }]) => [name, line]));
/** What reading comes to: a header, or the refusal's code and line. */
function outcome(source: string, shift = 0): unknown {
  try {
    const { metadata, description, isRevision } = read(source);
    const shifted = Array.from(metadata, ([name, { value, line }]) => [name, value, line - shift]);
    return { metadata: shifted, description: description ?? "", isRevision };
  } catch (error) {
    const { code, message, where } = error as { code?: string; message: string; where?: { line: number } };
    return { code, message, line: where!.line - shift };
  }
}
const refusal = (line: number, message: RegExp, hint: RegExp) =>
  expect.objectContaining({
    code: "REVISION_FILE_INVALID",
    message: expect.stringMatching(message) as unknown,
    hint: expect.stringMatching(hint) as unknown,
    where: { file: PATH, line },
  }) as unknown;

const USUAL = `import { column, sql, type Operations } from "limbeck";

export const revision = "20250128000000";
export const downRevision = "20250927222116";
export const branchLabels = null;
export const dependsOn = ["a", "b"];

/** Add new_field to pipeline. */
export async function upgrade(op: Operations) {
  op.addColumn("pipeline", column("new_field", "varchar(255)"));
}

export async function downgrade(op: Operations) {}
`;

describe("the usual form", () => {
  it("is read with its lines and its description", () => {
    const header = read(USUAL);
    expect(values(header)).toEqual({
      revision: "20250128000000",
      downRevision: "20250927222116",
      branchLabels: null,
      dependsOn: ["a", "b"],
    });
    expect(lines(header)).toEqual({ revision: 3, downRevision: 4, branchLabels: 5, dependsOn: 6 });
    expect(header).toMatchObject({ isRevision: true, description: "Add new_field to pipeline." });
  });

  /** What the usual form is made of, and what comes close to it. */
  const text = fc.constantFrom(
    '"a"',
    '"it\'s"',
    '""',
    '"é🌍"',
    '"a\tb"',
    String.raw`"a\"b"`,
    '"*/"',
    "'a'",
    '"a',
    "`a`",
  );
  const array = fc
    .array(text, { maxLength: 3 })
    .chain((items) =>
      fc.constantFrom(
        `[${items.join(", ")}]`,
        `[${items.join(",")}]`,
        `[${items.join(", ")}, ]`,
        `[ ${items.join(" , ")} ]`,
        `[\n  ${items.join(",\n  ")},\n]`,
        `[${items.join("")}]`,
      ),
    );
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.constant("null") },
    { weight: 5, arbitrary: text },
    array,
    fc.constantFrom("undefined", "1"),
  );
  const metadata = fc
    .tuple(
      fc.tuple(value, value, value, value),
      fc.constantFrom(";\n", "\n", " ;\n", ";\r\n", " as const;\n", "; // why\n"),
    )
    .map(([all, end]) => METADATA.map((name, index) => `export const ${name} = ${all[index]!}${end}`).join(""));
  const head = fc.constantFrom(
    "",
    "\n",
    'import { a } from "limbeck";\n\n',
    "import { a } from \"limbeck\"\nimport b from './b.ts';\n",
    'import "./side.ts";\n',
    'import {\n  a,\n} from "limbeck";\n',
    'import { a } from "export const";\n',
  );
  const comment = fc.oneof(
    fc.constantFrom(
      "",
      "/** Does it. */\n",
      "/**/\n",
      "/***/\n",
      "/** */\n",
      "/** * a @b */\n",
      "// no\n",
      "/* no */\n",
    ),
    fc.constantFrom(
      "/**\n * Does it.\n *\n * More.\n * @see elsewhere\n */\n",
      "/** a */\n/** b */\n",
      "/** a **/\n",
      "/** @see b */\n",
    ),
    fc
      .string({ unit: fc.constantFrom("*", "/", "@", "a", " ", "\n") })
      .map((inside) => `/**${inside.replaceAll("*/", "")}*/\n`),
  );
  const between = fc.constantFrom("\n", "\n\n", "", "const a = 1;\n", "/** About b. */\nexport const b = 1;\n");
  const steps = fc.constantFrom(
    "export async function upgrade(op) {}\n",
    "export function upgrade() {}\nexport const revision = 5;\n",
    "export const upgrade = async () => {};\n",
    "export function upgrader() {}\n",
    "export function upgrade$() {}\n",
    "export function downgrade() {}\nexport function upgrade() {}\n",
    "",
  );

  it("says the same as scanning does", () => {
    fc.assert(
      fc.property(head, metadata, between, comment, steps, (...parts) => {
        const source = parts.join("");
        // A line in front of it is not the usual form any more.
        expect(outcome(source)).toEqual(outcome(`//\n${source}`, 1));
      }),
      { numRuns: 500 },
    );
  });

  it("does not choke on a long comment", () => {
    const long = "many * words\n".repeat(50_000);
    expect(read(USUAL.replace("Add new_field to pipeline.", long)).description).toHaveLength(long.length - 1);
  });
});

describe("any other layout", () => {
  /** Code that a header may stand below, between or above; nothing in it is a header. */
  const NOISE = [
    "// export const revision = 'no';",
    "/* export const revision = 'no'; */",
    "/** export const revision = 'no'; */",
    `const a = "export const revision = 'no';";`,
    "const a = 'it\\'s // export const revision = \"no\"';",
    "const a = `\nexport const revision = 'no';\n`;",
    "const a = `${`${'`'}`} \\` ${{ a: '}' }.a}\nexport const revision = 'no';\n`;",
    "const a = `$${1}$ ${ /`/.test('`') } ${(() => { return `}`; })()}`;",
    "const a = /[\"'`{(\\/]/g;",
    "const a = /[/\"]/.exec('b') ?? 1 / 2 / 3;",
    "const a = (1) / 2, b = [1][0] / 3; const c = '/';",
    "const a = b => b.match(/'/);",
    "function f() { return /`/.test('a') }",
    "for (let i = 0; i++ / 2 < 4; ) f('(');",
    "const half = total! / 2; const s = '(';",
    "const not = !/[\"']/.test('a');",
    "const mixed = a !== b ? 1 / 2 : /'/;",
    "const inner = { revision: 'no', export: 1, nested: { downRevision: ['no'] } };",
    "function revision2() { const revision = 'no'; return revision; }",
    "type A = { [key: string]: 'a' | `b${string}` }; interface B<T = string> { revision: 'no' }",
    "namespace Old { export const revision = 'no'; }",
    "class A { static revision = 'no'; #x = 1; get y() { return this.#x / 2 / 1 } }",
    "export const other = 'no', more = { revision: 'no' };",
    "export const revisions = ['no'];",
    "export type Revision = 'no';",
    "export interface Metadata { revision: string }",
    "export * from './other.ts';",
    "export * as other from './other.ts';",
    "export { helper, helper as other } from './other.ts';",
    "export default function named() { return 'no' }",
    "import data from './data.json' with { type: 'json' };",
    "export async function* stream() { yield /'/; yield 'a' }",
    "@decorated class C { @inject('(') d = 1 }",
    "label: for (;;) { break label }",
    "",
  ];
  const noise = fc
    .array(fc.constantFrom(...NOISE), { maxLength: 3 })
    .map((parts) => parts.map((part) => `${part}\n`).join(""));
  const id = fc.constantFrom("20250128000000", "abc", "it's", 'a"b', "é🌍", "//", "/*", "${a}", "a`b", "b;");
  const quoted = id.chain((text) =>
    fc
      .constantFrom(
        ...['"', "'", "`"].filter((quote) => !text.includes(quote) && !(quote === "`" && text.includes("$"))),
      )
      .map((quote) => ({ value: text as MetadataValue, source: quote + text + quote })),
  );
  const list = fc
    .tuple(fc.array(quoted, { minLength: 0, maxLength: 3 }), fc.constantFrom(", ", ",\n  ", " , // 'no'\n", ",/* , */"))
    .chain(([items, comma]) => {
      const inside = items.map(({ source }) => source).join(comma);
      const value = items.map((item) => item.value as string) as MetadataValue;
      return fc
        .constantFrom(`[${inside}]`, items.length === 0 ? "[]" : `[\n${inside},\n]`, `[ // why\n${inside} ]`)
        .map((source) => ({ value, source }));
    });
  const value = fc.oneof(quoted, list, fc.constant({ value: null as MetadataValue, source: "null" }));
  const statement = (name: string) =>
    fc
      .record({
        value,
        keyword: fc.constantFrom("const ", "let ", "var ", "const\n", "/* a */ const /** b */ "),
        type: fc.constantFrom(
          "",
          ": string | null",
          ": readonly string[]",
          ": [a: string, 'b'?]",
          " : Array<string>/* = */",
        ),
        equals: fc.constantFrom(" = ", "=", " =\n  ", " = /* 'no' */ "),
        end: fc.constantFrom(
          ";",
          "",
          " as const;",
          " as const",
          " satisfies string | null;",
          " as string;",
          "; // why",
          " // why",
          " /* why */",
          "/* over\n lines */",
        ),
      })
      .map((parts) => ({
        expected: [name, parts.value.value] as const,
        source: `export ${parts.keyword}${name}${parts.type}${parts.equals}${parts.value.source}${parts.end}\n`,
      }));
  const steps = fc.constantFrom(
    "/** Does it. */\nexport async function upgrade(op) { op.execute(`{`) }",
    "/** Does it. */ export const upgrade = async (op: Operations): Promise<void> => {};",
    "/** Not this. */\nconst helper = 1;\n/** Does it. */\nexport function upgrade() {}",
    "/** Does it. */\n// and more\nexport function upgrade() {}",
  );
  const layout = fc
    .record({
      statements: fc.tuple(...METADATA.map(statement)).chain((all) => fc.shuffledSubarray(all, { minLength: 4 })),
      noises: fc.tuple(noise, noise, noise, noise, noise, noise),
      steps,
      stepsAt: fc.nat({ max: 4 }),
      start: fc.constantFrom("", "\uFEFF", "#!/usr/bin/env node export const revision = 'no'\n"),
      newline: fc.constantFrom("\n", "\r\n"),
    })
    .map(({ statements, noises, steps: half, stepsAt, start, newline }) => {
      const parts = statements.map(({ source }) => source);
      parts.splice(stepsAt, 0, `${half}\n`);
      const source = start + parts.map((part, index) => noises[index]! + part).join("") + noises[5];
      return {
        source: source.replaceAll("\n", newline),
        expected: Object.fromEntries(statements.map((one) => one.expected)),
      };
    });

  it("is read all the same, whatever stands around it", () => {
    fc.assert(
      fc.property(layout, ({ source, expected }) => {
        const header = read(source);
        expect(values(header)).toEqual(expected);
        expect(header.isRevision).toBe(true);
        for (const [name, line] of Object.entries(lines(header))) {
          // The line of the name itself.
          expect(source.split("\n")[line - 1]).toContain(name);
        }
        expect(header.description).toBe("Does it.");
      }),
      { numRuns: 500 },
    );
  });

  it.each(NOISE)("finds nothing in %j", (source) => {
    expect(read(source)).toMatchObject({ isRevision: false, description: undefined });
  });
});

describe("the description", () => {
  const described = (above: string): string | undefined =>
    read(`${above}export async function upgrade() {}`).description;

  it("is the doc comment right above upgrade, and no other", () => {
    expect(described("/** License. */\nimport a from 'a';\n/** Does it. */\n")).toBe("Does it.");
    expect(described("/** License. */\nimport a from 'a';\n")).toBeUndefined();
    expect(described("/** Helps. */\nfunction help() {}\n")).toBeUndefined();
    expect(described("function help() {\n  /** Inside. */\n}\n")).toBeUndefined();
    expect(described("/** Undoes it. */\nexport function downgrade() {}\n")).toBeUndefined();
    expect(described("/* Does it. */\n")).toBeUndefined();
    expect(described("/** Does it. */\n// oxlint-disable-next-line\n")).toBe("Does it.");
    expect(described("/** Does\n    it. */")).toBe("Does\nit.");
  });

  it("loses its stars and its tags, and keeps everything else", () => {
    const lists = "/**\r\n * Does it.\r\n *\r\n *   - one\r\n * * two\r\n *\r\n * @example none\r\n */\r\n";
    expect(described(lists)).toBe("Does it.\n\n  - one\n* two");
    expect(described("/** @deprecated since always */\n")).toBe("");
    expect(described("/** * mail a@b.c */\n")).toBe("* mail a@b.c");
    expect(described("/**\n * \\@daily, in C:\\@home: 2 *\\/ 3\n */\n")).toBe("@daily, in C:\\@home: 2 */ 3");
  });
});

describe("metadata in the wrong form", () => {
  const literal = /^"(\w+)" has to be a literal/;

  it.each([
    ["a computed value", 'export const revision = "a";\nexport const downRevision = previous;', 2, "downRevision"],
    ["a concatenation", "export const revision =\n  '2025' + '01';", 1, "revision"],
    ["a concatenation over lines", "\n\nexport const revision = '2025'\n  + '01';", 3, "revision"],
    ["a call", "export const revision = id('a');", 1, "revision"],
    ["a property of a text", "export const revision = 'a'.trim();", 1, "revision"],
    ["a tagged template", "export const revision = String.raw`a`;", 1, "revision"],
    ["a template with a value in it", "export const revision = `${1}`;", 1, "revision"],
    ["an escape", 'export const revision = "\\u0041";', 1, "revision"],
    ["a number", "export const revision = 20250909185058;", 1, "revision"],
    ["undefined", "export const branchLabels = undefined;", 1, "branchLabels"],
    ["a number in an array", "// 1\n/* 2\n*/ export const dependsOn = ['a', 1];", 3, "dependsOn"],
    ["a spread", "export const dependsOn = [...others];", 1, "dependsOn"],
    ["a choice", "export const dependsOn = null ?? 'a';", 1, "dependsOn"],
    ["nothing", "export const revision;\nexport const downRevision = null;", 1, "revision"],
    ["an end of file", "export const revision =", 1, "revision"],
    ["an open array", "export const dependsOn = ['a'", 1, "dependsOn"],
    ["a function", "export function revision() { return 'a' }\nexport const downRevision = null;", 1, "revision"],
    ["several in one statement", "export const revision = 'a', downRevision = null;", 1, "revision"],
    ["a list", "const revision = 'a';\nexport {\n  helper,\n  revision,\n};", 4, "revision"],
    ["a list with a new name", "export { id as downRevision, type Other }", 1, "downRevision"],
    ["a list from elsewhere", "export { revision } from './meta.ts';", 1, "revision"],
    ["an object taken apart", "export const { id: revision, ...rest } = meta;", 1, "revision"],
  ])("%s is refused with its line and the cure", (_, source, line, name) => {
    const cure = new RegExp(`export const ${name} = `);
    expect(() => read(source)).toThrow(refusal(line, literal, cure));
    expect(() => read(source)).toThrow(`"${name}"`);
    expect(() => read(source.replaceAll("\n", "\r\n"))).toThrow(refusal(line, literal, cure));
  });

  it("is refused when it is there twice", () => {
    const source = 'export const revision = "a";\nexport const downRevision = null;\nexport const revision = "b";';
    expect(() => read(source)).toThrow(refusal(3, /"revision" is exported twice/, /one of the two/));
  });

  it("does not confuse names of other lists", () => {
    expect(read("export { upgrade, revisions as revised, revision as id } from './a.ts';").isRevision).toBe(false);
  });
});
