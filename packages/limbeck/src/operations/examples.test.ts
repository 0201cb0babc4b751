import { readdirSync, readFileSync } from "node:fs";
import { loadModule, parse } from "libpg-query";
import { beforeAll, describe, expect, test } from "vitest";
import { definitions, reverseOf, sourceOf, statementsOf } from "./catalogue.ts";
import { evaluated } from "../../test/evaluated.ts";
import type { Docs } from "./language/definition.ts";
import type { OperationKind } from "./operation.ts";

const kinds = Object.keys(definitions) as OperationKind[];
const docsOf = (kind: OperationKind): Docs => definitions[kind].docs;
const fileOf = (kind: OperationKind): string => `${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
const examples = kinds.flatMap((kind) => docsOf(kind).examples.map((example) => ({ kind, ...example })));

beforeAll(loadModule);

test("every kind has its own file, and every file of a kind is in the catalogue", () => {
  const files = readdirSync(import.meta.dirname).filter((file) => /^(?!.*\.test\.).*\.ts$/.test(file));
  const others = ["calls.ts", "catalogue.ts", "named.ts", "operation.ts", "recorder.ts", "table-calls.ts"];
  expect(files.filter((file) => !others.includes(file)).toSorted()).toEqual(kinds.map(fileOf).toSorted());
});

describe.each(kinds)("%s", (kind) => {
  test("opens with the summary and the first example as its doc comment", () => {
    const [example] = docsOf(kind).examples;
    const text = readFileSync(`${import.meta.dirname}/${fileOf(kind)}`, "utf8");
    const [, comment = ""] = /\/\*\*\n((?: \*.*\n)+?) \*\/\nexport function /.exec(text) ?? [];
    const [summary = "", code = ""] = comment.replace(/^ \* ?/gm, "").split("\n@example\n");
    expect(summary.trim().replaceAll("\n", " ")).toBe(docsOf(kind).summary);
    expect(code.trim()).toBe([example!.call, ...example!.sql.split("\n").map((line) => `// ${line}`)].join("\n"));
  });

  test("shows every field in an example", () => {
    const shown = new Set(docsOf(kind).examples.flatMap(({ call }) => Object.keys(evaluated(call))));
    expect(Object.keys(definitions[kind].fields).filter((field) => !shown.has(field))).toEqual([]);
  });
});

describe.each(examples)("$call", ({ kind, call, sql }) => {
  const operation = evaluated(call);

  test("makes the SQL that is shown", async () => {
    expect(operation.kind).toBe(kind);
    expect(
      statementsOf(operation)
        .map(({ text }) => `${text};`)
        .join("\n"),
    ).toBe(sql);
    await expect(parse(sql)).resolves.toBeDefined();
  });

  test("is frozen, plain data", () => {
    expect(Object.isFrozen(operation)).toBe(true);
    expect(JSON.parse(JSON.stringify(operation))).toEqual(operation);
  });

  test("reads its own source as the same operation", () => {
    expect(evaluated(sourceOf(operation))).toStrictEqual(operation);
  });

  test("is reversed by something, or says why by nothing", () => {
    const reversal = reverseOf(operation);
    const makesSense =
      "notReversible" in reversal
        ? /^[A-Z].*\.$/.test(reversal.notReversible)
        : reversal.operations.every((reverse) => statementsOf(reverse).length > 0);
    expect(makesSense).toBe(true);
  });
});
