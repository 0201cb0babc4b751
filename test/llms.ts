import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The documentation for language models, as llmstxt.org has it: a title, a summary, and the pages with what each tells. */
export function llmsFile(): string {
  const pages = (folder: string): string[] =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .toSorted()
      .map((name) => entry(`${folder}/${name}`));
  const { description } = JSON.parse(readFileSync(join(root, "packages/limbeck/package.json"), "utf8")) as {
    description: string;
  };
  return [
    "# limbeck",
    "",
    `> ${description}`,
    "",
    "Alembic's words and version table, in TypeScript: a revision is a file with an upgrade and a downgrade, `op.*` calls record, and the command line is `npx limbeck`.",
    "",
    "## Guides",
    "",
    ...pages("docs/guide"),
    "",
    "## Reference",
    "",
    ...pages("docs/reference"),
    `- [JSON schema of --json](docs/reference/schemas/results.schema.json): what each command prints`,
    `- [JSON schema of the configuration](docs/reference/schemas/config.schema.json): limbeck.config.json`,
    "",
  ].join("\n");
}

/** The title of a page, and the first sentence below it. */
function entry(path: string): string {
  const [title = "", , first = ""] = readFileSync(join(root, path), "utf8")
    .split(/^# (.*)$/m)
    .flatMap((part, index) => (index === 0 ? [] : index === 1 ? [part, ""] : [part.trim().split(/\n\s*\n/)[0]!]));
  const sentence = /^[^]*?[.:](?=\s|$)/.exec(first.replace(/\s+/g, " "))?.[0] ?? "";
  const plain = sentence.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[:.]$/, "");
  return `- [${title}](${path})${/^[A-Z`]/.test(plain) ? `: ${plain}` : ""}`;
}
