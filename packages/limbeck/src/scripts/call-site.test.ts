import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCall, statementOf, withOption } from "./call-site.ts";
import { edited, lineDifference } from "./text-edit.ts";

/** The source after an option was added to the call of `make` on its line, in the options behind one argument. */
function added(source: string, line = 1): string | undefined {
  const site = findCall(source, line, "make");
  const edits = site === undefined ? undefined : withOption(source, site, 1, "quick: true");
  return edits === undefined ? undefined : edited(source, edits);
}

describe("an option that is added to a call", () => {
  it.each([
    [`op.make("a")`, `op.make("a", { quick: true })`],
    [`op.make("a",)`, `op.make("a", { quick: true },)`],
    [`op.make("a" /* why */)`, `op.make("a", { quick: true } /* why */)`],
    [`op.make("a", {})`, `op.make("a", { quick: true })`],
    [`op.make("a", { b: 1 })`, `op.make("a", { b: 1, quick: true })`],
    [`op.make("a", { b: 1, })`, `op.make("a", { b: 1, quick: true, })`],
    [`op.make("a", { b: ["}", /[)]/] })`, `op.make("a", { b: ["}", /[)]/], quick: true })`],
    [`op.make(sql\`f(\${x("),")})\`)`, `op.make(sql\`f(\${x("),")})\`, { quick: true })`],
    [`op.make("a", {\n  b: 1 // one\n})`, `op.make("a", {\n  b: 1, // one\n  quick: true,\n})`],
    [`op.make("a", {\n  b: 1,\n  // none\n})`, `op.make("a", {\n  b: 1,\n  // none\n  quick: true,\n})`],
    [`// op.make("x")\nif (a) b.make(f("a", 2));`, `// op.make("x")\nif (a) b.make(f("a", 2), { quick: true });`],
  ])("in %s", (source, expected) => {
    expect(added(source, source.startsWith("//") ? 2 : 1)).toBe(expected);
  });

  it.each([
    `op.make("a", options)`,
    `op.make("a", { quick: false })`,
    `op.make("a", { ...options }, 1)`,
    `op.make()`,
    `op.make("a"); op.make("b")`,
    `op.take("a")`,
    `"op.make(1)"`,
  ])("is refused where it is not plain: %s", (source) => {
    expect(added(source)).toBeUndefined();
  });

  it("is one that JavaScript sees, whatever was there", () => {
    const text = fc.string({ maxLength: 6 }).map((each) => JSON.stringify(each));
    const gap = fc.constantFrom("", " ", "\n  ", " /* , */ ", " // }\n");
    const field = fc
      .tuple(gap, fc.constantFrom("a", "b", '"c"'), text, gap)
      .map(([g, n, v, h]) => `${g}${n}: ${v}${h}`);
    const object = fc
      .tuple(fc.array(field, { maxLength: 3 }), gap, fc.boolean())
      .map(([fields, end, comma]) => `{${fields.join(",")}${comma && fields.length > 0 ? "," : ""}${end}}`);
    fc.assert(
      fc.property(text, object, gap, (first, options, end) => {
        const source = `op.make(${first}, ${options}${end})`;
        const after = added(source);
        expect(after).toBeDefined();
        expect(argumentsOf(after!)).toEqual([
          JSON.parse(first),
          { ...(argumentsOf(source)[1] as object), quick: true },
        ]);
      }),
    );
  });
});

function argumentsOf(call: string): unknown[] {
  const run = new Function("op", call) as (op: { make: (...given: unknown[]) => void }) => void;
  let seen: unknown[] = [];
  run({ make: (...given) => (seen = given) });
  return seen;
}

describe("the statement that a call is", () => {
  it.each([
    [`  op.make(1);\n`, `  [op.make(1);]\n`],
    [`  op.make(1)\n`, `  [op.make(1)]\n`],
    [`op\n  .make(1);`, `[op\n  .make(1);]`],
    [`if (x) op.make(1);`, undefined],
    [`  op.make(1), y();`, undefined],
  ])("is found in %j", (source, expected) => {
    const site = findCall(source, source.includes("\n  .") ? 2 : 1, "make");
    const statement = site === undefined ? undefined : statementOf(source, site);
    const marked =
      statement &&
      `${source.slice(0, statement.start)}[${source.slice(statement.start, statement.end)}]${source.slice(statement.end)}`;
    expect(marked).toBe(expected);
  });
});

it("shows what differs between two texts, with two lines around it", () => {
  const before = "1\n2\n3\n4\n5\n6\n7\n8\n9";
  const after = before.replace("2", "two").replace("9", "9\nten");
  expect(lineDifference("f", before, after)).toBe(
    "--- f\n+++ f\n@@ -1 +1 @@\n 1\n-2\n+two\n 3\n 4\n@@ -8 +8 @@\n 8\n 9\n+ten",
  );
});
