import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, run, test } from "testkit";
import { complete } from "../src/cli/complete.ts";
import { writeRevisions } from "./project.ts";

const words = async (line: string, cwd: string): Promise<string[]> =>
  (await complete(line.split(" "), { cwd, env: {} })).map(({ word }) => word);

test("the words are commands, options, revisions and labels, each where it can stand", async ({ folder }) => {
  writeRevisions(folder, [
    { id: "a1", labels: "reports", message: "create reports" },
    { id: "a2", down: "a1", message: "add: a column" },
  ]);
  expect(await words("up", folder)).toEqual(["upgrade"]);
  expect(await words("--e", folder)).toEqual(["--env"]);
  expect(await words("--url x: upgrade a", folder)).toEqual(["a2", "a1"]);
  expect(await words("upgrade ", folder)).toEqual(["head", "heads", "base", "current", "reports", "a2", "a1"]);
  expect(await words("revision --depends-on a", folder)).toEqual(["a2", "a1"]);
  expect(await words("revision -m a", folder)).toEqual([]);
  expect(await words("stamp --pu", folder)).toEqual(["--purge"]);
  expect(await words("completion ", folder)).toEqual(["bash", "zsh", "fish"]);
  expect(await words("import alem", folder)).toEqual(["alembic"]);
  expect(await words("nothing a", folder)).toEqual([]);
  expect(await complete(["show", "a2"], { cwd: folder, env: {} })).toEqual([{ word: "a2", told: "add: a column" }]);
  writeFileSync(join(folder, "limbeck.config.json"), "{");
  expect(await words("upgrade ", folder), "a configuration that is broken").toEqual([]);
});

test("bash completes with the script", async ({ folder }) => {
  writeRevisions(folder, [
    { id: "a1", labels: "reports" },
    { id: "a2", down: "a1" },
  ]);
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const cli = join(import.meta.dirname, "../bin/limbeck.cjs");
  writeFileSync(join(bin, "limbeck"), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  chmodSync(join(bin, "limbeck"), 0o755);
  const script = `eval "$(limbeck completion bash)"
    COMP_WORDS=(limbeck upgrade a) COMP_CWORD=2; _limbeck; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(limbeck dow) COMP_CWORD=1; _limbeck; echo "\${COMPREPLY[@]}"
    complete -p limbeck`;
  const { stdout, stderr } = await run("bash", ["--norc", "-c", script], {
    cwd: folder,
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"]}` },
  });
  expect(stderr).toBe("");
  expect(stdout).toBe("a2 a1\ndowngrade\ncomplete -o default -F _limbeck limbeck\n");
});
