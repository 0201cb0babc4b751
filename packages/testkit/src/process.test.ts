import { expect, test } from "vitest";
import { run } from "./process.ts";

const node = (script: string, options = {}) => run(process.execPath, ["-e", script], options);

test("gives both streams and the exit code", async () => {
  const result = await node("console.log('out'); console.error('err'); process.exitCode = 3");
  expect(result).toEqual({ exitCode: 3, signal: null, stdout: "out\n", stderr: "err\n" });
});

test("passes input, folder and environment on, and takes variables away", async () => {
  const script = "process.stdin.pipe(process.stdout); console.log(process.cwd(), process.env.ADDED, process.env.HOME)";
  const result = await node(script, { input: "typed", cwd: "/", env: { ADDED: "yes", HOME: undefined } });
  expect(result.stdout).toBe("/ yes undefined\ntyped");
});

test("survives a process that does not read its input", async () => {
  expect(await node("process.exit(0)", { input: "x".repeat(1_000_000) })).toMatchObject({ exitCode: 0 });
});

test("tells the signal that ended the process", async () => {
  const result = await node("setInterval(() => {}, 1000)", { onSpawn: (child: { kill(): void }) => child.kill() });
  expect(result).toMatchObject({ exitCode: null, signal: "SIGTERM" });
});

test("kills what does not end, and says what it had printed", async () => {
  const endless = node("console.log('so far'); setInterval(() => {}, 1000)", { timeout: 3000 });
  await expect(endless).rejects.toThrow(/not done after 3000 ms.*\nstdout: so far/);
});

test("rejects when there is no such program", async () => {
  await expect(run("no-such-program", [])).rejects.toThrow("ENOENT");
});
