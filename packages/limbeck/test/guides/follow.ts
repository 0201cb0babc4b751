import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseSync } from "oxc-parser";
import { Client } from "pg";
import { run } from "testkit";
import { parseAllDocuments } from "yaml";
import { main } from "../../src/cli/main.ts";
import type { Page, Part } from "./page.ts";
import { isSame } from "./same.ts";

export interface Place {
  /** The reader's project. */
  readonly folder: string;
  /** A new, empty database. */
  readonly newDatabase: () => Promise<string>;
  /** This repository, for setups: `$REPO`. */
  readonly repository: string;
  /** Where `limbeck` and `npx` are found by a shell. */
  readonly bin: string;
}

type Code = Extract<Part, { kind: "code" }>;

/** Does what a page says, block by block, in a project and on a database of its own. Gives what was not as it is shown. */
export async function follow(page: Page, place: Place): Promise<string[]> {
  const reader = new Reader(place, await place.newDatabase());
  for (const part of page.parts) await reader.follow(part);
  return reader.complaints;
}

class Reader {
  readonly complaints: string[] = [];
  readonly #place: Place;
  readonly #env: Record<string, string>;
  #cwd: string;

  constructor(place: Place, url: string) {
    this.#place = place;
    this.#cwd = place.folder;
    this.#env = { DATABASE_URL: url, REPO: place.repository };
  }

  async follow(part: Part): Promise<void> {
    const before = this.complaints.length;
    try {
      if (part.kind === "setup") await this.#setUp(part.text);
      else await this.#code(part);
    } catch (error) {
      this.#complain((error as Error).message);
    }
    for (let index = before; index < this.complaints.length; index++) {
      this.complaints[index] = `line ${part.line}: ${this.complaints[index]}`;
    }
  }

  #complain(complaint: string): void {
    this.complaints.push(complaint);
  }

  /** Files, commands (`$`, or `%` for one that may fail) and SQL, in the form of the command line's transcripts. */
  async #setUp(text: string): Promise<void> {
    let file: { path: string; lines: string[] } | undefined;
    const close = (): void => {
      if (file !== undefined) this.#write(file.path, `${file.lines.join("\n").trim()}\n`);
      file = undefined;
    };
    for (const line of text.split("\n")) {
      const path = /^-- (\S+) --$/.exec(line)?.[1];
      if (path !== undefined) {
        close();
        file = { path, lines: [] };
      } else if (line.startsWith("$ ")) {
        close();
        const { exitCode, output } = await this.#command(line.slice(2));
        if (exitCode !== 0) this.#complain(`${line} ended with ${exitCode}:\n${output}`);
      } else if (line.startsWith("% ")) {
        close();
        await this.#command(line.slice(2));
      } else if (line.startsWith("sql> ")) {
        close();
        await this.#query(line.slice("sql> ".length));
      } else file?.lines.push(line);
    }
    close();
  }

  async #code(part: Code): Promise<void> {
    const { language, text, note } = part;
    if (note?.kind === "file") return this.#write(note.path, text);
    checkForm(language, text);
    if (note?.kind === "skip") return undefined;
    if (note?.kind === "revision") return await this.#revision(part, note.preamble);
    if (language === "ts" && text.includes("export default defineConfig(")) return await this.#config(text);
    switch (language) {
      case "console":
        return await this.#console(text);
      case "sh": {
        const { exitCode, output } = await this.#shell(text);
        const wanted = note?.kind === "exit" ? note.code : 0;
        if (exitCode !== wanted) this.#complain(`ended with ${exitCode} and not with ${wanted}:\n${output}`);
        return undefined;
      }
      case "ts":
        this.#file(text, /^export const revision = "([^"]+)"/m, /^\/\/ (\S+\/\S+\.ts)\n/);
        return undefined;
      case "sql":
        if (this.#file(text, /^-- revision: (\S+)/m, /^-- (\S+\/\S+\.sql)\n/)) return undefined;
        return await this.#query(text);
    }
  }

  /** A revision made of what stands in one. It stands on what there is, and has to run. */
  async #revision({ text, language, line }: Code, preamble: string): Promise<void> {
    const said = await this.#limbeck(["heads", "--json", "-q"]);
    const { heads } = JSON.parse(said.output) as { heads?: readonly { readonly revision: string }[] };
    const down = heads?.[0]?.revision ?? null;
    const id = `line${line}`;
    const source =
      language === "sql"
        ? `-- revision: ${id}\n-- downRevision: ${down ?? "null"}\n\n-- upgrade\n${text}`
        : moduleOf(id, down, text, preamble);
    this.#write(`migrations/${id}_block.${language}`, source);
    const { exitCode, output } = await this.#limbeck(["upgrade", "--allow-data-loss", "--no-lint"]);
    if (exitCode !== 0) this.#complain(`as a revision it ended with ${exitCode}:\n${output}`);
  }

  /** A configuration that limbeck takes. */
  async #config(text: string): Promise<void> {
    const file = "block.config.ts";
    this.#write(file, text.startsWith("import ") ? text : `import { defineConfig, sql } from "limbeck";\n${text}`);
    const { output } = await this.#limbeck(["heads", "-c", file]);
    if (output.startsWith("error CONFIG")) this.#complain(output);
  }

  /** A revision, which takes the place of the file that has it, or another file that says where it stands. */
  #file(text: string, revision: RegExp, place: RegExp): boolean {
    const id = revision.exec(text)?.[1];
    const path = place.exec(text)?.[1] ?? (id === undefined ? undefined : this.#revisionFile(id, text));
    if (path !== undefined) this.#write(path, text);
    return path !== undefined;
  }

  #revisionFile(id: string, text: string): string {
    const folder = join(this.#cwd, "migrations");
    const files = existsSync(folder) ? readdirSync(folder) : [];
    const isOf = (file: string): boolean => readFileSync(join(folder, file), "utf8").includes(`revision = "${id}"`);
    const there = files.find((file) => file.startsWith(`${id}_`) && (file.endsWith(".sql") || isOf(file)));
    return `migrations/${there ?? `${id}_step.${text.startsWith("--") ? "sql" : "ts"}`}`;
  }

  #write(path: string, text: string): void {
    const full = resolve(this.#cwd, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }

  async #query(text: string): Promise<void> {
    const client = new Client({ connectionString: this.#env["DATABASE_URL"]! });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  /** Commands with what they say. */
  async #console(text: string): Promise<void> {
    const pieces = text.split(/^\$ /m).slice(1);
    for (const piece of pieces) {
      const [line = "", ...shown] = piece.replace(/^(.*)\\\n/, "$1 ").split("\n");
      const { output } = await this.#command(line, shown.join("\n"));
      if (!isSame(shown.join("\n"), output))
        this.#complain(`$ ${line}\nis shown to say\n${shown.join("\n")}\nand says\n${output}`);
    }
  }

  async #command(line: string, shown = ""): Promise<{ exitCode: number | null; output: string }> {
    const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      // Another server is another database: the page goes on there from nothing.
      this.#env[name] = name.endsWith("_URL") ? await this.#place.newDatabase() : value!;
      return { exitCode: 0, output: "" };
    }
    const [, path] = /^cd (\S+)$/.exec(line) ?? [];
    if (path !== undefined) {
      this.#cwd = resolve(this.#cwd, path);
      return { exitCode: 0, output: "" };
    }
    const argv = plainWords(line);
    if (argv === undefined) return await this.#shell(line);
    return await this.#limbeck(withId(argv, shown));
  }

  /** In this process: a page has many commands. */
  async #limbeck(argv: readonly string[]): Promise<{ exitCode: number; output: string }> {
    let output = "";
    const stream = { write: (text: string) => (output += text) };
    const exitCode = await main({ argv, env: this.#env, cwd: this.#cwd, stdout: stream, stderr: stream });
    return { exitCode, output: output.replaceAll(`${this.#cwd}/`, "") };
  }

  async #shell(text: string): Promise<{ exitCode: number | null; output: string }> {
    const lines = text.trim().split("\n");
    const words = lines.map((line) => plainWords(line));
    // A list of plain commands needs no shell.
    if (words.every((argv) => argv !== undefined)) {
      let output = "";
      for (const argv of words) {
        const ended = await this.#limbeck(argv);
        output += ended.output;
        if (ended.exitCode !== 0) return { exitCode: ended.exitCode, output };
      }
      return { exitCode: 0, output };
    }
    const env = { ...this.#env, PATH: `${this.#place.bin}:${process.env["PATH"]}` };
    const { exitCode, stdout, stderr } = await run("bash", ["--norc", "-euo", "pipefail", "-c", text], {
      cwd: this.#cwd,
      env,
    });
    return { exitCode, output: stderr + stdout };
  }
}

