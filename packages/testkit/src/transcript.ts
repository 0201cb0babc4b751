import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";

/** Carries out one command of a transcript: in this process, or by starting another. */
export type CommandRunner = (
  argv: string[],
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
) => Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;

export interface ReplayOptions {
  /** The folder that files are written to and commands run in. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What else changes from run to run, and what stands for it in the transcript: `[/\d{14}/g, "<id>"]`. */
  readonly masks?: readonly (readonly [pattern: RegExp, placeholder: string])[];
}

/**
 * Plays the transcript in `path` and holds the commands to what it says. `vitest -u`, or LIMBECK_UPDATE=1, writes
 * what they really say into the file.
 *
 *     Prose at the top.
 *
 *     -- migrations/1_first.sql --
 *     a file, written before the next command runs
 *
 *     $ DEBUG=1 limbeck current --url "the url"
 *     stdout, line by line; `[..]` stands for anything within a line, `<ms>` for a time, `<cwd>` for the folder
 *     ! stderr, line by line, after stdout
 *     [exit 2]
 *
 *     # a comment, after a command
 *
 * The exit code is left out when it is 0. A line of output that looks like part of the format starts with `\`.
 */
export async function checkTranscript(path: string, run: CommandRunner, options: ReplayOptions): Promise<void> {
  const replayed = await replay(readFileSync(path, "utf8"), run, options);
  await expect(replayed).toMatchFileSnapshot(path);
}

/** The transcript as it would have to read: the same text when every command did what it says. */
export async function replay(text: string, run: CommandRunner, options: ReplayOptions): Promise<string> {
  const lines: string[] = [];
  for (const { head, body } of sections(text)) {
    if (head !== undefined) lines.push(head);
    const file = head?.match(fileHead)?.[1];
    if (head?.startsWith("$ ")) {
      const [said, rest] = splitTail(body);
      const { env, argv } = parseCommand(head.slice(2));
      const result = await run(argv, { cwd: options.cwd, env: { ...options.env, ...env } });
      lines.push(...keepWildcards(said, render(result, options)), ...rest);
    } else {
      if (file !== undefined) writeSection(join(options.cwd, file), body);
      lines.push(...body);
    }
  }
  return lines.join("\n");
}

interface Section {
  readonly head: string | undefined;
  readonly body: string[];
}

const fileHead = /^-- (\S+) --$/;
const partOfFormat = /^(?:\$ |! ?|# ?|\\|\[exit |-- \S+ --$)/;

function sections(text: string): Section[] {
  const found: Section[] = [{ head: undefined, body: [] }];
  for (const line of text.split("\n")) {
    if (line.startsWith("$ ") || fileHead.test(line)) found.push({ head: line, body: [] });
    else found.at(-1)!.body.push(line);
  }
  return found;
}

/** Blank lines and comments after a command's output belong to the reader, not to the output. */
function splitTail(body: string[]): [said: string[], rest: string[]] {
  const end = body.findLastIndex((line) => line !== "" && !line.startsWith("#")) + 1;
  return [body.slice(0, end), body.slice(end)];
}

function parseCommand(line: string): { env: Record<string, string>; argv: string[] } {
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const argv = words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
  const env: Record<string, string> = {};
  while (/^[A-Z_]+=/.test(argv[0] ?? "")) {
    const [name = "", ...value] = argv.shift()!.split("=");
    env[name] = value.join("=");
  }
  return { env, argv };
}

function writeSection(path: string, body: string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${body.join("\n").trimEnd()}\n`);
}

function render(result: Awaited<ReturnType<CommandRunner>>, { cwd, masks = [] }: ReplayOptions): string[] {
  const masked = (text: string): string[] => {
    let shown = text.replaceAll(cwd, "<cwd>").replace(/\b\d+(?:\.\d+)? ?ms\b|\b\d+\.\d+ ?s\b/g, "<ms>");
    for (const [pattern, placeholder] of masks) shown = shown.replace(pattern, placeholder);
    return shown.trim() === "" ? [] : shown.trimEnd().split(/ *\n/);
  };
  const stdout = masked(result.stdout).map((line) => (partOfFormat.test(line) ? `\\${line}` : line));
  const stderr = masked(result.stderr).map((line) => `! ${line}`.trimEnd());
  return [...stdout, ...stderr, ...(result.exitCode === 0 ? [] : [`[exit ${result.exitCode}]`])];
}

/** The lines really printed, but with the transcript's own `[..]` wherever it fits them. */
function keepWildcards(said: string[], actual: string[]): string[] {
  let next = 0;
  return actual.map((line) => {
    const match = said.findIndex((pattern, index) => index >= next && fits(pattern, line));
    if (match === -1) return line;
    next = match + 1;
    return said[match]!;
  });
}

function fits(pattern: string, line: string): boolean {
  const parts = pattern.split("[..]").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(line);
}
