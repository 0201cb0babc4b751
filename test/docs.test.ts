import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { commandSpecs, globalOptions, referencePage, referencePages } from "./reference.ts";

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
const read = (path: string) => readFileSync(root + path, "utf8");

const pages = Object.keys(referencePages) as (keyof typeof referencePages)[];
test.each(pages)("docs/reference/%s says what the sources say: else `npm run docs`", async (page) => {
  await expect(await referencePage(page)).toMatchFileSnapshot(`../docs/reference/${page}`);
});

describe.each(documents)("%s", (document) => {
  const text = read(document);

  test("links to files and headings that exist", () => {
    const broken = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = ""]) => link)
      .filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(document, link));
    expect(broken).toEqual([]);
  });

  test("shows commands and options that exist", async () => {
    const specs = await commandSpecs();
    const everywhere = flagsOf(await globalOptions());
    const wrong = commandLines(text).filter((line) => {
      const words = line
        .split(/\s+(?:[|;&<>]|2>).*|\s+#\s.*/)[0]!
        .replace(/"[^"]*"|'[^']*'/g, "…")
        .split(/\s+/)
        .slice(1);
      const spec = [...specs].find(([name]) => words.includes(name))?.[1];
      const known = new Set([...everywhere, ...flagsOf(spec?.options ?? [])]);
      const flags = words.map((word) => word.replace(/=.*/, "")).filter((word) => /^--?[a-z]/.test(word));
      const needsNone = words.length === 0 || /^(?:help|…|<command>|-.*)$/.test(words[0]!);
      return (spec === undefined && !needsNone) || flags.some((flag) => !known.has(flag));
    });
    expect(wrong).toEqual([]);
  });
});

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, "").replace(/`[^`\n]*`/g, (code) => code.replaceAll("](", ""));
}

function leadsSomewhere(document: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? document : posix.join(posix.dirname(document), path);
  if (!existsSync(root + target)) return false;
  if (anchor === undefined) return true;
  return statSync(root + target).isFile() && anchorsOf(read(target)).has(anchor);
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(text: string): Set<string> {
  const headings = [...withoutFences(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading.toLowerCase());
  return new Set(headings.map((heading) => heading.replace(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-")));
}

function withoutFences(text: string): string {
  return text.replace(/^```[^]*?^```/gm, "");
}

/** What stands as `limbeck …` in code, or behind a prompt. */
function commandLines(text: string): string[] {
  const blocks = [...text.matchAll(/^```(?:console|sh)\n([^]*?)^```/gm)].flatMap(([, block = ""]) => block.split("\n"));
  const inBlocks = blocks.map((line) => line.replace(/^\$ /, ""));
  const inline = [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  return [...inBlocks, ...inline]
    .map((line) => line.trim().replace(/^(?:[A-Z_]+=\S+ )*(?:npx )?/, ""))
    .filter((line) => /^limbeck(?: |$)/.test(line));
}

function flagsOf(options: readonly { readonly flags: string }[]): string[] {
  return options.flatMap(({ flags }) => flags.split(/,? /).filter((word) => word.startsWith("-")));
}
