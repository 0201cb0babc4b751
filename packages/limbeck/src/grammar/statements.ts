import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import type * as Parser from "libpg-query";
import { blockStatements } from "./do-block.ts";
import { refusesTransaction } from "./refuses-transaction.ts";
import type { Tree } from "./tree.ts";

/** One statement of a longer text, as PostgreSQL's own parser cuts it. */
export interface ParsedStatement {
  /** The statement without the semicolon and the white space around it. */
  readonly text: string;
  /** The line it begins at inside the text, counted from 1. */
  readonly line: number;
  /** The parser's name of its kind, as in `IndexStmt`. */
  readonly node: string;
  readonly tree: Tree;
  /** The statements in a DO block, as far as they are written out. */
  readonly inner: readonly { readonly node: string; readonly tree: Tree }[];
  /** False where PostgreSQL refuses it inside a transaction block. */
  readonly transactional: boolean;
  /** True for BEGIN, COMMIT, ROLLBACK and their kin. */
  readonly controlsTransaction: boolean;
  /** True for what lets go of all of the session's advisory locks: DISCARD ALL, and the function that does it. */
  readonly dropsLocks: boolean;
  /** True for COPY from stdin or to stdout. */
  readonly copiesThroughClient: boolean;
  /** The lines of comments that stand in front of it, without one that begins behind the statement before it. */
  readonly comments: string;
}

/** Text that PostgreSQL's grammar does not take. `position` is the character it stumbled over, counted from 0. */
export class GrammarError extends Error {
  override readonly name = "GrammarError";
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/**
 * Cuts a text into statements with PostgreSQL 18's own grammar (libpg-query). Throws GrammarError on a syntax error.
 */
export async function parseStatements(sql: string): Promise<ParsedStatement[]> {
  const parser = await loadParser();
  // The parser counts bytes of UTF-8.
  const bytes = Buffer.from(sql, "utf8");
  let line = 1;
  let counted = 0;
  let previousEnd = 0;
  return parse(parser, sql).map(({ stmt, stmt_location: location = 0, stmt_len: length }, index) => {
    const end = length === undefined ? bytes.length : location + length;
    const raw = bytes.subarray(location, end).toString("utf8");
    const text = withoutLeadingComments(raw);
    const start = location + Buffer.byteLength(raw.slice(0, raw.length - text.length));
    const before = bytes.subarray(previousEnd, start).toString("utf8");
    previousEnd = end;
    line += linesIn(bytes.subarray(counted, start));
    counted = start;
    const [node, tree] = Object.entries(stmt)[0]!;
    return {
      text: text.trimEnd(),
      line,
      node,
      tree,
      inner: node === "DoStmt" ? blockStatements(parser, text) : [],
      transactional: !refusesTransaction(node, tree),
      controlsTransaction: node === "TransactionStmt",
      dropsLocks: dropsLocks(node, tree, text),
      copiesThroughClient: node === "CopyStmt" && tree["filename"] === undefined,
      comments: index === 0 ? before : before.slice(before.indexOf("\n") + 1 || before.length),
    };
  });
}

function dropsLocks(node: string, tree: Tree, text: string): boolean {
  if (node === "DiscardStmt") return tree["target"] === "DISCARD_ALL";
  // A big tree takes time to write as JSON, so the text is asked first; U&"" writes a name in escapes.
  const mayCall = node === "SelectStmt" && /pg_advisory_unlock_all|u&"/i.test(text);
  return mayCall && JSON.stringify(tree).includes('"sval":"pg_advisory_unlock_all"}}]');
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

/** The parser's tree of one statement. Throws GrammarError. */
export async function parseStatement(sql: string): Promise<{ readonly node: string; readonly tree: Tree }> {
  const parser = await loadParser();
  const [node, tree] = Object.entries(parse(parser, sql)[0]?.stmt ?? { Empty: {} })[0]!;
  return { node, tree };
}

interface RawStatement {
  readonly stmt: Record<string, Tree>;
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

let loaded: Promise<typeof Parser> | undefined;

/**
 * Loaded when the first text has to be cut: most statements need no parser. As the CommonJS that it is: through import()
 * Node would read it twice.
 */
export async function loadParser(): Promise<typeof Parser> {
  return await (loaded ??= load());
}

async function load(): Promise<typeof Parser> {
  setFlagsFromString("--wasm-tiering-budget=200000000");
  try {
    const parser = createRequire(import.meta.url)("libpg-query") as typeof Parser;
    await parser.loadModule();
    return parser;
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${BUDGET}`);
  }
}

/**
 * V8 compiles WebAssembly once more, for speed, so soon that a few statements cost it five times the processor time and
 * twice the memory of the parser itself. A module keeps the budget that it was loaded with, and others get V8's own:
 * this one since Node 22, and in Node 20 another.
 */
const BUDGET = process.versions.node.startsWith("20.") ? 1_800_000 : 13_000_000;

function parse({ parseSync, hasSqlDetails }: typeof Parser, sql: string): RawStatement[] {
  // The library takes no empty text, and anything else without a statement in it.
  if (sql === "") return [];
  try {
    return (parseSync(sql).stmts ?? []) as unknown as RawStatement[];
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    throw new GrammarError(error.message, error.sqlDetails?.cursorPosition ?? 0);
  }
}

/** The parser counts comments in front of a statement to the statement. */
function withoutLeadingComments(text: string): string {
  let rest = text.trimStart();
  for (;;) {
    if (rest.startsWith("--")) rest = rest.includes("\n") ? rest.slice(rest.indexOf("\n") + 1).trimStart() : "";
    else if (rest.startsWith("/*")) rest = afterBlockComment(rest).trimStart();
    else return rest;
  }
}

/** PostgreSQL's block comments nest. */
function afterBlockComment(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text.startsWith("/*", index)) [depth, index] = [depth + 1, index + 1];
    else if (text.startsWith("*/", index)) [depth, index] = [depth - 1, index + 1];
    if (depth === 0) return text.slice(index + 1);
  }
  return "";
}
