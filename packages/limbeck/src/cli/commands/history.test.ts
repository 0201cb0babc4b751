import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../main.ts";

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(realpathSync(tmpdir()), "limbeck-history-"));
  mkdirSync(join(cwd, "migrations"));
  const write = (id: string, down: string, more = "") =>
    writeFileSync(
      join(cwd, "migrations", `${id}.sql`),
      `-- revision: ${id}\n-- downRevision: ${down}\n${more}\n-- Step ${id}\n`,
    );
  write("a1", "null");
  write("b2", "a1");
  write("c3", "a1", "-- branchLabels: right");
  write("d4", "b2, c3");
  write("x5", "null", "-- dependsOn: b2");
});

afterAll(() => rmSync(cwd, { recursive: true }));

async function limbeck(...argv: string[]) {
  const out = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof out) => ({ write: (text: string) => void (out[name] += text) });
  const exitCode = await main({ argv, env: {}, cwd, stdout: stream("stdout"), stderr: stream("stderr") });
  return { exitCode, ...out };
}

describe("limbeck history", () => {
  it("draws the graph", async () => {
    const { exitCode, stdout } = await limbeck("history", "--graph");
    expect(exitCode).toBe(0);
    expect(`\n${stdout}`).toBe(String.raw`
* x5 (head) Step x5
: * d4 (right) (head) Step d4
: |\
: | * c3 (right) Step c3
:/ /
* | b2 Step b2
|/
* a1 Step a1
`);
  });

  it("draws a part of it", async () => {
    const { stdout } = await limbeck("history", "--graph", "-r", "c3:d4");
    expect(stdout).toBe("* d4 (right) (head) Step d4\n* c3 (right) Step c3\n");
  });

  it("prints documents", async () => {
    const mermaid = await limbeck("history", "--mermaid", "-r", "a1:b2");
    expect(mermaid.stdout).toBe(`flowchart TB
  ra1["a1<br/>Step a1"]
  rb2["b2<br/>Step b2"]
  ra1 --> rb2
`);
    const dot = await limbeck("history", "--dot", "-r", "b2:x5");
    expect(dot.stdout).toBe(String.raw`digraph revisions {
  node [shape=box];
  "b2" [label="b2\nStep b2"];
  "x5" [label="x5 (head)\nStep x5", style=bold];
  "b2" -> "x5" [style=dashed];
}
`);
  });

  it("takes one form at a time", async () => {
    for (const [one, other] of [
      ["graph", "mermaid"],
      ["graph", "dot"],
      ["mermaid", "dot"],
    ]) {
      const { exitCode, stdout, stderr } = await limbeck("history", `--${other}`, `--${one}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toContain(`error USAGE: --${one} and --${other} are two forms of one answer.`);
    }
    expect((await limbeck("history", "--graph", "--dot", "--json")).exitCode).toBe(2);
  });

  it("prints the usual document with --json", async () => {
    const { stdout: usual } = await limbeck("history", "--json");
    expect(JSON.parse(usual)).toMatchObject({ revisions: [{ revision: "x5" }, { revision: "d4" }, {}, {}, {}] });
    for (const form of ["--graph", "--mermaid", "--dot"]) {
      expect((await limbeck("history", form, "--json")).stdout).toBe(usual);
    }
  });
});
