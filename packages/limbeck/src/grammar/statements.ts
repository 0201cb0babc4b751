import type * as Parser from "libpg-query";

/** One statement of a longer text, as PostgreSQL's own parser cuts it. */
export interface ParsedStatement {
  /** The statement without the semicolon and the white space around it. */
  readonly text: string;
  /** The line it begins at inside the text, counted from 1. */
  readonly line: number;
  /** What stands in front of it, back to the statement before: a semicolon, comments, white space. */
  readonly lead: string;
  /** The parser's name of its kind, as in `IndexStmt`. */
  readonly node: string;
  readonly tree: Tree;
  /** False where PostgreSQL refuses it inside a transaction block. */
  readonly transactional: boolean;
  /** True for BEGIN, COMMIT, ROLLBACK and their kin. */
  readonly controlsTransaction: boolean;
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
  let ended = 0;
  return parse(parser, sql).map(({ stmt, stmt_location: location = 0, stmt_len: length }) => {
    const end = length === undefined ? bytes.length : location + length;
    const raw = bytes.subarray(location, end).toString("utf8");
    const text = withoutLeadingComments(raw);
    const start = location + Buffer.byteLength(raw.slice(0, raw.length - text.length));
    const lead = bytes.subarray(ended, start).toString("utf8");
    line += linesIn(bytes.subarray(counted, start));
    [counted, ended] = [start, end];
    const [node, tree] = Object.entries(stmt)[0]!;
    return {
      text: text.trimEnd(),
      line,
      lead,
      node,
      tree,
      transactional: !refusesTransaction(node, tree),
      controlsTransaction: node === "TransactionStmt",
    };
  });
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

export type Tree = Record<string, unknown>;

interface RawStatement {
  readonly stmt: Record<string, Tree>;
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

/** Loaded when the first text has to be cut: most statements need no parser. */
async function loadParser(): Promise<typeof Parser> {
  const parser = await import("libpg-query");
  await parser.loadModule();
  return parser;
}

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

/** Kinds that PreventInTransactionBlock() refuses whatever they say (PostgreSQL 18, commands/ and tcop/utility.c). */
const NEVER_IN_TRANSACTION = new Set([
  "AlterSystemStmt",
  "CreatedbStmt",
  "CreateTableSpaceStmt",
  "DropTableSpaceStmt",
  "DropdbStmt",
]);

function refusesTransaction(node: string, tree: Tree): boolean {
  if (NEVER_IN_TRANSACTION.has(node)) return true;
  switch (node) {
    case "VacuumStmt":
      return tree["is_vacuumcmd"] === true;
    case "IndexStmt":
    case "DropStmt":
      return tree["concurrent"] === true;
    case "ReindexStmt":
      return REINDEX_MANY.has(String(tree["kind"])) || hasOption(tree["params"], "concurrently");
    case "ClusterStmt":
      return tree["relation"] === undefined;
    case "AlterDatabaseStmt":
      return hasOption(tree["options"], "tablespace");
    case "DiscardStmt":
      return tree["target"] === "DISCARD_ALL";
    case "AlterTableStmt":
      return detachesConcurrently(tree);
    case "AlterEnumStmt":
      return tree["newVal"] !== undefined && tree["oldVal"] === undefined;
    case "AlterSubscriptionStmt":
      return asksPublisher(tree);
    case "CreateSubscriptionStmt":
    case "DropSubscriptionStmt":
      return true;
    default:
      return false;
  }
}

const REINDEX_MANY = new Set(["REINDEX_OBJECT_SCHEMA", "REINDEX_OBJECT_SYSTEM", "REINDEX_OBJECT_DATABASE"]);

function hasOption(options: unknown, name: string): boolean {
  return (
    Array.isArray(options) &&
    options.some((option: { DefElem?: { defname?: string } }) => option.DefElem?.defname === name)
  );
}

/** What a subscription cannot take back, because the publisher has to know of it. */
function asksPublisher(tree: Tree): boolean {
  return (
    /REFRESH|PUBLICATION/.test(String(tree["kind"])) ||
    ["failover", "two_phase"].some((name) => hasOption(tree["options"], name))
  );
}

function detachesConcurrently(tree: Tree): boolean {
  const commands = (tree["cmds"] ?? []) as { AlterTableCmd?: { def?: { PartitionCmd?: { concurrent?: boolean } } } }[];
  return commands.some((command) => command.AlterTableCmd?.def?.PartitionCmd?.concurrent === true);
}
