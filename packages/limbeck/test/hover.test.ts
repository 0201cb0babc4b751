import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "testkit";
import { definitions } from "../src/operations/catalogue.ts";
import type { Docs } from "../src/operations/language/definition.ts";
import { TABLE_CALLS, type TableCall } from "../src/operations/table-calls.ts";
import { startLanguageServer } from "./language-server.ts";

const kinds = Object.keys(definitions) as (keyof typeof definitions)[];
const tableKinds = Object.keys(TABLE_CALLS) as TableCall[];
const docsOf = (kind: keyof typeof definitions): Docs => definitions[kind].docs;

/** A revision that names each call, as its author would see it in a folder with the built package. */
const REVISION = `import { column, type Operations } from "limbeck";

export async function upgrade(op: Operations) {
${kinds.map((kind) => `  op.${kind};`).join("\n")}
  op.batch("city", (t) => {
${tableKinds.map((kind) => `    t.${kind};`).join("\n")}
  });
  column("a", "")
}
`;

test("an editor shows what each call does, with its SQL, and offers PostgreSQL's types", async ({
  folder,
  onTestFinished,
}) => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(import.meta.dirname, ".."), join(folder, "node_modules/limbeck"));
  const server = await startLanguageServer(folder);
  onTestFinished(() => server.close());
  const path = join(folder, "revision.mts");
  server.open(path, REVISION);
  const missing: string[] = [];
  const calls = [...kinds.map((kind) => ["op", kind] as const), ...tableKinds.map((kind) => ["t", kind] as const)];
  for (const [subject, kind] of calls) {
    const shown = await server.hover(path, REVISION.indexOf(` ${subject}.${kind};`) + subject.length + 2);
    const { summary, examples } = docsOf(kind);
    const [call, statement] = [examples[0]!.call, examples[0]!.sql].map((text) => text.split("\n")[0]!);
    // The published types say the example once.
    const expected = subject === "op" ? [summary, statement!, call!] : [summary];
    missing.push(...expected.filter((text) => !shown.includes(text)).map((text) => `${subject}.${kind}: ${text}`));
  }
  const types = await server.completions(path, REVISION.indexOf('column("a", "') + 'column("a", "'.length);
  expect(missing).toEqual([]);
  expect(types).toEqual(expect.arrayContaining(["timestamptz", "varchar(255)", "integer[]", "jsonb"]));
});