function moduleOf(id: string, down: string | null, text: string, preamble: string): string {
  const imports = 'import { check, column, primaryKey, sql, type Operations } from "limbeck";';
  const body = /^export (?:async )?function /m.test(text)
    ? text
    : `${/^export const (?!revision)/.test(text) ? text : ""}\nexport async function upgrade(op: Operations) {\n${text.startsWith("export const ") ? "" : text}\n}`;
  const head = `export const revision = "${id}";\nexport const downRevision = ${JSON.stringify(down)};`;
  return `${imports}\n${head}\n/** a block of a guide */\n${preamble}\n${body}\n`;
}

/** The words behind `limbeck`, of a line that is nothing but that command. */
function plainWords(line: string): string[] | undefined {
  const [, rest] = /^(?:npx )?limbeck((?: .*)?)$/.exec(line.replace(/\s+# .*$/, "")) ?? [];
  if (rest === undefined || /[|><;$`&]/.test(rest.replace(/'[^']*'/g, ""))) return undefined;
  const words = rest.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

/** A new revision gets the id that the page shows, and not that of this second. */
function withId(argv: readonly string[], shown: string): readonly string[] {
  const id = /^Wrote migrations\/([^_\s]+)_/m.exec(shown)?.[1];
  return id === undefined || argv.includes("--rev-id") || argv[0] === "init" ? argv : [...argv, "--rev-id", id];
}

/** Whether a block is of its language at all. Of a fragment of TypeScript, the syntax. */
export function checkForm(language: string, text: string): void {
  if (language === "json") JSON.parse(text);
  if (language === "yaml") {
    for (const document of parseAllDocuments(text)) {
      if ("errors" in document && document.errors.length > 0) throw document.errors[0]!;
    }
  }
  if (language === "ts") {
    const isModule = /^(?:import|export) /m.test(text);
    const fragment = /^\w+: /.test(text) ? `({\n${text}\n})` : `async () => {\n${text}\n}`;
    const { errors } = parseSync("block.ts", isModule ? text : fragment, { sourceType: "module" });
    if (errors.length > 0) throw new Error(`this is no TypeScript: ${errors[0]!.message}`);
  }
}
