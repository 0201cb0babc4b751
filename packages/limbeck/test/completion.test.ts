import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
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

const isThere = (shell: string): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, shell)));

/** What a shell prints that finds `limbeck` on its path, in a project with two revisions. */
async function printed(folder: string, shell: string, ...args: readonly string[]): Promise<string> {
  writeRevisions(folder, [
    { id: "a1", labels: "reports", message: "create reports" },
    { id: "a2", down: "a1", message: "add: a column" },
  ]);
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const cli = join(import.meta.dirname, "../bin/limbeck.cjs");
  writeFileSync(join(bin, "limbeck"), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  chmodSync(join(bin, "limbeck"), 0o755);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}`, HOME: folder, TERM: "dumb" };
  const { stdout, stderr } = await run(shell, args, { cwd: folder, env });
  expect(stderr).toBe("");
  return stdout;
}

test("bash completes with the script", async ({ folder }) => {
  const script = `eval "$(limbeck completion bash)"
    COMP_WORDS=(limbeck upgrade a) COMP_CWORD=2; _limbeck; echo "\${COMPREPLY[@]}"
    COMP_WORDS=(limbeck dow) COMP_CWORD=1; _limbeck; echo "\${COMPREPLY[@]}"
    complete -p limbeck`;
  expect(await printed(folder, "bash", "--norc", "-c", script)).toBe(
    "a2 a1\ndowngrade\ncomplete -o default -F _limbeck limbeck\n",
  );
});

test.skipIf(!isThere("fish"))("fish completes with the script", async ({ folder }) => {
  const script = `limbeck completion fish | source
    complete -C "limbeck upgrade a"
    complete -C "limbeck --env x dow"`;
  const stdout = await printed(folder, "fish", "--no-config", "-c", script);
  expect(stdout).toMatch(/^a2\tadd: a column\na1\tcreate reports\ndowngrade\t.+\n$/);
});

// zsh completes for a terminal only: another one, in a terminal that zsh makes, is sent the keys.
test.skipIf(!isThere("zsh"))("zsh completes with the script", async ({ folder }) => {
  const script = `zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; eval "$(limbeck completion zsh)"; print rea""dy'
    zpty -r shell line '*ready*'
    zpty -w -n shell $'limbeck dow\t'
    zpty -r shell line '*limbeck downgrade *' && print downgrade
    zpty -w -n shell $'\x15limbeck show a\t\t'
    zpty -r shell line '*a1*create reports*a2*add: a column*' && print revisions
    zpty -d shell`;
  expect(await printed(folder, "zsh", "-f", "-c", script)).toBe("downgrade\nrevisions\n");
});
