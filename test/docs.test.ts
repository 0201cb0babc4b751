import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import type { OptionSpec } from "../packages/limbeck/src/cli/command.ts";
import { commandSpecs, globalOptions, writtenFile, writtenFiles } from "./reference.ts";

const root = new URL("..", import.meta.url).pathname;
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "CONTEXT.md",
  "packages/limbeck/README.md",
  ...readdirSync(`${root}docs`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => posix.join("docs", name)),
];

const files = Object.keys(writtenFiles) as (keyof typeof writtenFiles)[];

test.each(files)("%s says what the sources say: else `npm run docs`", async (file) => {
  await expect(await writtenFile(file)).toMatchFileSnapshot(`../${file}`);
});

describe.each(documents)("%s", (document) => {
  const text = readFileSync(root + document, "utf8");

  test("links to files and headings that exist", () => {
    const prose = withoutFences(text).replace(/`[^`\n]*`/g, "`code`");
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    expect(links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(document, link))).toEqual([]);
  });

  test("shows commands and options that exist", async () => {
    const specs = await commandSpecs();
    const everywhere = await globalOptions();
    const exists = (line: string): boolean => {
      const words = wordsOf(line);
      const [, spec] = [...specs].find(([name]) => words.includes(name)) ?? [];
      const known = new Set([...everywhere, ...(spec?.options ?? [])].flatMap(flagsOf));
      const isCommand = spec !== undefined || words.every((word) => word.startsWith("-") || word === "<command>");
      return isCommand && words.every((word) => !/^--?[a-z]/.test(word) || known.has(word));
    };
    expect(limbeckLines(text).filter((line) => !exists(line))).toEqual([]);
  });
});

test("every command has a schema of what it prints", async () => {
  const { definitions } = JSON.parse(readFileSync(`${root}docs/reference/schemas/results.schema.json`, "utf8")) as {
    definitions: { JsonResults: { properties: object } };
  };
  const known = Object.keys(definitions.JsonResults.properties);
  expect(known.toSorted()).toEqual(["error", ...(await commandSpecs()).keys()].toSorted());
});

test("every method of the library has a line in its reference", () => {
  const source = readFileSync(`${root}packages/limbeck/src/commands/limbeck.ts`, "utf8");
  const methods = [...source.matchAll(/^  (?:async )?([a-z]\w+)\(/gm)].map(([, name = ""]) => name);
  const reference = readFileSync(`${root}docs/reference/library.md`, "utf8");
  expect(methods.length).toBeGreaterThan(30);
  expect(methods.filter((name) => name !== "constructor" && !reference.includes(`\`${name}(`))).toEqual([]);
});

function withoutFences(text: string): string {
  return text.replace(/^```[^]*?^```/gm, "");
}

function leadsSomewhere(document: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = root + (path === "" ? document : posix.join(posix.dirname(document), path));
  if (!existsSync(target)) return false;
  return anchor === undefined || (statSync(target).isFile() && anchorsOf(target).has(anchor));
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(path: string): Set<string> {
  const headings = withoutFences(readFileSync(path, "utf8")).matchAll(/^#+ (.*)$/gm);
  const anchorOf = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
  return new Set(Array.from(headings, ([, heading = ""]) => anchorOf(heading)));
}

/** What stands as `limbeck …` in code, alone or behind a prompt. */
function limbeckLines(text: string): string[] {
  const fences = [...text.matchAll(/^```(?:console|sh)\n([^]*?)^```/gm)].map(([, block = ""]) => block);
  const inline = [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  return [...fences.flatMap((block) => block.split("\n")), ...inline]
    .map((line) => line.trim().replace(/^(?:\$ )?(?:[A-Z_]+=(?:"[^"]*"|\S+) )*(?:npx )?/, ""))
    .filter((line) => /^limbeck(?: |$)/.test(line));
}

/** The words behind `limbeck`, without quoted texts, values of flags, and what the shell does with the rest. */
function wordsOf(line: string): string[] {
  const unquoted = line.replace(/"[^"]*"|'[^']*'/g, "<text>");
  const [command = ""] = unquoted.split(/ [|;&#>]|;/);
  return command
    .split(/\s+/)
    .slice(1)
    .map((word) => word.replace(/=.*/, ""));
}

function flagsOf({ flags }: OptionSpec): string[] {
  return flags.split(/,? /).filter((word) => word.startsWith("-"));
}
