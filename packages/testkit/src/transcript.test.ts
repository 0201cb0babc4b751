import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkTranscript, replay, type CommandRunner } from "./transcript.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "limbeck-test-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** `say <stdout> <stderr> <exit code>`, `cat <file>`, `env <name>`. */
const toy: CommandRunner = async ([verb, ...args], where) => {
  if (verb === "cat") return { exitCode: 0, stdout: readFileSync(join(where.cwd, args[0]!), "utf8"), stderr: "" };
  if (verb === "env") return { exitCode: 0, stdout: `${where.env[args[0]!]}\n`, stderr: "" };
  const [stdout = "", stderr = "", exitCode = "0"] = args;
  return { exitCode: Number(exitCode), stdout: stdout.replaceAll("|", "\n"), stderr };
};

const holds = async (transcript: string) => expect(await replay(transcript, toy, { cwd })).toBe(transcript);

test("a transcript that tells the truth replays as itself", async () => {
  await holds(
    [
      "A story.",
      "",
      "-- deep/file.txt --",
      "first",
      "second",
      "",
      "$ cat deep/file.txt",
      "first",
      "second",
      "",
      "-- deep/file.txt --",
      "changed",
      "",
      "$ cat deep/file.txt",
      "changed",
      "",
      "# a comment",
      "$ say 'one line' \"a warning\" 2",
      "one line",
      "! a warning",
      "[exit 2]",
      "",
      "$ NAME=value env NAME",
      "value",
      "",
    ].join("\n"),
  );
});

test("what a command really says replaces what does not fit", async () => {
  const told = "$ say 'a|b' '' 1\na\nx\ny\n\n# done\n";
  expect(await replay(told, toy, { cwd })).toBe("$ say 'a|b' '' 1\na\nb\n[exit 1]\n\n# done\n");
});

test("wildcards stay where they fit, and only there", async () => {
  const told = "$ say 'id 17 made|id x lost|end'\nid [..] made\nid [..] found\nend\n";
  expect(await replay(told, toy, { cwd })).toBe(told.replace("id [..] found", "id x lost"));
});

test("times, the folder and masked patterns have placeholders", async () => {
  const told = `$ say '12 ms, 0.4s, 1.5 ms in ${cwd}/x as 20250101000000'\n`;
  const masks = [[/\d{14}/g, "<id>"]] as const;
  expect(await replay(told, toy, { cwd, masks })).toBe(`${told}<ms>, <ms>, <ms> in <cwd>/x as <id>\n`);
});

test("output that looks like the format is marked", async () => {
  await holds("$ say '$ 1|# 2|! 3|[exit 4]|-- 5 --|-- six'\n\\$ 1\n\\# 2\n\\! 3\n\\[exit 4]\n\\-- 5 --\n-- six\n");
});

test("blank lines inside output count, blank lines around it do not", async () => {
  await holds("$ say 'a||b||'\na\n\nb\n\n\n$ say\n\n");
});

test("a file is held to what the commands say", async () => {
  const path = join(cwd, "story.txt");
  writeFileSync(path, "$ say hello\nhello\n");
  await checkTranscript(path, toy, { cwd });
});
