import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, run, test } from "testkit";
import { Limbeck } from "../src/index.ts";
import { limbeck } from "./terminal.ts";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));

test("what limbeck writes is TypeScript that the strictest project takes", async ({ folder }) => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(PACKAGE, join(folder, "node_modules/limbeck"));
  symlinkSync(join(MODULES, "@types"), join(folder, "node_modules/@types"));
  expect(await limbeck(["init"], { cwd: folder })).toMatchObject({ exitCode: 0 });
  const library = await Limbeck.open({ cwd: folder });
  await library.revision({ message: "create city", revisionId: "a1" });
  await library.revision({ message: "*/ export const x = 1; /*\n@tag \\ ${a} `b`\n\n// é🌍", revisionId: "b2" });
  await library.revision({
    message: "",
    revisionId: "c3",
    head: "a1",
    splice: true,
    branchLabels: ["x", "y"],
    dependsOn: ["b2"],
  });
  await library.merge([], { message: "join", revisionId: "d4" });
  expect((await library.heads()).heads).toMatchObject([{ revision: "d4", downRevision: ["b2", "c3"] }]);
  await library.close();
  const compilerOptions = {
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: false,
    erasableSyntaxOnly: true,
  };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "migrations"] }));
  const checked = await run(join(MODULES, ".bin/tsc"), ["-p", folder], { cwd: folder });
  expect(checked).toEqual({ exitCode: 0, signal: null, stdout: "", stderr: "" });
});
